using OnCall.Service.Data;
using OnCall.Service.Messages;

namespace OnCall.Service.Chain;

/// <summary>Writes this node's journal into the record as soon as the database is there, and what a process left that is gone.</summary>
internal sealed partial class JournalReplay(Journal journal, ChainRecord record, TextWebhooks texts, DatabaseLink link, ILogger<JournalReplay> log) : BackgroundService
{
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
        try
        {
            journal.TakeUpLeft();
            while (journal.Next() is { } entry)
            {
                if (link.IsAway)
                {
                    return true;
                }

                await (entry.Text is { } text ? texts.HandleAsync(text, CancellationToken.None) : record.WriteAsync(entry));
                journal.Told();
            }

            return false;
        }
        catch (Exception e)
        {
            if (!await link.FailedAsync(e))
            {
                // Facts may be told in any order: one that cannot be written must not stand in the way of the others.
                LogNotTold(e);
                journal.PutBehind();
            }

            return true;
        }
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Error, Message = "An entry of the journal could not be written into the record; it is tried again")]
    private partial void LogNotTold(Exception e);
}
