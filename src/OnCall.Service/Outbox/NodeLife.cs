using System.Globalization;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Access;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>
/// Holds one connection to PostgreSQL: its advisory lock shows the others that this node lives, and on it come their signals that there is work, and every word that a book or a key has changed.
/// Every second it takes back what nodes had claimed that are gone: PostgreSQL drops the lock of a killed process at once.
/// </summary>
internal sealed partial class NodeLife(NpgsqlDataSource source, OutboxStore outbox, Node node, DatabaseLink link, TwilioLink twilio, TimeProvider time, Work work, ILogger<NodeLife> log)
    : BackgroundService
{
    private readonly string _ownWord = node.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Who stops tells the others to look for what it leaves.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!link.IsAway)
        {
            await SayAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), AnnounceAsync(stoppingToken), TakeBackAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await HearAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogDeaf(e);
                await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            {
                // It stops, whatever failed meanwhile.
                return;
            }
        }
    }

    private async Task HearAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        try
        {
            connection.Notification += (_, word) => Heard(word);
            await using var command = new NpgsqlCommand(
                $"SELECT pg_advisory_lock({Node.LifeLock}, {node.Id}); LISTEN {EnquiryStore.WorkChannel}; LISTEN {BookStore.Channel}; LISTEN {KeyStore.Channel}", connection);
            await command.ExecuteNonQueryAsync(stop);
            node.Show();

            // What was said while nobody listened.
            work.All();
            while (true)
            {
                await connection.WaitAsync(stop);
            }
        }
        finally
        {
            // A connection that locks and listens must not go back to the others as it is.
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private void Heard(NpgsqlNotificationEventArgs word)
    {
        switch (word.Channel)
        {
            case BookStore.Channel:
                work.Book.Set();
                break;
            case KeyStore.Channel:
                work.Keys.Set();
                break;
            case EnquiryStore.WorkChannel when word.Payload != _ownWord:
                Heard(NodeWord.Read(word.Payload));
                break;
        }
    }

    private void Heard(NodeWord? word)
    {
        if (word?.RestFails is not { } failing)
        {
            work.Enquiries();
        }
        else if (word.Node != node.Id)
        {
            twilio.OtherSays(word.Node, failing);
        }
    }

    /// <summary>
    /// Tells the other nodes that there is work: after the commit, and once for all that was saved meanwhile, since a NOTIFY within the transaction lets
    /// commits through one by one (https://www.postgresql.org/docs/15/sql-notify.html). Where the word is lost they look by themselves.
    /// </summary>
    private async Task AnnounceAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work.Announcements.WaitAsync(Timeout.InfiniteTimeSpan, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!await SayAsync(stop))
            {
                await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False = it could not be told.</returns>
    private async Task<bool> SayAsync(CancellationToken stop)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.Add(new() { Value = EnquiryStore.WorkChannel });
            command.Parameters.Add(new() { Value = _ownWord });
            await command.ExecuteNonQueryAsync(stop);
            return true;
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested)
            {
                LogSilent(e);
            }

            return false;
        }
    }

    private async Task TakeBackAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                work.HasOthers = await outbox.OthersLiveAsync(stop);
                var count = await outbox.TakeBackAsync(time.GetCurrentInstant(), stop);
                if (count > 0)
                {
                    LogTakenBack(count);
                    work.Enquiries();
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogCouldNotTakeBack(e);
                await link.FailedAsync(e);
            }

            await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The connection for signals of other nodes was lost; it is made again, and until then work is looked for every second")]
    private partial void LogDeaf(Exception e);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Took back {Count} effects of a node that is gone")]
    private partial void LogTakenBack(int count);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "The other nodes could not be told that there is work; they look by themselves")]
    private partial void LogSilent(Exception e);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Could not look for effects of nodes that are gone")]
    private partial void LogCouldNotTakeBack(Exception e);
}
