using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnCall.Service.Ops;

namespace OnCall.Service.Data;

/// <summary>The connection to PostgreSQL.</summary>
internal static class DataRoom
{
    /// <summary>How PostgreSQL is to plan, and when it gives up a client whose host is gone, where the connection string says nothing of it.</summary>
    public const string ServerSettings =
        "-c jit=off -c enable_seqscan=off -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000";

    private static readonly (string Key, object Value)[] Defaults =
    [
        ("Timeout", 3),
        ("Command Timeout", 4),
        ("Keepalive", 10),
        ("Max Auto Prepare", 100),
        ("No Reset On Close", true),
        ("Options", ServerSettings),
        ("Application Name", "oncall"),
    ];

    public static void AddData(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => BuildSource(services.GetRequiredService<DatabaseSettings>().ConnectionString));
        builder.Services.AddPooledDbContextFactory<OnCallDb>(
            (services, options) => OnCallDb.Configure(options, services.GetRequiredService<NpgsqlDataSource>()));
    }

    /// <summary>
    /// A pool with what the connection string leaves out: a connection within 3 s and a command within 4 s, so that a webhook
    /// of Twilio, which waits 15 s in all, is answered even then; a word every 10 s on a connection that only listens, so that one whose server is gone
    /// is noticed; statements prepared by themselves once they recur; connections that go back to the pool as they are: whoever locks or listens
    /// keeps one of its own; no compiling of statements that are done in a millisecond; and plans that go by an index wherever there is one: those for the outbox
    /// are made while it is as good as empty, and kept when thousands of calls have left their dead rows in it. A host that loses its power, or its network,
    /// says no goodbye: PostgreSQL finds within eleven seconds that it is gone, not after two hours, and others take over what it had claimed or locked
    /// (https://www.postgresql.org/docs/15/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SETTINGS).
    /// The types are those that every PostgreSQL has: no pool begins by asking for more.
    /// </summary>
    public static NpgsqlDataSource BuildSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var (key, value) in Defaults)
        {
            // ContainsKey answers for every key that exists, given or not.
            if (!settings.ShouldSerialize(key))
            {
                settings[key] = value;
            }
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseNodaTime();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
