using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Escalation;

namespace OnCall.Service.Outbox;

/// <summary>
/// Holds one connection to PostgreSQL: its advisory lock shows the others that this node lives, and on it come their signals that there is work.
/// Every second it takes back what nodes had claimed that are gone: PostgreSQL drops the lock of a killed process at once.
/// </summary>
internal sealed partial class NodeLife(NpgsqlDataSource source, OutboxStore outbox, Node node, TimeProvider time, Work work, ILogger<NodeLife> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), TakeBackAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop);
                connection.Notification += (_, _) => work.All();
                await using var start = new NpgsqlCommand($"SELECT pg_advisory_lock({Node.LifeLock}, {node.Id}); LISTEN {EnquiryStore.WorkChannel}", connection);
                await start.ExecuteNonQueryAsync(stop);
                node.Show();
                work.All();
                while (true)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogDeaf(e);
                await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeBackAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var count = await outbox.TakeBackAsync(time.GetCurrentInstant(), stop);
                if (count > 0)
                {
                    LogTakenBack(count);
                    work.All();
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogCouldNotTakeBack(e);
            }

            await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The connection for signals of other nodes was lost; it is made again, and until then work is looked for every second")]
    private partial void LogDeaf(Exception e);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Took back {Count} effects of a node that is gone")]
    private partial void LogTakenBack(int count);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Could not look for effects of nodes that are gone")]
    private partial void LogCouldNotTakeBack(Exception e);
}
