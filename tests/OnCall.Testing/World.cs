using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OnCall.Service.Audit;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Messages;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using Quartz;
using Shouldly;
using Xunit;

namespace OnCall.Testing;

/// <summary>
/// Everything that a night takes, on one clock that the test moves: the Twilio simulator with its phones, one or more nodes of the service behind
/// a load balancer, their database, a book. Only what happens takes time; waiting takes none.
/// </summary>
/// <remarks>The parts: <c>World.Clock.cs</c> how time passes, <c>World.Sight.cs</c> what there is to see.</remarks>
public sealed partial class World : ICallWorld, IAsyncDisposable
{
    /// <summary>The line's number, for calls and for texts.</summary>
    public const string Line = "+442079460101";

    /// <summary>An officer's phone.</summary>
    public const string Officer = "+447700900201";

    private readonly OwnDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly List<RunningService> _nodes = [];
    private readonly string[] _settings;
    private readonly double _perSecond;
    private readonly Asking _asking = new();
    private readonly DatabaseGate? _gate;
    private bool _databaseIsAway;

    private World(OwnDatabase database, FakeTimeProvider time, TwilioSimulator twilio, LoadBalancer balancer, string[] settings, double perSecond, bool gated)
    {
        (_database, Time, Twilio, Balancer, _perSecond) = (database, time, twilio, balancer, perSecond);
        _source = BuildSource(database.ConnectionString);
        _gate = gated ? new DatabaseGate(database.ConnectionString) : null;
        Journals = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
        _settings =
        [
            $"--OnCall:PublicUrl={balancer.Url}",
            $"--OnCall:JournalFolder={Journals}",
            $"--Twilio:AccountSid={twilio.AccountSid}",
            $"--Twilio:AuthToken={twilio.AuthToken}",
            $"--Twilio:ApiBaseUrl={twilio.BaseAddress.ToString().TrimEnd('/')}",
            string.Create(CultureInfo.InvariantCulture, $"--Twilio:CallsPerSecond={perSecond}"),
            string.Create(CultureInfo.InvariantCulture, $"--Twilio:MessagesPerSecond={perSecond}"),
            .. settings,
        ];
    }

