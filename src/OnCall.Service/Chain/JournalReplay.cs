using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Messages;

namespace OnCall.Service.Chain;

/// <summary>
/// Writes this node's journal into the record as soon as the database is there, and what a process left that is gone: calls beside each other, since deadlines do not
/// wait long for it, each caller's in the order in which they happened; a text in its place, alone, as it may be about a call before it.
/// </summary>
internal sealed partial class JournalReplay(Journal journal, ChainRecord record, TextWebhooks texts, DatabaseLink link, ILogger<JournalReplay> log) : BackgroundService
{
    private const int AtOnce = 8;

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForLeft = TimeSpan.FromMinutes(1);

    // Waiting for a server and for other processes is not a matter of the duty's clock.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var failed = await TellAsync();
            if (failed)
            {
                await link.CameBack.WaitAsync(RestAfterFailure, TimeProvider.System, stoppingToken);
            }
            else
            {
                await journal.Written.WaitAsync(LookForLeft, TimeProvider.System, stoppingToken);
            }
        }
    }

    /// <returns>Whether something is left to be tried again.</returns>
    private async Task<bool> TellAsync()
    {
        journal.TakeUpLeft();
        while (journal.Waiting is { Count: > 0 } waiting)
        {
            List<JournalEntry> calls = [.. waiting.TakeWhile(entry => entry.Text is null)];
            if (!await (calls.Count > 0 ? TellAsync(calls) : TellAsync(waiting[0])))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Whether all are told.</returns>
    private async Task<bool> TellAsync(List<JournalEntry> calls)
    {
        var failed = 0;
        await Parallel.ForEachAsync(
            ByCaller(calls),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (caller, _) =>
            {
                foreach (var entry in caller)
                {
                    if (!await TellAsync(entry))
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
            });
        return failed == 0;
    }

    private async Task<bool> TellAsync(JournalEntry entry)
    {
        if (link.IsAway)
        {
            return false;
        }

        try
        {
            await (entry.Text is { } text ? texts.HandleAsync(text, CancellationToken.None) : record.WriteAsync(entry));
            journal.Told(entry);
            return true;
        }
        catch (Exception e)
        {
            if (!await link.FailedAsync(e))
            {
                // Facts may be told in any order: one that cannot be written must not stand in the way of the others.
                LogNotTold(e);
                journal.PutBehind(entry);
            }

            return false;
        }
    }

    /// <summary>A caller who rings again joins the call before.</summary>
    private static IEnumerable<IGrouping<string, JournalEntry>> ByCaller(List<JournalEntry> calls)
    {
        var callers = calls.Select(entry => entry.State).OfType<ChainState>().Where(state => state.From is not null).ToLookup(state => state.OfficerCall, state => state.From!.Value);
        return calls.Select(entry => (Call: entry.State?.OfficerCall ?? entry.CallOver!, Entry: entry)).GroupBy(told => callers[told.Call].FirstOrDefault(told.Call), told => told.Entry);
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Error, Message = "An entry of the journal could not be written into the record; it is tried again")]
    private partial void LogNotTold(Exception e);
}
