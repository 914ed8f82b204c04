using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using OnCall.Service.Chain;
using OnCall.Service.Data;

namespace OnCall.Service.Ops;

/// <summary><c>oncall serve</c>: runs until SIGTERM or Ctrl-C, then drains.</summary>
internal static partial class ServeCommand
{
    private static readonly TimeSpan GoodbyeTakes = TimeSpan.FromSeconds(5);

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
        var app = Rooms.BuildService(settings, adjust);
        try
        {
            return await RunAsync(app, stop);
        }
        finally
        {
            // The last lines of the log are written here, and whoever takes them may have stalled.
            var gone = Task.Run(() => app.DisposeAsync().AsTask(), CancellationToken.None);
            if (await Task.WhenAny(gone, Task.Delay(GoodbyeTakes, TimeProvider.System, CancellationToken.None)) == gone)
            {
                await gone;
            }
        }
    }

    private static async Task<int> RunAsync(WebApplication app, CancellationToken stop)
    {
        var isChecked = await IsCheckedAsync(app.Services, stop);
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

        if (!isChecked)
        {
            await CheckOnceItIsBackAsync(app, stop);
        }

        await app.WaitForShutdownAsync(stop);
        return app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    /// <returns>False = the database is away, and a book is on the disk by which calls can be led on until it is back.</returns>
    private static async Task<bool> IsCheckedAsync(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            await CheckDatabaseAsync(services, stop);
            return true;
        }
        catch (Exception e) when (e is not OperatorException)
        {
            if (services.GetRequiredService<KeptBook>().Read() is null || !await services.GetRequiredService<DatabaseLink>().FailedAsync(e))
            {
                throw;
            }

            return false;
        }
    }

    private static async Task CheckOnceItIsBackAsync(WebApplication app, CancellationToken stop)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping);
        try
        {
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping.Token);
            }
            while (app.Services.GetRequiredService<DatabaseLink>().IsAway || !await IsCheckedNowAsync(app.Services, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing is left to be checked.
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <returns>False = the database, which is back, could not be asked: it is asked again, since calls are led on by the book meanwhile.</returns>
    private static async Task<bool> IsCheckedNowAsync(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            await CheckDatabaseAsync(services, stop);
            return true;
        }
        catch (Exception e) when (DatabaseLink.MayBeAway(e) && !stop.IsCancellationRequested)
        {
            LogNotChecked(services.GetRequiredService<ILogger<DatabaseLink>>(), e);
            return false;
        }
    }

    /// <summary>A service that cannot reach its database, or would read one that it does not know, must not take a call.</summary>
    private static async Task CheckDatabaseAsync(IServiceProvider services, CancellationToken stop)
    {
        if (await MigrateCommand.IsBehindAsync(services.GetRequiredService<IDbContextFactory<OnCallDb>>(), stop))
        {
            throw new OperatorException(StartFailure.MigrateFirst);
        }
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "The database is back, and did not say which version it is at: it is asked again")]
    private static partial void LogNotChecked(ILogger log, Exception e);
}
