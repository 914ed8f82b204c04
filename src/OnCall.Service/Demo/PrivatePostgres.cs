using System.Runtime.Versioning;
using DotNet.Testcontainers.Builders;
using Npgsql;
using OnCall.Service.Ops;
using Testcontainers.PostgreSql;

namespace OnCall.Service.Demo;

/// <summary>
/// A PostgreSQL server of one's own, for the demo and the tests: from the installed programs, in a private folder behind a unix socket; else in a
/// container. It is gone when disposed of, and what a killed run leaves behind is swept by the next one.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Image = "postgres:17-alpine";

    private readonly Func<ValueTask> _stop;

    private PrivatePostgres(string connectionString, Func<ValueTask> stop)
    {
        ConnectionString = connectionString;
        _stop = stop;
    }

    /// <summary>Leads to the server's database <c>postgres</c> as a superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="durable">Whether a commit reaches the disk (fsync, synchronous_commit): true for measurements, false for speed.</param>
    /// <exception cref="OperatorException">Neither installed programs nor Docker were found.</exception>
    public static async Task<PrivatePostgres> StartAsync(bool durable, CancellationToken stop) =>
        !OperatingSystem.IsWindows() && PostgresPrograms.Find() is { } programs
            ? await StartInstalledAsync(programs, durable, stop)
            : await StartContainerAsync(durable, stop);

    /// <summary>Starts a server in a container, although programs may be installed.</summary>
    /// <exception cref="OperatorException">Docker was not found.</exception>
    public static async Task<PrivatePostgres> StartContainerAsync(bool durable, CancellationToken stop)
    {
        try
        {
            var container = new PostgreSqlBuilder(Image).WithCommand([.. Settings(durable).SelectMany(setting => (string[])["-c", setting])]).Build();
            await container.StartAsync(stop);
            return new PrivatePostgres(container.GetConnectionString(), container.DisposeAsync);
        }
        catch (DockerUnavailableException)
        {
            throw new OperatorException(
                "No PostgreSQL was found: install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), name its programs' folder in ONCALL_PG_BIN, or start Docker.");
        }
    }

    public ValueTask DisposeAsync() => _stop();

    [UnsupportedOSPlatform("windows")]
    private static async Task<PrivatePostgres> StartInstalledAsync(PostgresPrograms programs, bool durable, CancellationToken stop)
    {
        var folder = await PrivateFolder.CreateAsync(programs, stop);
        try
        {
            var data = Path.Combine(folder.Path, "data");
            await programs.RunAsync(
                "initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"], folder.Path, stop);

            // Without a log file the server would inherit our output and keep it open.
            string[] settings = ["listen_addresses=''", $"unix_socket_directories='{folder.Path}'", "max_connections=300", .. Settings(durable)];
            var options = string.Join(' ', settings.Select(setting => $"-c {setting}"));
            await programs.RunAsync("pg_ctl", ["-D", data, "-l", Path.Combine(folder.Path, "log"), "-w", "-o", options, "start"], folder.Path, stop);
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }

        var connection = new NpgsqlConnectionStringBuilder { Host = folder.Path, Username = "postgres", Database = "postgres" };
        return new PrivatePostgres(connection.ConnectionString, folder.DisposeAsync);
    }

    private static string[] Settings(bool durable) => durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
}
