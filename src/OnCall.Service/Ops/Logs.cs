using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using OnCall.Service.Access;
using OnCall.Service.Twilio;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace OnCall.Service.Ops;

/// <summary>
/// Structured logs, one JSON document a line on the console. They carry ids, never numbers, names or words of people: a request is logged by the
/// pattern of its route, since paths hold telephone numbers and query strings hold more. Levels can be set under <c>Serilog:MinimumLevel</c>.
/// </summary>
internal static class Logs
{
    private static readonly TimeSpan SlowWebhook = TimeSpan.FromSeconds(1);

    /// <summary>Whoever takes the lines may stall: no call waits for that. Ten thousand lines wait then, and what comes after them is dropped, and counted.</summary>
    public static void AddLogs(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<DroppedLines>().AddSerilog((services, log) => Configure(log, builder.Configuration)
            .WriteTo.Async(to => to.Console(new RenderedCompactJsonFormatter()), monitor: services.GetRequiredService<DroppedLines>()));

    /// <summary>What is written, and with what; not where to.</summary>
    public static LoggerConfiguration Configure(LoggerConfiguration log, IConfiguration configuration) =>
        log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Would write addresses with their query strings, even where an operator raises the level of the rest.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
            // It comes with authentication, and warns of keys that nothing here uses: API keys and signatures need none.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // Whoever asked the database gets the exception and says what it means; EF would only say it first.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Connection", LogEventLevel.Fatal)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            .Enrich.With<WithoutPath>()
            .Filter.ByExcluding(line => IsOfAddress(line.Exception));

    public static void UseRequestLog(this WebApplication app) =>
        app.UseSerilogRequestLogging(log =>
        {
            log.MessageTemplate = "{Method} {Route} answered {Status} in {Elapsed:0.0} ms";
            log.GetMessageTemplateProperties = Properties;
            log.GetLevel = Level;
            // Else it would be that of the process, where several hosts may live.
            log.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        });

    private static IEnumerable<LogEventProperty> Properties(HttpContext http, string path, double elapsed, int status) =>
    [
        new("Method", new ScalarValue(http.Request.Method)),
        new("Route", new ScalarValue((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)")),
        new("Status", new ScalarValue(status)),
        new("Elapsed", new ScalarValue(elapsed)),
    ];

    /// <summary>
    /// Probes come every few seconds; a check that fails says so itself. Webhooks come several a second for each officer who holds, and what they told stands in
    /// the enquiry's record; one that was slow is told of, since an officer heard silence meanwhile.
    /// </summary>
    private static LogEventLevel Level(HttpContext http, double elapsed, Exception? failure) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Probe>() is not null ? LogEventLevel.Debug
        : failure is not null || (http.Response.StatusCode >= 500 && !NotNowException.IsAnsweredOn(http)) ? LogEventLevel.Error
        : http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy != TwilioSignatureScheme.Policy ? LogEventLevel.Information
        : elapsed > SlowWebhook.TotalMilliseconds ? LogEventLevel.Warning
        : LogEventLevel.Debug;

    /// <summary>The command line says it in one line; the trace would only hide that line.</summary>
    private static bool IsOfAddress(Exception? failure) => failure?.InnerException is AddressInUseException || (failure is SocketException socket && StartFailure.IsOfNoAddressHere(socket));
}

/// <summary>The web server puts the request's path into the scope of every line.</summary>
internal sealed class WithoutPath : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}

/// <summary>Marks an endpoint that machines ask again and again.</summary>
internal sealed class Probe;
