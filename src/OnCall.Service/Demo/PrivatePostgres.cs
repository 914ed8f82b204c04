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

    private readonly Func<bool, Task> _halt;
    private readonly Func<Task> _resume;
    private readonly Func<ValueTask> _stop;

    private PrivatePostgres(string connectionString, Func<bool, Task> halt, Func<Task> resume, Func<ValueTask> stop)
    {
        ConnectionString = connectionString;
        (_halt, _resume, _stop) = (halt, resume, stop);
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
            return new PrivatePostgres(
                container.GetConnectionString(), _ => container.StopAsync(CancellationToken.None), () => container.StartAsync(CancellationToken.None), container.DisposeAsync);
        }
        catch (DockerUnavailableException)
        {
            throw new OperatorException(
                "No PostgreSQL was found: install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), name its programs' folder in ONCALL_PG_BIN, or start Docker.");
        }
    }

    /// <summary>Stops the server, and keeps what it stores. It comes back at the same address; not so in a container.</summary>
    /// <param name="crash">Without a word to those who are connected, as if it were killed.</param>
    public Task HaltAsync(bool crash) => _halt(crash);

    /// <summary>Starts the server again that was halted, and waits until it answers.</summary>
    public Task ResumeAsync() => _resume();

    public ValueTask DisposeAsync() => _stop();

    [UnsupportedOSPlatform("windows")]
    private static async Task<PrivatePostgres> StartInstalledAsync(PostgresPrograms programs, bool durable, CancellationToken stop)
    {
        var folder = await PrivateFolder.CreateAsync(programs, durable, stop);
        try
        {
            var data = Path.Combine(folder.Path, "data");
            await programs.RunAsync(
                "initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"], folder.Path, stop);

            // Without a log file the server would inherit our output and keep it open.
            string[] settings = ["listen_addresses=''", $"unix_socket_directories='{folder.Path}'", "max_connections=300", .. Settings(durable)];
            var options = string.Join(' ', settings.Select(setting => $"-c {setting}"));
            Task RunAsync(params string[] words) => programs.RunAsync("pg_ctl", ["-D", data, "-w", .. words], folder.Path, stop);
            Task ResumeAsync() => RunAsync("-l", Path.Combine(folder.Path, "log"), "-o", options, "start");
            await ResumeAsync();
            var connection = new NpgsqlConnectionStringBuilder { Host = folder.Path, Username = "postgres", Database = "postgres" };
            return new PrivatePostgres(connection.ConnectionString, crash => RunAsync("-m", crash ? "immediate" : "fast", "stop"), ResumeAsync, folder.DisposeAsync);
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }

    private static string[] Settings(bool durable) => durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
}
