using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OnCall.Service.Audit;
using OnCall.Service.Rotas;
using OnCall.Simulator;
using Shouldly;
using Xunit;

namespace OnCall.Testing;

/// <summary>
/// Everything that a night takes, on one clock that the test moves: the Twilio simulator with its phones, one or more nodes of the service behind
/// a load balancer, their database, a book. Only what happens takes time; waiting takes none.
/// </summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>The line's number, for calls and for texts.</summary>
    public const string Line = "+442079460101";

    /// <summary>An officer's phone.</summary>
    public const string Officer = "+447700900201";

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    private readonly OwnDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly LoadBalancer _balancer;
    private readonly List<RunningService> _nodes = [];
    private readonly string[] _settings;

    private World(OwnDatabase database, FakeTimeProvider time, TwilioSimulator twilio, LoadBalancer balancer, string[] settings)
    {
        (_database, Time, Twilio, _balancer) = (database, time, twilio, balancer);
        _source = NpgsqlDataSource.Create(database.ConnectionString);
        _settings =
        [
            $"--OnCall:PublicUrl={balancer.Url}",
            $"--Twilio:AccountSid={twilio.AccountSid}",
            $"--Twilio:AuthToken={twilio.AuthToken}",
            $"--Twilio:ApiBaseUrl={twilio.BaseAddress.ToString().TrimEnd('/')}",
            "--Twilio:CallsPerSecond=1000",
            "--Twilio:MessagesPerSecond=1000",
            .. settings,
        ];
    }

    public FakeTimeProvider Time { get; }

    public TwilioSimulator Twilio { get; }

    public IReadOnlyList<RunningService> Nodes => _nodes;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>The public address of the service.</summary>
    public string Url => _balancer.Url;

    /// <param name="book">The rota document, YAML.</param>
    /// <param name="nodes">How many nodes share the work; webhooks alternate between them.</param>
    /// <param name="settings">In the form of the command line, over those of the world.</param>
    public static async Task<World> StartAsync(TestDatabase databases, string book, int nodes = 1, string[]? settings = null, double callsPerSecond = 1000)
    {
        // A Wednesday morning of winter time.
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        var database = await databases.CreateAsync();
        var twilio = await TwilioSimulator.StartAsync(new SimulatorOptions { Time = time, CallsPerSecond = callsPerSecond, MessagesPerSecond = 1000 });
        var balancer = await LoadBalancer.StartAsync();
        var world = new World(database, time, twilio, balancer, settings ?? []);
        twilio.AddNumber(
            Line, voiceUrl: $"{balancer.Url}/twilio/voice", smsUrl: $"{balancer.Url}/twilio/sms", statusCallback: $"{balancer.Url}/twilio/status/call", name: "the line");
        for (var node = 0; node < nodes; node++)
        {
            await world.StartNodeAsync();
        }

        await world.PublishAsync(book);
        return world;
    }

    /// <summary>Starts one more node, which takes its turn from now on.</summary>
    public async Task<RunningService> StartNodeAsync()
    {
        var node = await RunningService.StartAsync(
            _database.ConnectionString, [.. _settings], builder => builder.Services.AddSingleton<TimeProvider>(Time));
        _nodes.Add(node);
        ServeNodes();
        return node;
    }

    /// <summary>Takes a node away, as SIGTERM would.</summary>
    public async Task StopNodeAsync(RunningService node)
    {
        _nodes.Remove(node);
        ServeNodes();
        await node.StopAsync();
        await node.DisposeAsync();
    }

    /// <summary>Sends webhooks to this address, or to nobody.</summary>
    public void ServeOnly(params Uri[] nodes) => _balancer.Serve(nodes);

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

    /// <summary>Moves the clock, by steps in which everything that is due is done, until something is so.</summary>
    /// <param name="most">How much time may pass.</param>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? most = null)
    {
        var limit = Time.GetUtcNow() + (most ?? TimeSpan.FromMinutes(2));
        await SettleAsync();
        while (!isSo())
        {
            var now = Time.GetUtcNow();
            (now < limit).ShouldBeTrue($"It has not happened by {now:T}.\n{Story()}");
            await StepAsync(now, limit);
        }
    }

    /// <summary>Lets so much time pass, with everything that happens in it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        await SettleAsync();
        while (Time.GetUtcNow() < end)
        {
            await StepAsync(Time.GetUtcNow(), end);
        }
    }

    /// <summary>The only enquiry, or the one with that ref, as the API shows it to an auditor.</summary>
    public async Task<JsonElement> EnquiryAsync(string? shortRef = null)
    {
        await SettleAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_nodes[0].Http.BaseAddress}api/v1/enquiries{(shortRef is null ? "" : $"/{shortRef}")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var response = await _nodes[0].Http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return shortRef is null ? answer.GetProperty("items").EnumerateArray().ShouldHaveSingleItem() : answer;
    }

    /// <summary>The record of an enquiry: <c>page-sent a.khan</c>, one line an entry.</summary>
    public static IReadOnlyList<string> Timeline(JsonElement enquiry) =>
        [.. enquiry.GetProperty("timeline").EnumerateArray().Select(entry =>
            $"{entry.GetProperty("event").GetString()} {entry.GetProperty("adviser").GetString()}".Trim())];

    /// <summary>Asserts that Twilio had nothing to object to.</summary>
    public void ShouldBeFlawless() => Twilio.Problems.Select(problem => $"{problem.Code} {problem.Subject}: {problem.Message}").ShouldBeEmpty(Story());

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _balancer.DisposeAsync();
        await Twilio.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Waits, in real time, until nothing more happens at this moment of the world's time.</summary>
    public async Task SettleAsync()
    {
        var patience = TimeProvider.System.GetTimestamp();
        var quiet = 0;
        while (quiet < 2)
        {
            quiet = Twilio.InFlight == 0 && !await IsWorkDueAsync() && Twilio.InFlight == 0 ? quiet + 1 : 0;

            // Something that waits for the clock itself, such as a retry, never settles: the clock must move.
            if (TimeProvider.System.GetElapsedTime(patience) > TimeSpan.FromMilliseconds(300))
            {
                return;
            }

            if (quiet < 2)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }
    }

    private void ServeNodes() => _balancer.Serve([.. _nodes.Select(node => node.Http.BaseAddress!)]);

    private async Task StepAsync(DateTimeOffset now, DateTimeOffset limit)
    {
        var next = new[] { now + LongestStep, limit, Twilio.NextTimer ?? limit, await NextWorkAsync() ?? limit }.Min();
        Time.Advance(next > now ? next - now : TimeSpan.FromMilliseconds(1));
        await SettleAsync();
    }

    private async Task<bool> IsWorkDueAsync()
    {
        await using var command = _source.CreateCommand("""
            SELECT EXISTS (SELECT FROM outbox LEFT JOIN rates USING (lane) WHERE owner IS NOT NULL OR (due_at <= $1 AND (used_until IS NULL OR used_until <= $1)))
              OR EXISTS (SELECT FROM enquiries WHERE deadline <= $1)
            """);
        command.Parameters.Add(new() { Value = Time.GetUtcNow() });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task<DateTimeOffset?> NextWorkAsync()
    {
        await using var command = _source.CreateCommand(
            "SELECT least((SELECT min(greatest(due_at, used_until)) FROM outbox LEFT JOIN rates USING (lane) WHERE owner IS NULL), (SELECT min(deadline) FROM enquiries))");
        return await command.ExecuteScalarAsync() is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>What every leg heard, for the message of a failed assertion.</summary>
    private string Story()
    {
        var story = new StringBuilder();
        foreach (var call in Twilio.Calls)
        {
            story.AppendLine(call.ToString());
            foreach (var heard in call.Heard)
            {
                story.AppendLine(CultureInfo.InvariantCulture, $"    {heard.At:HH:mm:ss.f} {heard.Kind}: {heard.Text}");
            }
        }

        foreach (var problem in Twilio.Problems)
        {
            story.AppendLine(CultureInfo.InvariantCulture, $"problem {problem.Code} {problem.Subject}: {problem.Message}");
        }

        return story.ToString();
    }
}
