using Npgsql;

namespace OnCall.Benchmarks;

/// <summary>(h) What a call costs when some thousand enquiries are stored, and when a million more are.</summary>
internal static class ManyStored
{
    private const int Calls = 1_000;
    private const int AtOnce = 8;
    private const int More = 1_000_000;
    private const double Aim = 1.1;

    // Copies of the calls that were made, a day further back each time: enquiries that are closed, their record and their legs.
    private const string CopySql = """
        CREATE TEMP TABLE copies AS SELECT e.id, e.opened_at, n, md5(e.id::text || n)::uuid AS copy
          FROM (SELECT * FROM enquiries ORDER BY id LIMIT 1000) AS e, generate_series(1, @more / 1000) AS n;
        INSERT INTO enquiries (id, version, ref, channel, line, caller, opened_at, state, desk, priority, accepted_by, accepted_at, ended_at, document)
          SELECT copy, version, ref, channel, line, caller, e.opened_at - n * interval '1 day', 'closed', desk, priority, accepted_by, accepted_at, e.opened_at - n * interval '1 day', document
          FROM copies JOIN enquiries AS e USING (id);
        INSERT INTO timeline (enquiry_id, at, event, adviser, method, detail)
          SELECT copy, at - n * interval '1 day', event, adviser, method, detail FROM copies JOIN timeline ON timeline.enquiry_id = copies.id;
        INSERT INTO legs (call_sid, enquiry_id) SELECT call_sid || '-' || n, copy FROM copies JOIN legs ON legs.enquiry_id = copies.id;
        """;

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        using var sender = new SignedSender(service.Address);
        var turn = 0;
        var warm = await RoundAsync();
        var few = await RoundsAsync();
        var stored = await CopyAsync(connection);
        return Report(few, await RoundsAsync(), stored, warm);

        async Task<List<double>> RoundsAsync()
        {
            await Rig.VacuumAsync(connection);

            // A million enquiries were stored in years, and are on the disk: those that were just copied would be written there while the calls are measured.
            await Rig.ExecuteAsync(connection, "CHECKPOINT");
            await RoundAsync();
            var rounds = new List<double>();
            while (rounds.Count < Rounds.Count)
            {
                rounds.Add(await RoundAsync());
            }

            return rounds;
        }

        async Task<double> RoundAsync()
        {
            var (first, started, latencies) = (turn++ * Calls, Clock.Now, new Latencies());
            await Parallel.ForEachAsync(
                Enumerable.Range(first, Calls),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (number, _) => await new CallFlow(sender, "", twilio, number, new Pace.AtOnce(), latencies).RunAsync());
            return Clock.Since(started).TotalMilliseconds / Calls;
        }
    }

    /// <returns>How many enquiries are stored then.</returns>
    private static async Task<long> CopyAsync(string connection)
    {
        await Rig.ExecuteAsync(connection, CopySql.Replace("@more", $"{More}", StringComparison.Ordinal));
        await using var source = NpgsqlDataSource.Create(connection);
        await using var count = source.CreateCommand("SELECT count(*) FROM enquiries");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static string Report(List<double> few, List<double> many, long stored, double warm)
    {
        var (before, after) = (new Rounds(few), new Rounds(many));
        var ratio = after.Middle / before.Middle;
        return $"""

            ## (h) the cost of a call, and what is stored

            {new Table("stored before the round", "ms a call").Row($"{2 * Calls} to {(2 + Rounds.Count) * Calls}", before.ToString()).Row($"{stored} and more", after.ToString())}
            {Calls} calls a round, {AtOnce} at once, each webhook as soon as the one before is answered. The first round, {Rounds.Short(warm)} ms a call, warms up and does not count;
            nor does one after each vacuum and checkpoint, in which PostgreSQL plans anew and reads what it needs.

            - does not grow: {ratio:0.00} times {Table.Verdict(ratio < Aim)}
            """;
    }
}
