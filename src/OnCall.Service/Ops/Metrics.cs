using OpenTelemetry.Metrics;

namespace OnCall.Service.Ops;

/// <summary>Counters and durations as OpenMetrics text.</summary>
internal static class Metrics
{
    /// <summary>The meter of everything that the service itself counts; instruments are named <c>oncall_…</c>.</summary>
    public const string MeterName = "OnCall";

    /// <summary>Of one instrument: routes and statuses are fewer. Room for all is taken at once, 72 bytes each.</summary>
    private const int MostSeries = 300;

    public static void AddMetrics(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(MeterName, "Npgsql", "Polly", "Quartz", "System.Net.Http")
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
            .AddPrometheusExporter());

    /// <summary>Asked without a key, like the health probes: keep it from the outside at the proxy.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, branch => branch.Use(PreferOpenMetrics), optionsName: null)
            .AllowAnonymous().WithMetadata(new Probe());

    /// <summary>The exporter would answer Prometheus' older text to whoever does not ask for one of the two.</summary>
    private static Task PreferOpenMetrics(HttpContext http, RequestDelegate next)
    {
        var asked = http.Request.Headers.Accept.ToString();
        if (!asked.Contains("text/plain", StringComparison.OrdinalIgnoreCase) && !asked.Contains("openmetrics", StringComparison.OrdinalIgnoreCase))
        {
            http.Request.Headers.Accept = "application/openmetrics-text; version=1.0.0";
        }

        return next(http);
    }
}
