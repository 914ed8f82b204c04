using Npgsql;
using OnCall.Service.Data;

namespace OnCall.Service.Access;

/// <summary>Keeps <see cref="KnownKeys"/> at what is stored: loads them before the service starts, then listens, and looks now and then in case a word was lost. Writes down when keys were used.</summary>
internal sealed partial class KeyWatch(KeyStore store, DatabaseLink link, NpgsqlDataSource source, ILogger<KeyWatch> logger) : BackgroundService, IHostedLifecycleService
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

    // Waiting for a server is not a matter of the duty's clock.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.RunAsync(
        source, $"LISTEN {KeyStore.Channel}", connection => KeepUpAsync(connection, stoppingToken), LogAway, TimeProvider.System, stoppingToken);

    private async Task KeepUpAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        while (true)
        {
            await store.RefreshAsync(stop);
            await store.NoteUsesAsync(stop);
            await connection.WaitAsync(LookEvery, stop);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The API keys cannot be watched; those that were known last stay valid.")]
    private partial void LogAway(Exception exception);
}
