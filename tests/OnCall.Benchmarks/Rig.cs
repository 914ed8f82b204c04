using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OnCall.Core.Rotas;
using OnCall.Service;
using OnCall.Service.Audit;
using OnCall.Service.Demo;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>What every measurement stands on: a private PostgreSQL that writes to the disk, databases in it, and the programs, each in a process of its own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    /// <summary>So many a second that no rate is felt.</summary>
    private const int Wide = 10_000;

    public const string AccountSid = "AC00000000000000000000000000000001";

    private readonly PrivatePostgres _postgres;
    private int _databases;

    private Rig(PrivatePostgres postgres) => _postgres = postgres;

    public static async Task<Rig> StartAsync() => new(await PrivatePostgres.StartAsync(durable: true, CancellationToken.None));

    /// <summary>The machine and the programs, as far as they matter to the figures.</summary>
    public async Task<string> DescribeAsync()
    {
        await using var source = NpgsqlDataSource.Create(_postgres.ConnectionString);
        var server = await ShowAsync(source, "server_version");
        var (fsync, commit) = (await ShowAsync(source, "fsync"), await ShowAsync(source, "synchronous_commit"));
        return fsync == "on" && commit == "on"
            ? $"""
              # OnCall, measured

              {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}, load {Load()} before the start;
              {RuntimeInformation.FrameworkDescription}; PostgreSQL {server}, fsync {fsync}, synchronous_commit {commit}, over a unix socket.
              The service, the yardsticks, PostgreSQL and the load generator share these cores. Latencies in ms count from the moment when a request was to leave,
              however late it left. Figures: middle of {Rounds.Count} rounds (lowest–highest).
              """
            : throw new InvalidOperationException($"fsync is {fsync} and synchronous_commit is {commit}: nothing would be proved.");
    }

    /// <summary>A new database at this version, with the benchmark's book in force.</summary>
    /// <param name="yaml">The book; null = <see cref="BenchBook"/>.</param>
    public async Task<(string ConnectionString, RotaBook Book)> CreateDatabaseAsync(string? yaml = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++_databases}");
        var connection = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name }.ConnectionString;
        using var host = Rooms.BuildTool([$"--ConnectionStrings:OnCall={connection}"]);
        await MigrateCommand.MigrateAsync(host.Services, CancellationToken.None);
        var draft = RotaDocument.Read(Encoding.UTF8.GetBytes(yaml ?? BenchBook.Yaml()), DocumentForm.Yaml);
        var publication = await host.Services.GetRequiredService<BookStore>()
            .PublishAsync([draft], prune: false, dryRun: false, new Origin("benchmark", "benchmark"), CancellationToken.None);
        return (connection, publication.Book ?? throw new InvalidOperationException(new ImportReport(ImportOutcome.Of(publication), dryRun: false).Text()));
    }

    /// <summary>What autovacuum does of itself within a minute after the first load; before, PostgreSQL plans without knowing the tables.</summary>
    public static Task VacuumAsync(string connection) => ExecuteAsync(connection, "VACUUM (ANALYZE)");

    /// <summary>Runs statements of the benchmark's own, however long they take.</summary>
    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The service as it ships, but for the rates of the account, which are opened wide.</summary>
    public static Task<Served> ServeAsync(string connection, Uri twilio, string authToken = RunningService.AuthToken, int callsPerSecond = Wide)
    {
        var journals = Directory.CreateTempSubdirectory("oncall-benchmarks-");
        return StartAsync(
            "oncall.dll",
            [
                "serve", .. Settings(connection, callsPerSecond), $"--Twilio:ApiBaseUrl={twilio.ToString().TrimEnd('/')}", $"--Twilio:AuthToken={authToken}",
                $"--OnCall:AdminKey={RunningService.AdminKey}", $"--OnCall:JournalFolder={journals.FullName}",
            ],
            journals);
    }

    public static Task<Served> ServeYardsticksAsync(string connection) =>
        StartAsync("OnCall.Benchmarks.dll", [Yardsticks.Word, .. Settings(connection), $"--Twilio:AuthToken={RunningService.AuthToken}"], null);

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private static IEnumerable<string> Settings(string connection, int callsPerSecond = Wide) =>
    [
        $"--ConnectionStrings:OnCall={connection}",
        $"--Twilio:AccountSid={AccountSid}",
        "--Twilio:ManageNumbers=false",
        string.Create(CultureInfo.InvariantCulture, $"--Twilio:CallsPerSecond={callsPerSecond}"),
        "--Twilio:MessagesPerSecond=10000",
    ];

    private static async Task<Served> StartAsync(string program, IEnumerable<string> words, DirectoryInfo? journals)
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.One()}");
        var process = OnCallProcess.StartProgram(program, [.. words, $"--urls={address.GetLeftPart(UriPartial.Authority)}", $"--OnCall:PublicUrl={address.GetLeftPart(UriPartial.Authority)}"]);
        await process.WaitUntilServingAsync(CancellationToken.None);
        return new Served(process, address, journals);
    }

    private static async Task<string> ShowAsync(NpgsqlDataSource source, string setting)
    {
        await using var command = source.CreateCommand($"SHOW {setting}");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}

/// <summary>A program that serves, in a process of its own; its log is read and dropped.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly OnCallProcess _process;
    private readonly Task _log;
    private readonly DirectoryInfo? _journals;

    /// <param name="journals">Its own, and gone with it.</param>
    public Served(OnCallProcess process, Uri address, DirectoryInfo? journals)
    {
        (_process, Address, _journals) = (process, address, journals);
        _log = process.DropOutputAsync();
    }

    public Uri Address { get; }

    /// <summary>VmRSS, in MB of 2^20 bytes.</summary>
    public double Resident
    {
        get
        {
            using var process = System.Diagnostics.Process.GetProcessById(_process.Id);
            return process.WorkingSet64 / 1048576.0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.TerminateAsync(CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _log;
        _process.Dispose();
        _journals?.Delete(recursive: true);
    }
}
