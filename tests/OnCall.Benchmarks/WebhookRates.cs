namespace OnCall.Benchmarks;

/// <summary>(a) Webhooks a second of full call flows, fifty calls at once, beside the two yardsticks.</summary>
internal static class WebhookRates
{
    private const int AtOnce = 50;
    private const double Aim = 0.4;
    private const double AimP99 = 50;

    private static readonly TimeSpan Carried = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(4);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        await using var yardsticks = await Rig.ServeYardsticksAsync(connection);
        using var toService = new SignedSender(service.Address);
        using var toYardsticks = new SignedSender(yardsticks.Address);
        var ours = new Contender("OnCall", toService, "", twilio);
        var insert = new Contender("one row inserted", toYardsticks, Yardsticks.Insert, null);
        var empty = new Contender("empty endpoint", toYardsticks, Yardsticks.Empty, null);
        Contender[] all = [ours, insert, empty];
        foreach (var contender in all)
        {
            await contender.WarmUpAsync();
        }

        await Rig.VacuumAsync(connection);

        for (var round = 0; round < Rounds.Count; round++)
        {
            foreach (var contender in all)
            {
                await contender.CarryAsync(Carried);
            }

            var rate = Aim * insert.Carries[^1];
            foreach (var contender in all)
            {
                await contender.RunAtAsync(rate, Steady);
            }
        }

        return Report(ours, insert, empty);
    }

    private static string Report(Contender ours, Contender insert, Contender empty)
    {
        var table = new Table("", "webhooks/s carried", "of the INSERT", "of empty", "offered/s", "done/s", "median", "p99", "max");
        foreach (var contender in new[] { ours, insert, empty })
        {
            table.Row(
                contender.Name,
                new Rounds(contender.Carries).ToString(),
                Share(contender, insert).ToString(),
                Share(contender, empty).ToString(),
                new Rounds(contender.Offered).ToString(),
                new Rounds(contender.Done).ToString(),
                Rounds.Of(contender.Open, open => open.Median).ToString(),
                Rounds.Of(contender.Open, open => open.P99).ToString(),
                Rounds.Of(contender.Open, open => open.Max).ToString());
        }

        var share = Share(ours, insert).Middle;
        var p99 = Rounds.Of(ours.Open, open => open.P99).Middle;
        return $"""

            ## (a) webhooks of full call flows, {AtOnce} calls at once

            {table}
            A call is {CallFlow.Webhooks} webhooks that tell of something, of which {CallFlow.Changing} always change the enquiry's row; OnCall also asks the stand-in for the
            adviser's call, moves legs and sends texts. "Carried": {AtOnce} calls, each webhook as soon as the one before is answered. The rest: calls begin
            at fixed times, so many that at {Aim:P0} of what the INSERT endpoint carried in the same round {AtOnce} are under way; within a call a webhook leaves at its fixed time,
            or once the one before is answered, and its latency counts from there.
            Twilio is a stand-in inside the load generator that answers at once, since the simulator's own work would count.

            - at least {Aim:P0} of the INSERT endpoint: {share:P0} {Table.Verdict(share >= Aim)}
            - p99 below {AimP99} ms at that load: {Rounds.Short(p99)} ms {Table.Verdict(p99 < AimP99)}
            """;
    }

    private static Rounds Share(Contender one, Contender of) => new(one.Carries.Zip(of.Carries, (mine, theirs) => 100 * mine / theirs).Select(share => share / 100));

    private sealed class Contender(string name, SignedSender to, string prefix, StandIn? twilio)
    {
        private int _calls;

        public string Name => name;

        /// <summary>Webhooks a second, a round each.</summary>
        public List<double> Carries { get; } = [];

        public List<double> Offered { get; } = [];

        public List<double> Done { get; } = [];

        public List<Latencies> Open { get; } = [];

        /// <summary>So long that the runtime has compiled what recurs for good: the service runs for weeks.</summary>
        public Task WarmUpAsync() => CarryAsync(TimeSpan.FromSeconds(30), new List<double>());

        public Task CarryAsync(TimeSpan time) => CarryAsync(time, Carries);

        /// <summary>Calls that begin one after the other, each so long that <see cref="AtOnce"/> are under way.</summary>
        public async Task RunAtAsync(double rate, TimeSpan time)
        {
            var latencies = new Latencies();
            var gap = TimeSpan.FromSeconds(AtOnce / rate);
            var between = gap * CallFlow.Webhooks / AtOnce;
            var start = Clock.After(Clock.Now, TimeSpan.FromMilliseconds(50));
            var calls = new List<Task>();
            for (var call = 0; between * call < time; call++)
            {
                var begins = Clock.After(start, between * call);
                await Clock.UntilAsync(begins);
                calls.Add(Flow(new Pace.Schedule(begins, gap), latencies).RunAsync());
            }

            await Task.WhenAll(calls);
            Offered.Add(rate);
            Done.Add(latencies.Count / Clock.Since(start).TotalSeconds);
            Open.Add(latencies);
        }

        private async Task CarryAsync(TimeSpan time, List<double> into)
        {
            var latencies = new Latencies();
            var start = Clock.Now;
            var ends = Clock.After(start, time);
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                while (Clock.Now < ends)
                {
                    await Flow(new Pace.AtOnce(), latencies).RunAsync();
                }
            }));
            into.Add(latencies.Count / Clock.Since(start).TotalSeconds);
        }

        private CallFlow Flow(Pace pace, Latencies latencies) => new(to, prefix, twilio, Interlocked.Increment(ref _calls), pace, latencies);
    }
}
