using Npgsql;

namespace OnCall.Service.Access;

/// <summary>Keeps <see cref="KnownKeys"/> at what is stored: loads them before the service starts, then listens, and looks now and then in case a word was lost. Writes down when keys were used.</summary>
internal sealed partial class KeyWatch(KeyStore store, NpgsqlDataSource source, ILogger<KeyWatch> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public Task StartingAsync(CancellationToken cancellationToken) => store.RefreshAsync(cancellationToken);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogAway(e);

                // Waiting for a server is not a matter of the duty's clock.
                await Task.Delay(RetryAfter, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        try
        {
            await using var listen = new NpgsqlCommand($"LISTEN {KeyStore.Channel}", connection);
            await listen.ExecuteNonQueryAsync(stop);
            while (true)
            {
                await store.RefreshAsync(stop);
                await store.NoteUsesAsync(stop);
                await connection.WaitAsync(LookEvery, stop);
            }
        }
        finally
        {
            // A connection that listens must not go back to the others as it is.
            NpgsqlConnection.ClearPool(connection);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The API keys cannot be watched; those that were known last stay valid.")]
    private partial void LogAway(Exception exception);
}
