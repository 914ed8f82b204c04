using Microsoft.EntityFrameworkCore;
using OnCall.Service.Ops;

namespace OnCall.Service.Data;

/// <summary>The database.</summary>
internal sealed class OnCallDb(DbContextOptions<OnCallDb> options) : DbContext(options);

internal static class DataRoom
{
    public static void AddData(this IHostApplicationBuilder builder) =>
        builder.Services.AddPooledDbContextFactory<OnCallDb>(
            (services, options) => options.UseNpgsql(services.GetRequiredService<DatabaseSettings>().ConnectionString));
}
