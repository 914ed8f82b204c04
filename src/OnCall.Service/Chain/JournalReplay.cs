using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Messages;

namespace OnCall.Service.Chain;

/// <summary>
/// Writes this node's journal into the record as soon as the database is there, and what a process left that is gone: calls beside each other, since deadlines do not
/// wait long for it, each caller's in the order in which they happened; a text in its place, alone, as it may be about a call before it.
/// </summary>
internal sealed partial class JournalReplay(Journal journal, ChainRecord record, TextWebhooks texts, DatabaseLink link, TimeProvider time, ILogger<JournalReplay> log) : BackgroundService
{
    private const int AtOnce = 8;

    /// <summary>So long after it the call itself may still be told, or after the database came back, by a journal: another node's, perhaps.</summary>
    private static readonly Duration CallIsTold = Duration.FromMinutes(1);

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
            if (!await TellAsync(waiting))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells each once: one that fails does not hold up what lies behind it.</summary>
    /// <returns>Whether all are told.</returns>
    private async Task<bool> TellAsync(IReadOnlyList<JournalEntry> waiting)
    {
        var allTold = true;
        for (var at = 0; at < waiting.Count;)
        {
            List<JournalEntry> calls = [.. waiting.Skip(at).TakeWhile(entry => entry.Text is null)];
            allTold &= await (calls.Count > 0 ? TellCallsAsync(calls) : TellAsync(waiting[at]));
            at += Math.Max(1, calls.Count);
        }

        return allTold;
    }

    /// <returns>Whether all are told.</returns>
    private async Task<bool> TellCallsAsync(List<JournalEntry> calls)
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
            if (await HandleAsync(entry))
            {
                journal.Told(entry);
                return true;
            }

            journal.PutBehind(entry);
            return false;
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

    /// <returns>False = a call is over of which nobody has told yet: were that forgotten, its officer would count as on the line once somebody does.</returns>
    private async Task<bool> HandleAsync(JournalEntry entry)
    {
        if (entry.Text is { } text)
        {
            await texts.HandleAsync(text, entry.At, MissedTexts.FurthestBack, CancellationToken.None);
            return true;
        }

        return await record.WriteAsync(entry) is not null || time.GetCurrentInstant() - Instant.Max(entry.At, link.AnswersSince) > CallIsTold;
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