    /// <summary>The world looks into the database many times for every step of its clock: what it asks is planned once, and it asks in plain types.</summary>
    private static NpgsqlDataSource BuildSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2, NoResetOnClose = true }.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    public FakeTimeProvider Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public TwilioSimulator Twilio { get; }

    public IReadOnlyList<RunningService> Nodes => _nodes;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>The folder of the nodes' journals.</summary>
    public string Journals { get; }

    /// <summary>What stands between Twilio and the nodes, at the service's public address.</summary>
    public LoadBalancer Balancer { get; }

    /// <param name="book">The rota document, YAML.</param>
    /// <param name="nodes">How many nodes share the work; webhooks alternate between them.</param>
    /// <param name="settings">In the form of the command line, over those of the world.</param>
    /// <param name="fallbackUrl">Where a call is led when the service does not answer; null = nowhere.</param>
    /// <param name="perSecond">The calls, and the texts, that the account may send in a second.</param>
    /// <param name="at">When the world begins; null = on a Wednesday morning of winter time.</param>
    /// <param name="gated">Whether the database can be taken away from the nodes.</param>
    /// <param name="manyAtOnce">Whether more happens in the same instant than a handful of calls.</param>
    public static async Task<World> StartAsync(
        TestDatabase databases, string book, int nodes = 1, string[]? settings = null, double perSecond = 1000, string? fallbackUrl = null, DateTimeOffset? at = null, bool gated = false, bool manyAtOnce = false)
    {
        var time = new FakeTimeProvider(at ?? new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        var database = await databases.CreateAsync(manyAtOnce || gated);
        var twilio = await TwilioSimulator.StartAsync(new SimulatorOptions { Time = time, CallsPerSecond = perSecond, MessagesPerSecond = perSecond });
        var balancer = await LoadBalancer.StartAsync();
        var world = new World(database, time, twilio, balancer, settings ?? [], perSecond, gated);
        for (var node = 0; node < nodes; node++)
        {
            await world.StartNodeAsync();
        }

        var addresses = world._nodes[0].Services.GetRequiredService<TwilioAddresses>();
        twilio.AddNumber(
            Line, addresses.Of("/twilio/voice"), addresses.Of("/twilio/sms"), fallbackUrl, statusCallback: addresses.Of("/twilio/status/call"), name: "the line");
        await world.PublishAsync(book);
        return world;
    }

    /// <summary>Starts one more node, which takes its turn from now on.</summary>
    public async Task<RunningService> StartNodeAsync()
    {
        var node = await RunningService.StartAsync(
            _gate?.ConnectionString ?? _database.ConnectionString, [.. _settings], builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(Time);

                // A leap of this clock must not look like the death of the other nodes.
                builder.Services.PostConfigureAll<ClusteringOptions>(cluster => cluster.CheckinMisfireThreshold = TimeSpan.FromDays(49));
                _asking.CountIn(builder.Services);
            });
        node.Services.GetRequiredService<DatabaseLink>().Budget = _databaseIsAway ? DatabaseLink.UsualBudget : Patience;
        _nodes.Add(node);
        ServeNodes();
        return node;
    }

    /// <summary>Takes a node away, as SIGTERM would.</summary>
    public async Task StopNodeAsync(RunningService node)
    {
        _nodes.Remove(node);
        ServeNodes();
        await StopAsync(node.StopAsync());
        await StopAsync(node.DisposeAsync().AsTask());
    }

    /// <summary>Whoever rests after a failure, of the database or within Quartz, rests by the world's clock: it moves where the stop takes long.</summary>
    private async Task StopAsync(Task stopping)
    {
        var patience = TimeSpan.FromSeconds(_gate is null ? 5 : 0);
        await Task.WhenAny(stopping, Task.Delay(patience, TimeProvider.System));
        while (!stopping.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await stopping;
    }

    /// <summary>Takes the database away from the nodes.</summary>
    /// <param name="silently">As a network does that swallows everything; else as a server that is stopped.</param>
    public void TakeDatabaseAway(bool silently = false)
    {
        _databaseIsAway = true;
        SetBudget(DatabaseLink.UsualBudget);
        if (silently)
        {
            _gate!.Swallow();
        }
        else
        {
            _gate!.Shut();
        }
    }

    /// <summary>One question to the database with these words, or one answer of it, is lost with its connection; the world has a gate.</summary>
    /// <returns>Whether it is lost by now.</returns>
    public Func<bool> LoseOfDatabase(string words) => _gate!.Lose(words);

    /// <summary>Gives it back, and waits until every node has found it again and its journal is told.</summary>
    public async Task GiveDatabaseBackAsync()
    {
        _gate!.Open();
        await FoundAgainAsync();
        SetBudget(Patience);

        // Loops that failed rest for a second, by this clock.
        for (var step = 0; step < 15; step++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        _databaseIsAway = false;
    }

    private void SetBudget(TimeSpan budget) => _nodes.ForEach(node => node.Services.GetRequiredService<DatabaseLink>().Budget = budget);

    /// <summary>Waits, in real time, until every node has found the database again and its journal is told.</summary>
    public async Task FoundAgainAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (_nodes.Exists(node => node.Services.GetRequiredService<DatabaseLink>().IsAway || node.Services.GetRequiredService<Journal>().Count > 0))
        {
            Transcript.Hold(TimeProvider.System.GetElapsedTime(since) < Patience, () => $"The database is not found again.\n{Story()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>A text of before has become old enough to be missed, and every node looks for it at Twilio.</summary>
    public async Task LookForTextsAsync()
    {
        await PassAsync(TimeSpan.FromSeconds(50));
        foreach (var node in _nodes)
        {
            // The nodes look by themselves, too, one at a time.
            await RealTime.UntilAsync(async () =>
            {
                if (await node.Services.GetRequiredService<MissedTexts>().LookAsync(TestContext.Current.CancellationToken))
                {
                    return true;
                }

                await PassAsync(TimeSpan.FromSeconds(1));
                return false;
            }, "a node looks for texts of which no word came");
        }

        await PassAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>Sends webhooks to all nodes, as at first.</summary>
    public void ServeNodes() => Balancer.Serve([.. _nodes.Select(node => node.Http.BaseAddress!)]);

    public async Task PublishAsync(string book)
    {
        var store = _nodes[0].Services.GetRequiredService<BookStore>();
        var draft = RotaDocument.Read(Encoding.UTF8.GetBytes(book), DocumentForm.Yaml);
        var publication = await store.PublishAsync([draft], prune: false, dryRun: false, new Origin("test", "test"), TestContext.Current.CancellationToken);
        publication.Problems.Select(problem => $"{problem.Path}: {problem.Sentence}").ShouldBeEmpty();
        foreach (var node in _nodes)
        {
            node.Services.GetRequiredService<CurrentBook>().Offer(publication.Book!);
        }
    }

    /// <summary>The database is about to go, or was: until it is told otherwise, the world does not look into it, and time goes on in short steps.</summary>
    public void DatabaseIs(bool away)
    {
        _databaseIsAway = away;
        SetBudget(away ? DatabaseLink.UsualBudget : Patience);
        _source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _gate?.Open();
        var written = Twilio.Webhooks.Select(webhook => webhook.Parameters["Body"]).OfType<string>().Append(Twilio.AuthToken).Distinct().ToList();
        foreach (var node in _nodes)
        {
            await StopAsync(node.DisposeAsync().AsTask());
            node.Log.Check(written);
        }

        await Balancer.DisposeAsync();
        await Twilio.DisposeAsync();
        await _source.DisposeAsync();
        await (_gate?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Journals, recursive: true);
        await _database.DisposeAsync();
    }
}
