using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service;
using OnCall.Service.Ops;
using Serilog;

namespace OnCall.Testing;

/// <summary>The whole service, in this process, on a port of its own, over real HTTP.</summary>
public sealed class RunningService : IAsyncDisposable
{
    /// <summary>Settings with which the service starts, but for the database; later ones win.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "--urls=http://127.0.0.1:0",
        "--OnCall:PublicUrl=https://oncall.example.org",
        $"--OnCall:AdminKey={AdminKey}",
        "--Twilio:AccountSid=AC00000000000000000000000000000001",
        $"--Twilio:AuthToken={AuthToken}",
        "--Twilio:ApiBaseUrl=http://127.0.0.1:1",
        "--Twilio:ManageNumbers=false",
        $"--OnCall:JournalFolder={Path.Combine(Path.GetTempPath(), $"oncall-journals-{Environment.ProcessId}")}",
        "--Serilog:MinimumLevel:Default=Fatal",
        "--Serilog:MinimumLevel:Override:Microsoft=Fatal",
        "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Fatal",
        "--Serilog:MinimumLevel:Override:Polly=Fatal",
        "--Serilog:MinimumLevel:Override:Quartz=Fatal",
    ];

    public const string AdminKey = "key-for-tests";
    public const string AuthToken = "token-for-tests";

    private readonly WebApplication _app;

    private RunningService(WebApplication app, WrittenLog log)
    {
        (_app, Log) = (app, log);
        Http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    /// <summary>Asks the service, without a key.</summary>
    public HttpClient Http { get; }

    /// <summary>What it writes into its log.</summary>
    public WrittenLog Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">In the form of the command line, over <see cref="Settings"/>.</param>
    /// <param name="adjust">Puts the test's own services in place of the product's.</param>
    public static async Task<RunningService> StartAsync(
        string connectionString, string[]? settings = null, Action<WebApplicationBuilder>? adjust = null, Action<WebApplication>? map = null)
    {
        var journals = Path.Combine(Path.GetTempPath(), $"oncall-journals-{Environment.ProcessId}", Guid.NewGuid().ToString("N"));
        var log = new WrittenLog();
        var quiet = Settings.Where(setting => !setting.StartsWith("--Serilog:", StringComparison.Ordinal));
        var app = Rooms.BuildService([.. quiet, $"--ConnectionStrings:OnCall={connectionString}", $"--OnCall:JournalFolder={journals}", .. settings ?? []], builder =>
        {
            // The log is written as the product writes it, but not where it would be in the way of the tests' own.
            builder.Services.AddSerilog(written => Logs.Configure(written, builder.Configuration).WriteTo.Sink(log), preserveStaticLogger: true);
            builder.Services.AddSingleton<IStartupFilter>(new ApiSeen(log));
            adjust?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync();
        return new RunningService(app, log);
    }

    /// <summary>Stops it as SIGTERM would.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <exception cref="InvalidOperationException">Its log or its metrics hold what they must not: <see cref="WrittenLog"/>.</exception>
    public async ValueTask DisposeAsync()
    {
        await AddMetricsAsync();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Log.Check();
    }

    private async Task AddMetricsAsync()
    {
        try
        {
            Log.AddMetrics(await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException)
        {
            // It was stopped by the test.
        }
    }
}
