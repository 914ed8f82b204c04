using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using OnCall.Simulator;
using Shouldly;

namespace OnCall.Testing;

/// <summary>The program in a process of its own, which can be killed, on the machine's clock; the simulator, a database, and a static document behind Twilio's fallback address.</summary>
public sealed class LiveWorld : ICallWorld, IAsyncDisposable
{
    /// <summary>What an officer hears from the static document.</summary>
    public const string FallbackWords = "One moment, please.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OwnDatabase _database;
    private readonly StaticSite _site;
    private readonly CancellationToken _stop;
    private readonly int _port = FreePorts.One();
    private readonly LoadBalancer? _balancer;
    private readonly CancellationTokenSource _ends = new();
    private readonly List<OnCallProcess> _started = [];
    private readonly string _journals = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
    private IReadOnlyList<(OnCallProcess Process, Uri Address)> _nodes = [];
    private OnCallProcess? _process;

    private LiveWorld(OwnDatabase database, StaticSite site, TwilioSimulator twilio, LoadBalancer? balancer, CancellationToken stop)
    {
        (_database, _site, Twilio, _balancer, _stop) = (database, site, twilio, balancer, stop);
        _site.Document = $"<Response><Say>{FallbackWords}</Say><Pause length=\"1\"/><Redirect>{PublicUrl}/twilio/voice</Redirect></Response>";
        _ = _balancer?.WatchAsync(() => [.. _nodes.Select(node => node.Address)], _ends.Token);
    }

    public TwilioSimulator Twilio { get; }

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>What stands before the nodes; null = Twilio knows the process itself.</summary>
    public LoadBalancer? Balancer => _balancer;

    private string PublicUrl => _balancer?.Url ?? $"http://127.0.0.1:{_port}";

    /// <summary>One process, at the address that Twilio knows.</summary>
    /// <param name="book">The rota document, YAML.</param>
    public static async Task<LiveWorld> StartAsync(TestDatabase databases, string book, CancellationToken stop)
    {
        var world = await PrepareAsync(databases, book, null, stop);
        await world.StartProcessAsync();
        return world;
    }

    /// <summary>No process yet: each that <see cref="StartNodeAsync"/> starts takes its turn behind a load balancer.</summary>
    /// <param name="book">The rota document, YAML.</param>
    public static async Task<LiveWorld> StartBalancedAsync(TestDatabase databases, string book, CancellationToken stop) =>
        await PrepareAsync(databases, book, await LoadBalancer.StartAsync(), stop);

