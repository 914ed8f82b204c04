using System.Globalization;
using Npgsql;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;

namespace OnCall.Service.Tests.Matrix;

/// <summary>What goes wrong: how it is armed, what passes while it lasts, and how it is proved to have struck. One object for one cell.</summary>
internal abstract class Fault
{
    private static readonly Dictionary<string, Func<Fault>> Made = new()
    {
        ["PostgreSQL restarted"] = () => new DatabaseFault(TimeSpan.Zero),
        ["PostgreSQL away 30 s"] = () => new DatabaseFault(TimeSpan.FromSeconds(30)),
        ["REST lost after acting"] = () => new TwilioFault(faults => faults.AnswerLostAfterActing()),
        ["REST 500"] = () => new TwilioFault(faults => faults.Error500BeforeActing(times: 2)),
        ["REST 429"] = () => new TwilioFault(faults => faults.TooManyRequests429(times: 4)),
        ["callbacks dropped"] = () => new TwilioFault(faults => faults.DropCallbacks(times: null)),
        ["callbacks doubled"] = () => new TwilioFault(faults => faults.DuplicateCallbacks(times: null)),
        ["callbacks reordered"] = () => new ReorderFault(),
        ["20 s slow webhook"] = () => new SlowFault(),
    };

    /// <summary>The names of all faults but one: that the service is killed takes real processes (<see cref="KilledWorld"/>).</summary>
    public static IReadOnlyList<string> All { get; } = [.. Made.Keys];

    /// <summary>A fault by its name, not yet armed.</summary>
    public static Fault Of(string name) => Made[name]();

    /// <summary>Strikes now, or the next request that comes.</summary>
    public abstract Task ArmAsync(World world, TestDatabase server);

    /// <summary>What lasts passes, while people go on.</summary>
    public virtual Task PassAsync(Cell cell) => Task.CompletedTask;

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

/// <summary>The first document that a leg asks for, and the same again where Twilio asks again, reaches the service 20 s late: Twilio gives it up, and goes to the fallback address.</summary>
internal sealed class SlowFault : Fault
{
    private World _world = null!;
    private SlowRequest _slow = null!;
    private int _before;

    public override Task ArmAsync(World world, TestDatabase server)
    {
        (_world, _before) = (world, world.Twilio.Webhooks.Count);
        _slow = world.Balancer.Slow = new SlowRequest(request => request.Target.StartsWith("/twilio/voice", StringComparison.Ordinal), TimeSpan.FromSeconds(20), world.Time);
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

    public override async Task PassAsync(Cell cell)
    {
        for (var passed = TimeSpan.Zero; passed < away; passed += TimeSpan.FromSeconds(5))
        {
            await cell.PassAsync(TimeSpan.FromSeconds(5));
            await TryAsync();
        }

        if (away > TimeSpan.Zero)
        {
            await _server.ResumeAsync();
        }

        await _world.FoundAgainAsync();
        await cell.PassAsync(Recovery);
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
