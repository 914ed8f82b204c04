using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnCall.Service.Ops;

namespace OnCall.Service.Data;

/// <summary>The connection to PostgreSQL.</summary>
internal static class DataRoom
{
    public static void AddData(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => BuildSource(services.GetRequiredService<DatabaseSettings>().ConnectionString));
        builder.Services.AddPooledDbContextFactory<OnCallDb>(
            (services, options) => OnCallDb.Configure(options, services.GetRequiredService<NpgsqlDataSource>()));
    }

    /// <summary>
    /// A pool with what the connection string leaves out: a connection within 3 s and a command within 4 s, so that a webhook
    /// of Twilio, which waits 15 s in all, is answered even then; a word every 10 s on a connection that only listens, so that one whose server is gone
    /// is noticed; and statements prepared by themselves once they recur.
    /// </summary>
    public static NpgsqlDataSource BuildSource(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var wanted = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timeout = given.ContainsKey("Timeout") ? given.Timeout : 3,
            CommandTimeout = given.ContainsKey("Command Timeout") ? given.CommandTimeout : 4,
            KeepAlive = given.ContainsKey("Keepalive") ? given.KeepAlive : 10,
            MaxAutoPrepare = given.ContainsKey("Max Auto Prepare") ? given.MaxAutoPrepare : 50,
            ApplicationName = given.ApplicationName ?? "oncall",
        };
        var builder = new NpgsqlDataSourceBuilder(wanted.ConnectionString);
        builder.UseNodaTime();
        return builder.Build();
    }
}
