using OnCall.Core.Rotas;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Rotas;

/// <summary>Keeps <see cref="CurrentBook"/> at what is published: loads it before the service starts, then looks at each word of a new one, and now and then in case a word was lost.</summary>
internal sealed partial class BookWatch(BookStore store, CurrentBook current, KeptBook kept, DatabaseLink link, Work work, ILogger<BookWatch> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    private RotaBook? _toldLost;

    /// <summary>Before anything else starts: a service without its book would ring nobody. While the database is away, the last good one comes from the disk.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            current.Offer(await store.LoadAsync(cancellationToken));
        }
        catch (Exception e)
        {
            if (!await link.FailedAsync(e) || kept.Read() is not { } last)
            {
                throw;
            }

            current.Offer(last);
            LogKept(last.Revision);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Watching.RunAsync(CatchUpAsync, work.Book, LookEvery, link, LogAway, stoppingToken);

    /// <summary>
    /// What the database has last is in force, also where that is an older book, or another one of the same number: it has taken over without the last revisions, or was
    /// restored. Only where it has none at all the last good one stays, since without any nobody would be rung.
    /// </summary>
    private async Task CatchUpAsync(CancellationToken stop)
    {
        var here = current.Book;
        var last = await store.FindLastAsync(stop);
        if (here.Revision == (last?.Revision ?? 0) && here.PublishedAt == last?.At)
        {
            return;
        }

        var isLost = here.Revision > 0 && !await store.HasAsync(here, stop);
        var book = await store.LoadAsync(stop);
        if (isLost && !ReferenceEquals(here, _toldLost))
        {
            LogLost(here.Revision, book.Revision);
            _toldLost = here;
        }

        if (book.Revision > 0 && current.Replace(here, book))
        {
            LogTaken(book.Revision);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Revision {Revision} of the book is in force here.")]
    private partial void LogTaken(long revision);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "Revision {Revision} of the book, which was in force here, is not in the database, whose last one is revision {Last} (0 = it has none, and the book here stays)")]
    private partial void LogLost(long revision, long last);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The database is away: calls are led on by revision {Revision} of the book, the last that was kept on the disk")]
    private partial void LogKept(long revision);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "The published book cannot be watched; the last good one stays in force.")]
    private partial void LogAway(Exception exception);
}
