using System.Globalization;
using Npgsql;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;

namespace OnCall.Service.Tests.Matrix;

/// <summary>What goes wrong: how it is armed, what passes while it lasts, and how it is proved to have struck. One object for one cell.</summary>
internal abstract class Fault
{
    private static readonly Dictionary<string, Func<Fault>> Both = new()
    {
        ["PostgreSQL restarted"] = () => new DatabaseFault(TimeSpan.Zero),
        ["PostgreSQL away 30 s"] = () => new DatabaseFault(TimeSpan.FromSeconds(30)),
        ["callbacks dropped"] = () => new TwilioFault(faults => faults.DropCallbacks(times: null)),
        ["callbacks doubled"] = () => new TwilioFault(faults => faults.DuplicateCallbacks(times: null)),
    };

    /// <summary>What strikes calls, by its name: all but that the service is killed, which takes real processes (<see cref="KilledWorld"/>).</summary>
    public static IReadOnlyDictionary<string, Func<Fault>> OfCalls { get; } = new Dictionary<string, Func<Fault>>(Both.Concat(OfRest("/Calls")))
    {
        ["callbacks reordered"] = () => new ReorderFault(),
        ["20 s slow webhook"] = () => new SlowFault("/twilio/voice"),
    };

    /// <summary>What strikes texts, by its name.</summary>
    public static IReadOnlyDictionary<string, Func<Fault>> OfTexts { get; } = new Dictionary<string, Func<Fault>>(Both.Concat(OfRest("")))
    {
        ["callbacks reordered"] = () => new TwilioFault(faults => faults.ReorderCallbacks(times: null, callback => callback.Parameters["MessageStatus"] == "sent")),
        ["callback before the answer"] = () => new TwilioFault(faults => faults.Slow(TimeSpan.FromSeconds(3), times: null, request => request.Method == "POST")),
        ["webhook doubled"] = () => new DoubledFault(),
        ["webhook answered in vain"] = () => new TwilioFault(faults => faults.LoseWebhookAnswers(when: webhook => webhook.Url.Contains("/twilio/sms", StringComparison.Ordinal))),
        ["20 s slow webhook"] = () => new SlowFault("/twilio/sms"),
    };

    /// <summary>Those of <see cref="OfTexts"/> that strike requests to Twilio and what it tells of them.</summary>
    public static IReadOnlyList<string> OfSending { get; } = [.. OfTexts.Keys.Where(name => name.StartsWith("REST", StringComparison.Ordinal) || name.StartsWith("callback", StringComparison.Ordinal))];

    /// <summary>What strikes requests that act: the looks that come every minute or two, whatever the stage, would prove nothing.</summary>
    /// <param name="path">How their path begins, below the account's.</param>
    private static Dictionary<string, Func<Fault>> OfRest(string path)
    {
        return new()
        {
            ["REST lost after acting"] = () => new TwilioFault(faults => faults.AnswerLostAfterActing(when: Acts)),
            ["REST 500"] = () => new TwilioFault(faults => faults.Error500BeforeActing(times: 2, Acts)),
            ["REST 429"] = () => new TwilioFault(faults => faults.TooManyRequests429(times: 4, Acts)),
        };

        bool Acts(RestRequest request) => request.Method == "POST" && request.Path.StartsWith(path, StringComparison.Ordinal);
    }

    /// <summary>Strikes now, or the next request that comes.</summary>
    public abstract Task ArmAsync(World world, TestDatabase server);

    /// <summary>What lasts passes, while people go on.</summary>
    /// <param name="passAsync">Lets so much time pass.</param>
    public virtual Task PassAsync(Func<TimeSpan, Task> passAsync) => Task.CompletedTask;

    /// <summary>Fails unless it has struck.</summary>
    public abstract void ShouldHaveStruck();
}

/// <summary>A switch of the simulator.</summary>
internal sealed class TwilioFault(Func<Faults, ArmedFault> arm) : Fault
{
    private ArmedFault? _armed;

    public override Task ArmAsync(World world, TestDatabase server)
    {
        _armed = arm(world.Twilio.Faults);
        return Task.CompletedTask;
    }

    public override void ShouldHaveStruck() => _armed!.Hits.ShouldBeGreaterThan(0);
}

/// <summary>Every webhook comes twice.</summary>
internal sealed class DoubledFault : Fault
{
    private World _world = null!;
    private int _before;

