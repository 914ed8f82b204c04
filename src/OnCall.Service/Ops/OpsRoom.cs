using Microsoft.Extensions.DependencyInjection.Extensions;
using OnCall.Service.Access;
using OnCall.Service.Twilio;

namespace OnCall.Service.Ops;

/// <summary>What running the service takes and no caller sees: settings, logs, metrics, health, the drain, error documents.</summary>
internal static class OpsRoom
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Reads every setting of <c>serve</c>.</summary>
    /// <exception cref="SettingsException">Some are missing or wrong.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder)
    {
        var settings = new SettingsReader(builder.Configuration);
        builder.Services.AddSingleton(DatabaseSettings.Read(settings));
        builder.Services.AddSingleton(OnCallSettings.Read(settings));
        builder.Services.AddSingleton(TwilioSettings.Read(settings));
        TokenIssuer.ReadAll(settings);
        settings.Optional("urls", $"the addresses at which the service listens, with ; between them, for example {DefaultAddress}", Addresses);
        settings.ThrowIfWrong();
    }

    /// <summary>Reads the settings of a command that works on the database alone, and has it log nothing but warnings, to where errors go.</summary>
    /// <exception cref="SettingsException">Some are missing or wrong.</exception>
    public static void AddToolSettings(this IHostApplicationBuilder builder)
    {
        var settings = new SettingsReader(builder.Configuration);
        builder.Services.AddSingleton(DatabaseSettings.Read(settings));
        settings.ThrowIfWrong();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static string? Addresses(string text)
    {
        try
        {
            return text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse).ToList().Count > 0 ? text : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static void AddOps(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain.Limit);
        builder.Services.AddHostedService<Drain>();
        builder.AddLogs();
        builder.AddMetrics();
        builder.AddHealth();
        builder.AddProblems();
    }

    public static void UseOps(this WebApplication app)
    {
        app.UseRequestLog();
        app.UseProblems();
    }

    public static void MapOps(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
    }
}
