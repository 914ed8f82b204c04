using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using OnCall.Service.Data;

namespace OnCall.Service.Ops;

/// <summary><c>oncall serve</c>: runs until SIGTERM or Ctrl-C, then drains.</summary>
internal static class ServeCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("serve", "Runs the service (the default).");
        command.SetAction((_, stop) => RunAsync(settings, stop));
        return command;
    }

    /// <param name="adjust">Called when every room has registered.</param>
    /// <returns>The exit status: 1 when it stopped because something inside broke, so that whoever watches over it starts it again.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop, Action<WebApplicationBuilder>? adjust = null)
    {
        await using var app = Rooms.BuildService(settings, adjust);
        await CheckDatabaseAsync(app.Services, stop);
        try
        {
            await app.StartAsync(stop);
        }
        catch
        {
            // What had started is told to stop: dropped without a word, it would fail and log a trace each.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        await app.WaitForShutdownAsync(stop);
        return app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    /// <summary>A service that cannot reach its database, or would read one that it does not know, must not take a call.</summary>
    private static async Task CheckDatabaseAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(stop);
        if ((await db.Database.GetPendingMigrationsAsync(stop)).Any())
        {
            throw new OperatorException(StartFailure.MigrateFirst);
        }
    }
}