    private static async Task<LiveWorld> PrepareAsync(TestDatabase databases, string book, LoadBalancer? balancer, CancellationToken stop)
    {
        var twilio = await TwilioSimulator.StartAsync(new SimulatorOptions { CallsPerSecond = 1000, MessagesPerSecond = 1000 });
        twilio.AddNumber(World.Line);
        var world = new LiveWorld(await databases.CreateAsync(manyAtOnce: true), await StaticSite.StartAsync(), twilio, balancer, stop);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, book, stop);
        var (exitCode, _, errors) = await OnCallCommand.RunAsync(["import", file, $"--ConnectionStrings:OnCall={world._database.ConnectionString}"], stop);
        exitCode.ShouldBe(0, errors);
        File.Delete(file);
        return world;
    }

    /// <summary>Starts one more node, to which the load balancer leads as long as it is ready.</summary>
    public async Task<OnCallProcess> StartNodeAsync()
    {
        var (node, address) = await StartAsync(port: 0, manageNumbers: true);
        _nodes = [.. _nodes, (node, address)];
        await UntilAsync(() => Twilio.Numbers[0].VoiceUrl is { Length: > 0 });
        await _balancer!.LeadsToAsync(address);
        return node;
    }

    public Uri AddressOf(OnCallProcess node) => _nodes.Single(one => one.Process == node).Address;

    /// <summary>SIGTERM, as an orchestrator stops a node.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(OnCallProcess node)
    {
        await node.TerminateAsync(_stop);
        var exitCode = await node.WaitForExitAsync(_stop);
        _nodes = [.. _nodes.Where(one => one.Process != node)];
        return exitCode;
    }

    public Phone Phone(string number) => Twilio.Phone(number);

    /// <summary>The process at the address that Twilio knows.</summary>
    public OnCallProcess Process => _process!;

    public async Task StartProcessAsync()
    {
        (_process, _) = await StartAsync(_port, manageNumbers: true);
        await UntilAsync(() => Twilio.Numbers[0].VoiceUrl is { Length: > 0 });
    }

    /// <summary>Starts one more node on the same database, to which no webhook comes.</summary>
    public async Task<OnCallProcess> StartOtherProcessAsync()
    {
        var (other, _) = await StartAsync(port: 0, manageNumbers: false);
        return other;
    }

    /// <summary>Publishes a book by the API.</summary>
    public async Task PublishAsync(string book)
    {
        using var http = Api();
        using var document = new StringContent(book, Encoding.UTF8, "application/yaml");
        using var answer = await http.PostAsync(new Uri("/api/v1/import", UriKind.Relative), document, _stop);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(_stop));
    }

    public async Task<IReadOnlyList<SeenEnquiry>> EnquiriesAsync()
    {
        using var http = Api();
        var answer = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/enquiries?limit=500", UriKind.Relative), _stop);
        return [.. answer.GetProperty("items").EnumerateArray().Select(SeenEnquiry.Of)];
    }

    /// <summary>kill -9.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> KillProcessAsync()
    {
        _process!.Kill();
        return await _process.WaitForExitAsync(_stop);
    }

    /// <summary>Waits until something is so, looking again after every change of the phones.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? most = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        patience.CancelAfter(most ?? Patience);
        try
        {
            await Twilio.WaitForAsync(isSo, patience.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            isSo().ShouldBeTrue($"It has not happened in time.\n{Twilio.Story()}");
        }
    }

    /// <summary>Waits until a query of the database says true.</summary>
    public async Task UntilAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        var since = TimeProvider.System.GetTimestamp();
        while (await command.ExecuteScalarAsync(_stop) is not true)
        {
            Transcript.Hold(TimeProvider.System.GetElapsedTime(since) < Patience, () => $"{sql}\n{Twilio.Story()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _stop);
        }
    }

    /// <summary>What a query of the database gives, one text a row.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(_stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(_stop))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <exception cref="InvalidOperationException">What a process wrote holds what it must not: <see cref="WrittenLog"/>.</exception>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            await process.EndAsync();
            process.Dispose();
        }

        await _ends.CancelAsync();
        _ends.Dispose();
        await (_balancer?.DisposeAsync() ?? ValueTask.CompletedTask);
        var written = Twilio.Webhooks.Select(webhook => webhook.Parameters["Body"]).OfType<string>().Append(Twilio.AuthToken).Distinct().ToList();
        await Twilio.DisposeAsync();
        await _site.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
        _started.ForEach(process => process.Log.Check(written));
    }

    private HttpClient Api()
    {
        var http = new HttpClient { BaseAddress = new Uri(PublicUrl) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", RunningService.AdminKey);
        return http;
    }

    /// <summary>Starts a process that logs as the product does, and waits until it serves.</summary>
    private async Task<(OnCallProcess Process, Uri Address)> StartAsync(int port, bool manageNumbers)
    {
        var process = Start(port, manageNumbers);
        _started.Add(process);
        var address = await process.WaitUntilServingAsync(_stop);
        process.KeepLog();
        return (process, address);
    }

    private OnCallProcess Start(int port, bool manageNumbers) => OnCallProcess.Start(
    [
        "serve",
        .. RunningService.Settings.Where(setting => !setting.StartsWith("--Serilog:", StringComparison.Ordinal)),
        $"--urls=http://127.0.0.1:{port}",
        $"--ConnectionStrings:OnCall={_database.ConnectionString}",
        $"--OnCall:PublicUrl={PublicUrl}",
        .. _balancer is null ? Array.Empty<string>() : ["--OnCall:DrainSeconds=2"],
        $"--OnCall:JournalFolder={_journals}",
        $"--OnCall:FallbackUrl={_site.Url}",
        $"--Twilio:AccountSid={Twilio.AccountSid}",
        $"--Twilio:AuthToken={Twilio.AuthToken}",
        $"--Twilio:ApiBaseUrl={Twilio.BaseAddress.ToString().TrimEnd('/')}",
        $"--Twilio:ManageNumbers={manageNumbers}",
        "--Twilio:CallsPerSecond=1000",
        "--Twilio:MessagesPerSecond=1000",
    ]);
}
