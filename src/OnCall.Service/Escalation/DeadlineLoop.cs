using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>
/// Says "it is now t" to every enquiry whose deadline has come. Each node runs one: rows that another node has locked are left to it.
/// Batches of up to <see cref="Batch"/> are decided and saved in one transaction, since a commit each would make the last of a thousand late; where PostgreSQL refuses
/// one of them, each is saved alone.
/// </summary>
internal sealed partial class DeadlineLoop(NpgsqlDataSource source, EnquiryStore store, CurrentBook book, Quarantine quarantine, TimeProvider time, Work work, ILogger<DeadlineLoop> log)
    : BackgroundService
{
    private const int Batch = 100;

    private static readonly Duration TryAgainAfter = Duration.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunDueAsync(stoppingToken) < Batch)
                {
                    await SleepAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
                await Task.Delay(Work.LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        // Until it is known, any deadline that is saved ends the sleep: one saved during the look would be missed.
        work.SleepsUntil(null);
        var next = await store.NextDeadlineAsync(stop);
        work.SleepsUntil(next);
        var wait = next is null ? Work.LookEvery : (next.Value - time.GetCurrentInstant()).ToTimeSpan();
        if (wait > TimeSpan.Zero)
        {
            await work.Deadlines.WaitAsync(wait < Work.LookEvery ? wait : Work.LookEvery, time, stop);
        }
    }

    private async Task<int> RunDueAsync(CancellationToken stop)
    {
        var now = time.GetCurrentInstant();

        // Whoever holds rows does not wait for a second connection.
        var untextable = (await quarantine.KnownAsync(stop)).At(now);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var due = await EnquiryStore.ClaimDueAsync(connection, now, Batch, stop);
        try
        {
            await SaveAsync(due, now, untextable, transaction, stop);
        }
        catch (PostgresException e) when (!e.IsTransient)
        {
            await transaction.RollbackAsync(stop);
            await SaveEachAloneAsync(due, now, untextable, stop);
        }

        return due.Count;
    }

    /// <summary>PostgreSQL refused what was to be saved for the sake of one: it must not stand in the way of the others.</summary>
    private async Task SaveEachAloneAsync(List<EnquiryStore.Due> due, Instant now, Untextable untextable, CancellationToken stop)
    {
        foreach (var id in due.Select(row => row.Id))
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            try
            {
                await SaveAsync(await EnquiryStore.ClaimDueAsync(connection, now, id, stop), now, untextable, transaction, stop);
            }
            catch (PostgresException e) when (!e.IsTransient)
            {
                LogUndecided(id, e);
                await transaction.RollbackAsync(stop);
                await EnquiryStore.PostponeAsync(connection, [id], now, now + TryAgainAfter, stop);
            }
        }
    }

    private async Task SaveAsync(List<EnquiryStore.Due> due, Instant now, Untextable untextable, NpgsqlTransaction transaction, CancellationToken stop)
    {
        if (due.Count == 0)
        {
            return;
        }

        var connection = transaction.Connection!;
        var changes = Decide(due, now, null, untextable, out var undecided);
        if (changes.Exists(change => change.Decision.Rings))
        {
            changes = Decide(due, now, await EnquiryStore.EngagedAsync(connection, stop), untextable, out undecided);
        }

        await EnquiryStore.SaveAsync(changes, connection, stop);
        if (undecided.Count > 0)
        {
            await EnquiryStore.PostponeAsync(connection, undecided, now, now + TryAgainAfter, stop);
        }

        await transaction.CommitAsync(stop);
        store.Remember(changes);
        changes.ForEach(change => work.Tell(change.Decision));
    }

    /// <param name="engaged">Who is busy, and becomes so by the decisions; null = not asked for, which will do where nobody is rung.</param>
    private List<Change> Decide(List<EnquiryStore.Due> due, Instant now, Engaged? engaged, Untextable untextable, out List<Guid> undecided)
    {
        var changes = new List<Change>(due.Count);
        undecided = [];
        foreach (var row in due)
        {
            try
            {
                var loaded = row.Read();
                var roster = new Roster(book.Book, engaged?.Without(row.Id), untextable);
                var decision = Escalator.Decide(loaded.Enquiry, new EnquiryEvent.TimePassed(), roster, now);
                engaged?.Becomes(decision.Next);
                changes.Add(new Change(loaded, decision, null));
            }
            catch (Exception e)
            {
                LogUndecided(row.Id, e);
                undecided.Add(row.Id);
            }
        }

        return changes;
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "Deadlines could not be looked at; they are looked at again in a second")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Critical, Message = "Enquiry {Enquiry} could not be decided upon, or what was decided could not be saved; it is tried again in half a minute, and the others go on")]
    private partial void LogUndecided(Guid enquiry, Exception e);
}
