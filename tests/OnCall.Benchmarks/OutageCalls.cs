using System.Globalization;
using Npgsql;
using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>(l) Calls that come while the database is away and are led on by documents alone, and how long the record takes once it is back.</summary>
internal static class OutageCalls
{
    private const int CallsPerSecond = 20;
    private const int Calls = 300;
    private const double AimWebhook = 100;

    /// <summary>Deadlines wait so long for what the journals tell.</summary>
    private const double AimTold = 3000;

    /// <summary>As long as it may take to find out that the database is silent: the time a webhook gives it, and a look of a second.</summary>
    private static readonly TimeSpan FoundWithin = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Hesitates = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var gate = new DatabaseGate(connection);
        await using var service = await Rig.ServeAsync(gate.ConnectionString, twilio.Address);
        using var sender = new SignedSender(service.Address);
        await using var source = NpgsqlDataSource.Create(connection);
        var turn = 0;
        await RoundAsync(silently: false);
        await Rig.VacuumAsync(connection);
        var (refused, silent) = (new List<Outage>(), new List<Outage>());
        while (silent.Count < Rounds.Count)
        {
            refused.Add(await RoundAsync(silently: false));
            silent.Add(await RoundAsync(silently: true));
        }

        return Report(refused, silent);

        async Task<Outage> RoundAsync(bool silently)
        {
            var first = turn++ * Calls;
            var (found, webhooks) = (new Latencies(), new Latencies());
            (silently ? gate.Swallow : (Action)gate.Shut)();
            var start = Clock.Now;
            await Task.WhenAll(Enumerable.Range(0, Calls).Select(async call =>
            {
                await Clock.UntilAsync(Clock.After(start, TimeSpan.FromSeconds(1) / CallsPerSecond * call));
                await new ChainCall(sender, first + call, () => Clock.Since(start) < FoundWithin ? found : webhooks).RunAsync(Hesitates);
            }));
            var back = Clock.Now;
            gate.Open();
            await ToldAsync(service.Address);
            var told = Clock.Since(back).TotalMilliseconds;
            await ShouldBeInRecordAsync(source, turn * Calls);
            return new Outage(found.Max, webhooks, told);
        }
    }

    private static string Report(List<Outage> refused, List<Outage> silent)
    {
        var table = new Table("the database", "longest at first", "median", "p99", "max", "all told after");
        Row("refuses", refused);
        Row("is silent", silent);
        List<Outage> all = [.. refused, .. silent];
        var (p99, told) = (all.Max(outage => outage.Webhooks.P99), all.Max(outage => outage.Told));
        return $"""

            ## (l) {Calls} calls, {CallsPerSecond} a second, while the database is away (ms)

            {table}
            A call is {ChainCall.Webhooks} webhooks: the menu, its key, the adviser's leg, the 1, the end. "At first": those that leave within {FoundWithin.TotalSeconds} s, in which it is found to be away; they do not count beside.
            "All told": from the moment when the database can be reached to the journal being empty; each enquiry is looked for in the record then.

            - p99 of the webhooks below {AimWebhook} ms: worst round {Rounds.Short(p99)} ms {Table.Verdict(p99 < AimWebhook)}
            - told before deadlines are decided, {AimTold} ms: worst round {Rounds.Short(told)} ms {Table.Verdict(told < AimTold)}
            """;

        void Row(string name, List<Outage> outages) => table.Row(
            name,
            Rounds.Of(outages, one => one.Found).ToString(),
            Rounds.Of(outages, one => one.Webhooks.Median).ToString(),
            Rounds.Of(outages, one => one.Webhooks.P99).ToString(),
            Rounds.Of(outages, one => one.Webhooks.Max).ToString(),
            Rounds.Of(outages, one => one.Told).ToString());
    }

    private static async Task ToldAsync(Uri service)
    {
        using var http = new HttpClient();
        var start = Clock.Now;
        while (await WaitingAsync(http, new Uri(service, "/metrics")) > 0)
        {
            if (Clock.Since(start) > Longest)
            {
                throw new InvalidOperationException("The journal was not told.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Entries of the journal that are not in the record yet.</summary>
    private static async Task<double> WaitingAsync(HttpClient http, Uri metrics) =>
        double.Parse((await http.GetStringAsync(metrics)).Split('\n').Last(line => line.StartsWith("oncall_journal_waiting", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task ShouldBeInRecordAsync(NpgsqlDataSource source, int calls)
    {
        await using var count = source.CreateCommand("SELECT count(*) FROM enquiries WHERE accepted_by IS NOT NULL");
        if ((long)(await count.ExecuteScalarAsync())! is var taken && taken != calls)
        {
            throw new InvalidOperationException($"Of {calls} calls {taken} are taken by the record.");
        }
    }

    /// <param name="Found">How long the longest webhook took until it was found to be away, in ms.</param>
    /// <param name="Told">When the journal was empty after the database was back, in ms.</param>
    private sealed record Outage(double Found, Latencies Webhooks, double Told);
}
