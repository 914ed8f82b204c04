using Npgsql;

namespace OnCall.Benchmarks;

/// <summary>(f) A thousand calls arriving within a minute, half of whose advisers do not answer, ten minutes on end; (g) the same minute when the account may place one call a second.</summary>
internal static class BusyMinute
{
    private const int Calls = 1_000;
    private const int Minutes = 10;
    private const double AimLate = 250;
    private const double AimWebhook = 100;

    /// <summary>How much larger than after the second minute the process may be after the last one, in MB: the collector's own swing.</summary>
    private const double AimGrowth = 25;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>After fifteen minutes of holding a call is as after all rounds.</summary>
    private static readonly TimeSpan HeldAtMost = TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(10);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync(BusyBook.Yaml());
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        using var sender = new SignedSender(service.Address);
        await RunAsync(sender, twilio, Minutes * Calls, Calls / 10, TimeSpan.FromSeconds(6));
        await Rig.VacuumAsync(connection);
        var rounds = new List<(Latencies Webhooks, Latencies Late)>();
        var memory = new List<double>();
        for (var minute = 0; minute < Minutes; minute++)
        {
            rounds.Add(await RunAsync(sender, twilio, minute * Calls, Calls, HeldAtMost));
            memory.Add(service.Resident);
        }

        return Report(rounds, memory);
    }

    public static async Task<string> MeasureSlowAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync(BusyBook.Yaml());
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address, callsPerSecond: 1);
        using var sender = new SignedSender(service.Address);
        var (webhooks, _) = await RunAsync(sender, twilio, 0, Calls, HeldAtMost);
        await using var source = NpgsqlDataSource.Create(connection);
        return $"""

            ## (g) {Calls} calls within a minute at one call a second

            {new Table("", "enquiries")
                .Row("opened", await CountAsync(source, "true"))
                .Row("taken", await CountAsync(source, Has("accepted")))
                .Row("unanswered after an adviser was rung", await CountAsync(source, $"{Has("unanswered")} AND {Has("page-sent")}"))
                .Row("unanswered with nobody rung (the chase goes on)", await CountAsync(source, $"{Has("unanswered")} AND NOT {Has("page-sent")}"))}
            Officers hold for fifteen minutes, in which the account may place 900 calls. p99 of the webhooks {Rounds.Short(webhooks.P99)} ms.
            """;
    }

    private static string Has(string happened) => $"EXISTS (SELECT FROM timeline WHERE timeline.enquiry_id = enquiries.id AND event = '{happened}')";

    private static async Task<string> CountAsync(NpgsqlDataSource source, string condition)
    {
        await using var command = source.CreateCommand($"SELECT count(*)::text FROM enquiries WHERE {condition}");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Calls that arrive evenly within a minute, each brought to its end.</summary>
    private static async Task<(Latencies Webhooks, Latencies Late)> RunAsync(SignedSender sender, StandIn twilio, int first, int calls, TimeSpan patience)
    {
        var (webhooks, late) = (new Latencies(), new Latencies());
        var start = Clock.Now;
        await Task.WhenAll(Enumerable.Range(0, calls).Select(i =>
            new BusyCall(sender, twilio, first + i, webhooks, late).RunAsync(Clock.After(start, Minute * i / Calls), patience)));
        return (webhooks, late);
    }

    private static string Report(List<(Latencies Webhooks, Latencies Late)> rounds, List<double> memory)
    {
        var table = new Table("", "median", "p99", "max");
        Row("end of a step, late by (ms)", rounds.Select(round => round.Late));
        Row("webhooks (ms)", rounds.Select(round => round.Webhooks));
        var (late, webhook) = (rounds.Max(round => round.Late.P99), rounds.Max(round => round.Webhooks.P99));
        var growth = memory[^1] - memory[1];
        return $"""

            ## (f) {Calls} calls within a minute, three steps of {BusyBook.Ring.TotalSeconds} s, half of the advisers do not answer; {Minutes} rounds

            {table}
            {rounds.Sum(round => round.Late.Count)} ends of steps, {rounds.Sum(round => round.Webhooks.Count)} webhooks.
            Round by round: steps late by (p99, ms) {string.Join(", ", rounds.Select(round => Rounds.Short(round.Late.P99)))}; memory of the service (MB) {string.Join(", ", memory.Select(Rounds.Short))}.

            - step ends at most {AimLate} ms late: p99 of the worst round {Rounds.Short(late)} ms {Table.Verdict(late < AimLate)}, the latest of all {Rounds.Short(rounds.Max(round => round.Late.Max))} ms
            - no webhook slower than {AimWebhook} ms: p99 of the worst round {Rounds.Short(webhook)} ms {Table.Verdict(webhook < AimWebhook)}
            - memory flat: {Rounds.Short(growth)} MB from the second round to the last {Table.Verdict(growth < AimGrowth)}
            """;

        void Row(string name, IEnumerable<Latencies> all) => table.Row(
            name, Rounds.Of(all, one => one.Median).ToString(), Rounds.Of(all, one => one.P99).ToString(), Rounds.Of(all, one => one.Max).ToString());
    }
}
