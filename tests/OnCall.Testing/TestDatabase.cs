using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using OnCall.Service;
using OnCall.Service.Data;
using OnCall.Service.Demo;
using OnCall.Service.Ops;
using Xunit;

namespace OnCall.Testing;

/// <summary>
/// The server of a test run: <c>[assembly: AssemblyFixture(typeof(TestDatabase))]</c>. It is the one of <c>ONCALL_TEST_DATABASE</c> (a connection string
/// to a server that is theirs, or the word <c>docker</c>), else a private one of the installed programs, else a container. Migrations run once, into a
/// template; each test gets a copy of it in some 20 ms, in memory.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    /// <summary>One of a node's connections listens; the others are for what it does at the same time.</summary>
    private const int FewConnections = 6;

    /// <summary>Connections live for a second or two, and what they ask is planned once: to plan five times with the values at hand, as PostgreSQL does at first, would be most of its work.</summary>
    private const string PlannedOnce = $"{DataRoom.ServerSettings} -c plan_cache_mode=force_generic_plan";

    private readonly string _template = $"oncall_test_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private PrivatePostgres? _own;
    private NpgsqlDataSource? _server;
    private int _count;

    private bool _mayBeHalted;
    private bool _isHalted;

    private NpgsqlDataSource Server => _server ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>A server that no other test uses, and that may be halted. What it has committed survives that, as in production.</summary>
    public static async Task<TestDatabase> StartOwnAsync()
    {
        var server = new TestDatabase { _mayBeHalted = true };
        await server.InitializeAsync();
        return server;
    }

    /// <inheritdoc cref="PrivatePostgres.HaltAsync"/>
    public async Task HaltAsync(bool crash)
    {
        await _own!.HaltAsync(crash);
        _isHalted = true;
        Server.Clear();
    }

    /// <inheritdoc cref="PrivatePostgres.ResumeAsync"/>
    public async Task ResumeAsync()
    {
        if (_isHalted)
        {
            await _own!.ResumeAsync();
            _isHalted = false;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var given = _mayBeHalted ? "" : Environment.GetEnvironmentVariable("ONCALL_TEST_DATABASE");
        var stop = TestContext.Current.CancellationToken;
        _own = given switch
        {
            null or "" => await PrivatePostgres.StartAsync(durable: false, stop),
            "docker" => await PrivatePostgres.StartContainerAsync(durable: false, stop),
            _ => null,
        };
        _server = NpgsqlDataSource.Create(_own?.ConnectionString ?? given!);
        await RunAsync($"CREATE DATABASE {_template}");
        await MigrateAsync(Connection(_template, manyAtOnce: false));
    }

    /// <summary>A new database with every table, empty.</summary>
    /// <param name="manyAtOnce">
    /// Whether the test is about many who ask at once: a node then opens as many connections as in production. Else it makes do with <see cref="FewConnections"/>,
    /// since to open one takes PostgreSQL more than everything that a test asks over it.
    /// </param>
    public async Task<OwnDatabase> CreateAsync(bool manyAtOnce = false)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_template}_{Interlocked.Increment(ref _count)}");

        // Copying files is the quickest.
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {_template} STRATEGY file_copy");
        return new OwnDatabase(Connection(name, manyAtOnce), () => DropAsync(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await DropAsync(_template);
            await _server.DisposeAsync();
        }

        await (_own?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task MigrateAsync(string connection)
    {
        // An open connection, even an idle one in a pool, would keep the database from being a template.
        using var host = Rooms.BuildTool([$"--ConnectionStrings:OnCall={connection};Pooling=false"]);
        await MigrateCommand.MigrateAsync(host.Services, TestContext.Current.CancellationToken);
    }

    private string Connection(string database, bool manyAtOnce) => new NpgsqlConnectionStringBuilder(Server.ConnectionString)
    {
        Database = database,
        Options = _mayBeHalted ? $"{PlannedOnce} -c synchronous_commit=on" : PlannedOnce,
        AutoPrepareMinUsages = 2,
        MaxPoolSize = manyAtOnce || _mayBeHalted ? new NpgsqlConnectionStringBuilder().MaxPoolSize : FewConnections,
    }.ConnectionString;

    private Task DropAsync(string name) => RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private async Task RunAsync(string sql)
    {
        await using var command = Server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database of one test; dropped when disposed of, with whoever is still connected to it.</summary>
public sealed class OwnDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    public async ValueTask DisposeAsync() => await drop();
}
