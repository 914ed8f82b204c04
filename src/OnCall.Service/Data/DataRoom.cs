using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OnCall.Service.Data;

/// <summary>The connection to PostgreSQL.</summary>
public static class DataRoom
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton(provider => BuildSource(
            provider.GetRequiredService<IConfiguration>().GetConnectionString("OnCall")
                ?? throw new InvalidOperationException("ConnectionStrings:OnCall is missing.")));
        services.AddPooledDbContextFactory<OnCallDb>((provider, options) => OnCallDb.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    /// <summary>
    /// A pool with what the connection string leaves out: a connection within 3 s and a command within 4 s, so that a webhook
    /// of Twilio, which waits 15 s in all, is answered even then; and statements prepared by themselves once they recur.
    /// </summary>
    public static NpgsqlDataSource BuildSource(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var wanted = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timeout = given.ContainsKey("Timeout") ? given.Timeout : 3,
            CommandTimeout = given.ContainsKey("Command Timeout") ? given.CommandTimeout : 4,
            MaxAutoPrepare = given.ContainsKey("Max Auto Prepare") ? given.MaxAutoPrepare : 50,
            ApplicationName = given.ApplicationName ?? "oncall",
        };
        var builder = new NpgsqlDataSourceBuilder(wanted.ConnectionString);
        builder.UseNodaTime();
        return builder.Build();
    }
}
