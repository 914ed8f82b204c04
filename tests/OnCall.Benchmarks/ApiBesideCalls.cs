using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>(j) Who is on duty, asked of the API while calls run; (k) long documents published while calls run.</summary>
internal sealed class ApiBesideCalls : IAsyncDisposable
{
    private const int ReadsPerSecond = 200;
    private const int WebhooksBesideReads = 1000;

    /// <summary>Twenty calls a second, hundreds of times what a national line has in its busiest hour, and little enough that not the processors alone are measured.</summary>
    private const int WebhooksBesideImports = 200;
    private const double ReadAim = 20;
    private const double DelayAim = 50;
    private const int Imports = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(8);

    private readonly StandIn _twilio;
    private readonly Served _service;
    private readonly SignedSender _sender;
    private readonly SteadyCalls _calls;
    private readonly HttpClient _api;

    private ApiBesideCalls(StandIn twilio, Served service, int webhooks)
    {
        (_twilio, _service, _sender) = (twilio, service, new SignedSender(service.Address));
        _calls = new SteadyCalls(_sender, twilio, webhooks);
        _api = new HttpClient { BaseAddress = new Uri(service.Address, "/api/v1/") };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
    }

    public static async Task<string> MeasureReadsAsync(Rig rig)
    {
        await using var bench = await StartAsync(rig, WebhooksBesideReads);
        await bench._calls.RunUntilAsync(bench.ReadAsync(new Latencies(), WarmUp));
        var rounds = new List<(Latencies Reads, Latencies Webhooks, Latencies Alone)>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            var reads = new Latencies();
            var webhooks = await bench._calls.RunUntilAsync(bench.ReadAsync(reads, Round));
            rounds.Add((reads, webhooks, await bench._calls.RunUntilAsync(Task.Delay(Round, TimeProvider.System))));
        }

        var table = new Table("", "median", "p99", "max");
        Row(table, $"duty read, {ReadsPerSecond} a second", rounds.Select(round => round.Reads));
        Row(table, $"webhook beside them, {WebhooksBesideReads} a second", rounds.Select(round => round.Webhooks));
        Row(table, "webhook without them", rounds.Select(round => round.Alone));
        var p99 = Rounds.Of(rounds, round => round.Reads.P99).Middle;
        return $"""

            ## (j) duty asked of the API while calls run

            {table}
            100 desks, each with a rota: every other read is of all of them (`/on-duty`), the others of one for 28 days (`/rotas/ID/duty`). Open loop.

            - p99 of the reads below {ReadAim} ms: {Rounds.Short(p99)} ms {Table.Verdict(p99 < ReadAim)}
            """;
    }

    public static async Task<string> MeasureImportsAsync(Rig rig)
    {
        await using var bench = await StartAsync(rig, WebhooksBesideImports);
        await bench._calls.RunUntilAsync(bench.ImportAsync(new Latencies()));
        var rounds = new List<(Latencies Imports, Latencies Webhooks, Latencies Alone)>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            var imports = new Latencies();
            var webhooks = await bench._calls.RunUntilAsync(bench.ImportAsync(imports));
            rounds.Add((imports, webhooks, await bench._calls.RunUntilAsync(Task.Delay(Round, TimeProvider.System))));
        }

        var table = new Table("", "median", "p99", "max");
        Row(table, $"import of {BigBook.Lines(BigBook.Yaml())} lines", rounds.Select(round => round.Imports));
        Row(table, $"webhook beside {Imports} of them, {WebhooksBesideImports} a second", rounds.Select(round => round.Webhooks));
        Row(table, "webhook without", rounds.Select(round => round.Alone));
        var delay = Rounds.Of(rounds, round => round.Webhooks.Max - round.Alone.Max).Middle;
        return $"""

            ## (k) long documents published while calls run

            {table}
            Each import changes the reason of every override of the one before; one each second.

            - the latest webhook later by at most {DelayAim} ms: {Rounds.Short(delay)} ms {Table.Verdict(delay <= DelayAim)}
            """;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _sender.Dispose();
        await _service.DisposeAsync();
        await _twilio.DisposeAsync();
    }

    private static async Task<ApiBesideCalls> StartAsync(Rig rig, int webhooks)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        var twilio = await StandIn.StartAsync();
        return new ApiBesideCalls(twilio, await Rig.ServeAsync(connection, twilio.Address), webhooks);
    }

    private static void Row(Table table, string name, IEnumerable<Latencies> all) => table.Row(
        name, Rounds.Of(all, one => one.Median).ToString(), Rounds.Of(all, one => one.P99).ToString(), Rounds.Of(all, one => one.Max).ToString());

    private async Task ReadAsync(Latencies latencies, TimeSpan time)
    {
        var start = Clock.Now;
        var reads = new List<Task>();
        for (var read = 0; read < time.TotalSeconds * ReadsPerSecond; read++)
        {
            var intended = Clock.After(start, TimeSpan.FromSeconds(1) / ReadsPerSecond * read);
            await Clock.UntilAsync(intended);
            reads.Add(ReadOneAsync(read % 2 == 0 ? "on-duty" : string.Create(CultureInfo.InvariantCulture, $"rotas/rota-{read / 2 % 100}/duty"), intended, latencies));
        }

        await Task.WhenAll(reads);
    }

    private async Task ReadOneAsync(string path, long intended, Latencies latencies)
    {
        using var answer = await _api.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        latencies.Add(Clock.Since(intended));
    }

    private async Task ImportAsync(Latencies latencies)
    {
        var begins = Clock.Now;
        for (var import = 0; import < Imports; import++)
        {
            await Clock.UntilAsync(Clock.After(begins, TimeSpan.FromSeconds(import)));
            var document = Encoding.UTF8.GetString(BigBook.Yaml()).Replace("reason: court", $"reason: court {Guid.NewGuid():N}", StringComparison.Ordinal);
            var start = Clock.Now;
            using var answer = await _api.PostAsync("import", new StringContent(document, Encoding.UTF8, "application/yaml"));
            answer.EnsureSuccessStatusCode();
            latencies.Add(Clock.Since(start));
        }
    }
}
