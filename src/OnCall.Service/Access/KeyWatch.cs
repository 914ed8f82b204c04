using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Access;

/// <summary>Keeps <see cref="KnownKeys"/> at what is stored: loads them before the service starts, then looks at each word of a change, and now and then in case a word was lost. Writes down when keys were used.</summary>
internal sealed partial class KeyWatch(KeyStore store, DatabaseLink link, Work work, ILogger<KeyWatch> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>While the database is away no key is known; calls need none.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.RefreshAsync(cancellationToken);
        }
        catch (Exception e)
        {
            if (!await link.FailedAsync(e))
            {
                throw;
            }

            LogAway(e);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the last request is answered, what was used is written down, if the database is there.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.NoteUsesAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            LogAway(e);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Watching.RunAsync(KeepUpAsync, work.Keys, LookEvery, link, LogAway, stoppingToken);

    private async Task KeepUpAsync(CancellationToken stop)
    {
        await store.RefreshAsync(stop);
        await store.NoteUsesAsync(stop);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The API keys cannot be watched; those that were known last stay valid.")]
    private partial void LogAway(Exception exception);
}
