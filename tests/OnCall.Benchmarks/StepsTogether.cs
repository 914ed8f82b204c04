using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Benchmarks;

/// <summary>(c) From the moment when a step is due to end to the next adviser's call arriving at Twilio, a thousand of them in one second among ten thousand open enquiries.</summary>
internal static class StepsTogether
{
    private const int Open = 10_000;
    private const int Ending = 1_000;
    private const int Batch = 500;
    private const double Aim = 250;

    private static readonly Duration Ring = Duration.FromSeconds(20);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, book) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var source = DataRoom.BuildSource(connection);
        await SeedAsync(source, Enumerable.Range(0, Open - Ending).Select(i => Held(i, "2", TimeProvider.System.GetCurrentInstant(), new Roster(book))));
        await Rig.VacuumAsync(connection);
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        var random = new Random(1);
        await RoundAsync(source, twilio, book, () => random.Next(1000));
        var rounds = new List<(Latencies Spread, Latencies AtOnce, Latencies Bare)>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            rounds.Add((
                await RoundAsync(source, twilio, book, () => random.Next(1000)),
                await RoundAsync(source, twilio, book, () => 0),
                await BareAsync(twilio, () => random.Next(1000))));
        }

        return Report(rounds);
    }

    private static string Report(List<(Latencies Spread, Latencies AtOnce, Latencies Bare)> rounds)
    {
        var table = new Table("", "median", "p99", "max");
        Row("steps end anywhere within the second", rounds.Select(round => round.Spread));
        Row("all at the same instant (no aim)", rounds.Select(round => round.AtOnce));
        Row("a bare request from a timer, within the second", rounds.Select(round => round.Bare));
        var p99 = Rounds.Of(rounds, round => round.Spread.P99).Middle;
        return $"""

            ## (c) from a step's due time to the next adviser's call, {Open} enquiries open, {Ending} steps ending in the same second

            {table}
            Enquiries are what Core decides, stored by the service's own statement, then ANALYZE. Each end of a step also hangs up the phone that rang. Twilio is the
            stand-in of (a); Twilio:CallsPerSecond=10000.

            - p99 below {Aim} ms: {Rounds.Short(p99)} ms {Table.Verdict(p99 < Aim)}
            """;

        void Row(string name, IEnumerable<Latencies> all) => table.Row(
            name, Rounds.Of(all, one => one.Median).ToString(), Rounds.Of(all, one => one.P99).ToString(), Rounds.Of(all, one => one.Max).ToString());
    }

    /// <param name="offset">When a step ends, in ms from the beginning of the second.</param>
    private static async Task<Latencies> RoundAsync(NpgsqlDataSource source, StandIn twilio, RotaBook book, Func<int> offset)
    {
        var roster = new Roster(book);
        var second = TimeProvider.System.GetCurrentInstant() + Duration.FromSeconds(4);
        var begins = Clock.After(Clock.Now, TimeSpan.FromSeconds(4));
        var steps = Enumerable.Range(0, Ending).Select(i => (Number: i, Offset: offset())).ToList();
        var held = steps.Select(step => Held(step.Number, "1", second + Duration.FromMilliseconds(step.Offset) - Ring, roster)).ToList();
        var calls = held.Select(decision => twilio.CallOfAsync($"{decision.Next.Room}-2")).ToList();
        await SeedAsync(source, held);
        if (Clock.Now > begins)
        {
            throw new InvalidOperationException("The enquiries could not be stored before their steps ended.");
        }

        var latencies = new Latencies();
        var placed = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        foreach (var (step, call) in steps.Zip(placed))
        {
            latencies.Add(TimeProvider.System.GetElapsedTime(Clock.After(begins, TimeSpan.FromMilliseconds(step.Offset)), call.Arrived));
            twilio.Forget(call.PageId);
        }

        await RestAsync(source, held);
        return latencies;
    }

    /// <summary>Waits until nothing is left to do, and takes the round's enquiries away.</summary>
    private static async Task RestAsync(NpgsqlDataSource source, List<Decision> held)
    {
        await using (var left = source.CreateCommand("SELECT count(*) FROM outbox"))
        {
            while ((long)(await left.ExecuteScalarAsync())! > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        await using var delete = source.CreateCommand("DELETE FROM enquiries WHERE id = ANY($1)");
        delete.Parameters.Add(new() { Value = held.Select(decision => decision.Next.Id).ToArray() });
        await delete.ExecuteNonQueryAsync();
    }

    /// <summary>An enquiry whose first adviser's phone rings.</summary>
    /// <param name="key">Of the menu: 1 rings for 20 s, 2 for ten minutes.</param>
    /// <param name="rings">Since when it rings.</param>
    private static Decision Held(int number, string key, Instant rings, Roster roster)
    {
        var line = PhoneNumber.Parse(BenchBook.Line(number));
        var opened = Escalator.Open(
            Guid.NewGuid(), Ref.Next(), line, PhoneNumber.Parse(BenchBook.Officer(number)), Leg.NewSid(), roster, rings - Duration.FromSeconds(12));
        var chosen = Escalator.Decide(opened.Next, new EnquiryEvent.MenuAnswered(opened.Next.OfficerCall!, 1, key), roster, rings - Duration.FromSeconds(1));
        var rung = Escalator.Decide(chosen.Next, new EnquiryEvent.PagePlaced(chosen.Next.Pages[0].Id, Leg.NewSid()), roster, rings);
        return new Decision(rung.Next, [], opened.Timeline.Concat(chosen.Timeline).Concat(rung.Timeline).ToValueList());
    }

    private static async Task SeedAsync(NpgsqlDataSource source, IEnumerable<Decision> decisions)
    {
        foreach (var batch in decisions.Chunk(Batch))
        {
            await using var command = source.CreateCommand();
            EnquirySql.Insert(command, [.. batch.Select(decision => new Change(null, decision, null))], Instant.FromUnixTimeSeconds(0));
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<Latencies> BareAsync(StandIn twilio, Func<int> offset)
    {
        using var http = new HttpClient();
        var address = new Uri(twilio.Address, $"/2010-04-01/Accounts/{Rig.AccountSid}/Calls.json");
        var begins = Clock.After(Clock.Now, TimeSpan.FromMilliseconds(500));
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, Ending).Select(async i =>
        {
            var due = Clock.After(begins, TimeSpan.FromMilliseconds(offset()));
            var pageId = $"{Guid.NewGuid():N}-1";
            await Clock.UntilAsync(due);
            using var form = new FormUrlEncodedContent([new("To", BenchBook.Officer(i)), new("From", BenchBook.Line(i)), new("Url", $"https://oncall.example.org/twilio/voice/offer?s={pageId}#rc=2")]);
            using var answer = await http.PostAsync(address, form);
            latencies.Add(TimeProvider.System.GetElapsedTime(due, (await twilio.CallOfAsync(pageId)).Arrived));
        }));
        return latencies;
    }

    /// <summary>Refs that count up: nobody else opens enquiries here.</summary>
    private static class Ref
    {
        private static int _last = 9_999;

        public static string Next() => (++_last).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
