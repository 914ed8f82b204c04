using OnCall.Core.Rotas;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;

namespace OnCall.Service.Chain;

/// <summary>Keeps the book on the disk at what is in force here.</summary>
internal sealed partial class BookKeeper(KeptBook kept, CurrentBook current, ILogger<BookKeeper> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    private readonly Signal _changed = new();
    private RotaBook _kept = RotaBook.Empty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Change(object? sender, EventArgs e) => _changed.Set();
        current.Changed += Change;
        try
        {
            while (true)
            {
                // A disk is no matter of the duty's clock.
                await Task.Run(KeepAsync, stoppingToken);
                await _changed.WaitAsync(TryAgain, TimeProvider.System, stoppingToken);
            }
        }
        finally
        {
            current.Changed -= Change;
        }
    }

    private async Task KeepAsync()
    {
        try
        {
            var book = current.Book;
            if (!ReferenceEquals(book, _kept))
            {
                await kept.WriteAsync(book);
                _kept = book;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(e);
        }
    }

    [LoggerMessage(EventId = 5061, Level = LogLevel.Error, Message = "The book cannot be kept on the disk: started while the database is away, this node could serve no call")]
    private partial void LogNotKept(Exception e);
}
