using NodaTime.Extensions;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;

namespace OnCall.Service.Schedule;

/// <summary>
/// The clock of the rota. It is looked at when the service starts, when the book changes, and when Quartz wakes a node for the next hand-over or morning; and now
/// and then besides, in case a word was lost.
/// </summary>
internal sealed partial class RotaClock(
    Look look, WakeUp wakeUp, FallbackExport fallback, CurrentBook book, TimeProvider time, ILogger<RotaClock> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Signal _again = new();

    /// <summary>Quartz has woken this node.</summary>
    public async Task WokenAsync(CancellationToken stop)
    {
        if (await LookedAsync(stop) is null)
        {
            _again.Set();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await wakeUp.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void LookAgain(object? sender, EventArgs e) => _again.Set();
        book.Changed += LookAgain;
        try
        {
            while (true)
            {
                await _again.WaitAsync(await LookedAsync(stoppingToken) ?? RetryAfter, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; Quartz wraps the word of it into exceptions of its own.
        }
        finally
        {
            book.Changed -= LookAgain;
        }
    }

    /// <returns>After which time it is to be looked again at the latest; null = it failed, and is to be tried again.</returns>
    private async Task<TimeSpan?> LookedAsync(CancellationToken stop)
    {
        try
        {
            if (await look.RunAsync(stop) is not { } looked)
            {
                return LookEvery;
            }

            await wakeUp.SetAsync(looked.Next, stop);
            return await fallback.RunAsync(looked.Book, isSure: true, looked.Now, stop) ? Until(looked) : null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(e);
            await FollowAsync(stop);
            return null;
        }
    }

    /// <summary>Without the database Quartz wakes nobody: then this node looks by itself, some seconds after the hand-over.</summary>
    private static TimeSpan Until(Looked looked)
    {
        var afterNext = looked.Next is { } next ? (next - looked.Now).ToTimeSpan() + RetryAfter : LookEvery;
        return afterNext < LookEvery ? afterNext : LookEvery;
    }

    /// <summary>What officers hear if the nodes go as well follows the duty without the database, by the last good book.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        if (book.Book is not { Revision: > 0 } last)
        {
            return;
        }

        try
        {
            await fallback.RunAsync(last, isSure: false, time.GetCurrentInstant(), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "The clock of the rota could not be looked at; it is tried again in some seconds")]
    private partial void LogFailed(Exception e);
}
