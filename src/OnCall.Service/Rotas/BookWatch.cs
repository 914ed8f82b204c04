using Npgsql;

namespace OnCall.Service.Rotas;

/// <summary>Keeps <see cref="CurrentBook"/> at what is published: loads it before the service starts, then listens, and looks now and then in case a word was lost.</summary>
internal sealed partial class BookWatch(BookStore store, CurrentBook current, NpgsqlDataSource source, ILogger<BookWatch> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Before anything else starts: a service without its book would ring nobody.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken) => current.Offer(await store.LoadAsync(cancellationToken));

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
            await using var listen = new NpgsqlCommand($"LISTEN {BookStore.Channel}", connection);
            await listen.ExecuteNonQueryAsync(stop);
            while (true)
            {
                // What was published before the first wait, or while nobody listened, is found here.
                if (await store.LastRevisionAsync(stop) > current.Book.Revision)
                {
                    current.Offer(await store.LoadAsync(stop));
                    LogTaken(current.Book.Revision);
                }

                await connection.WaitAsync(LookEvery, stop);
            }
        }
        finally
        {
            // A connection that listens must not go back to the others as it is.
            NpgsqlConnection.ClearPool(connection);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Revision {Revision} of the book is in force here.")]
    private partial void LogTaken(long revision);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "The published book cannot be watched; the last good one stays in force.")]
    private partial void LogAway(Exception exception);
}
