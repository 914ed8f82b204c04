namespace OnCall.Benchmarks;

/// <summary>(d) What the service's process holds in memory while a thousand officers hold.</summary>
internal static class HeldMemory
{
    private const int Calls = 1_000;
    private const int CallsPerSecond = 200;
    private const double Aim = 250;

    /// <summary>Each holding leg fetches what it hears so often: the hold sound lasts so long.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(8);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        using var sender = new SignedSender(service.Address);
        var started = service.Resident;

        var latencies = new Latencies();
        var start = Clock.Now;
        var held = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async number =>
        {
            var begins = Clock.After(start, TimeSpan.FromSeconds((double)number / CallsPerSecond));
            await Clock.UntilAsync(begins);
            var officer = new Leg(Leg.NewSid(), BenchBook.Officer(number), BenchBook.Line(number), "inbound");
            var flow = new CallFlow(sender, "", twilio, number, new Pace.Schedule(begins, TimeSpan.FromMilliseconds(500)), latencies);
            return (Officer: officer, Room: await flow.HoldAsync(officer, "2"));
        }));
        var allHeld = service.Resident;

        start = Clock.Now;
        await Task.WhenAll(held.SelectMany((leg, number) => Enumerable.Range(0, 2).Select(async turn =>
        {
            var intended = Clock.After(start, (HoldEvery * turn) + (HoldEvery * number / Calls));
            await Clock.UntilAsync(intended);
            await sender.PostAsync($"/twilio/voice/hold?s={leg.Room}", leg.Officer.Fields("in-progress", ("QueueTime", "30")));
            latencies.Add(Clock.Since(intended));
        })));
        return Report(started, allHeld, service.Resident, latencies);
    }

    private static string Report(double started, double allHeld, double later, Latencies latencies)
    {
        var most = Math.Max(allHeld, later);
        var table = new Table("resident memory of the service", "MB")
            .Row("started", Rounds.Short(started))
            .Row($"{Calls} calls held", Rounds.Short(allHeld))
            .Row("two hold documents each later", Rounds.Short(later));
        return $"""

            ## (d) memory at {Calls} held calls

            {table}
            One run. Calls came at {CallsPerSecond} a second; each fetched a hold document every {HoldEvery.TotalSeconds} s; p99 of these webhooks {Rounds.Short(latencies.P99)} ms.

            - below {Aim} MB: {Rounds.Short(most)} MB {Table.Verdict(most < Aim)}
            """;
    }
}
