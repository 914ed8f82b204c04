using Npgsql;
using OnCall.Service.Data;

namespace OnCall.Service.Rotas;

/// <summary>Keeps <see cref="CurrentBook"/> at what is published: loads it before the service starts, then listens, and looks now and then in case a word was lost.</summary>
internal sealed partial class BookWatch(BookStore store, CurrentBook current, NpgsqlDataSource source, ILogger<BookWatch> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>Before anything else starts: a service without its book would ring nobody.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken) => current.Offer(await store.LoadAsync(cancellationToken));

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Waiting for a server is not a matter of the duty's clock.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.RunAsync(
        source, $"LISTEN {BookStore.Channel}", connection => KeepUpAsync(connection, stoppingToken), LogAway, TimeProvider.System, stoppingToken);

    private async Task KeepUpAsync(NpgsqlConnection connection, CancellationToken stop)
    {
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

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Revision {Revision} of the book is in force here.")]
    private partial void LogTaken(long revision);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "The published book cannot be watched; the last good one stays in force.")]
    private partial void LogAway(Exception exception);
}