    public override Task ArmAsync(World world, TestDatabase server)
    {
        (_world, _before) = (world, world.Balancer.Repeated);
        world.Balancer.Copies = 2;
        return Task.CompletedTask;
    }

    public override void ShouldHaveStruck() => _world.Balancer.Repeated.ShouldBeGreaterThan(_before);
}

/// <summary>Every other callback about a call or a room comes after the one that follows it.</summary>
internal sealed class ReorderFault : Fault
{
    private World _world = null!;
    private int _before;

    public override Task ArmAsync(World world, TestDatabase server)
    {
        (_world, _before) = (world, world.Twilio.Webhooks.Count);
        world.Twilio.Faults.ReorderCallbacks(times: null, callback => Number(callback) is { } number && number % 2 == 0);
        return Task.CompletedTask;
    }

    public override void ShouldHaveStruck() => _world.Twilio.Webhooks.Skip(_before)
        .Where(webhook => Number(webhook) is not null)
        .GroupBy(webhook => webhook.Parameters["ConferenceSid"] ?? webhook.Parameters["CallSid"])
        .ShouldContain(line => line.Zip(line.Skip(1)).Any(pair => Number(pair.First) > Number(pair.Second)));

    private static int? Number(WebhookRequest callback) => int.TryParse(callback.Parameters["SequenceNumber"], CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The first webhook of a kind, such as the document that a leg asks for, and the same again where Twilio asks again, reaches the service 20 s late: Twilio gives it up, and goes to the fallback address.</summary>
/// <param name="path">How its path begins.</param>
internal sealed class SlowFault(string path) : Fault
{
    private World _world = null!;
    private SlowRequest _slow = null!;
    private int _before;

    public override Task ArmAsync(World world, TestDatabase server)
    {
        (_world, _before) = (world, world.Twilio.Webhooks.Count);
        _slow = world.Balancer.Slow = new SlowRequest(request => request.Target.StartsWith(path, StringComparison.Ordinal), TimeSpan.FromSeconds(20), world.Time);
        return Task.CompletedTask;
    }

    public override void ShouldHaveStruck()
    {
        _slow.Hits.ShouldBeGreaterThan(0);
        _world.Twilio.Webhooks.Skip(_before).ShouldContain(webhook => webhook.Error == "no answer in time");
    }
}

/// <summary>The server of the database is stopped, and started again after a while.</summary>
/// <param name="away">Zero: it is killed, and started again at once.</param>
internal sealed class DatabaseFault(TimeSpan away) : Fault
{
    /// <summary>Loops that failed look again within a second.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    private TestDatabase _server = null!;
    private World _world = null!;
    private string _cut = "";
    private string _started = "";
    private int _refused;

    public override async Task ArmAsync(World world, TestDatabase server)
    {
        (_world, _server) = (world, server);
        _started = await StartedAsync();
        _cut = (await world.ReadAsync("SELECT count(*)::text FROM pg_stat_activity WHERE application_name = 'oncall' AND datname = current_database()"))[0];
        world.DatabaseIs(away: true);
        await server.HaltAsync(crash: away == TimeSpan.Zero);
        if (away == TimeSpan.Zero)
        {
            await server.ResumeAsync();
        }
    }

    public override async Task PassAsync(Func<TimeSpan, Task> passAsync)
    {
        for (var passed = TimeSpan.Zero; passed < away; passed += TimeSpan.FromSeconds(5))
        {
            await passAsync(TimeSpan.FromSeconds(5));
            await TryAsync();
        }

        if (away > TimeSpan.Zero)
        {
            await _server.ResumeAsync();
        }

        await _world.FoundAgainAsync();
        await passAsync(Recovery);
        _world.DatabaseIs(away: false);
        (await StartedAsync()).ShouldNotBe(_started);
    }

    public override void ShouldHaveStruck()
    {
        int.Parse(_cut, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0, "no connection of the service was cut");
        _refused.ShouldBe((int)(away.TotalSeconds / 5), "the database answered while it was away");
    }

    private async Task<string> StartedAsync() => (await _world.ReadAsync("SELECT pg_postmaster_start_time()::text"))[0];

    private async Task TryAsync()
    {
        try
        {
            await _world.ReadAsync("SELECT 'answers'");
        }
        catch (NpgsqlException)
        {
            _refused++;
        }
    }
}
