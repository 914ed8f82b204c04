using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>
/// What the books of the past decided, each while it was in force. That never changes, so each is read once; between two publications, all calendars need
/// no book but the present one.
/// </summary>
internal sealed class PastDuty(BookStore store) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Dictionary<(PublishedAt Book, Instant From), DutyPiece> _known = [];

    /// <summary>The pieces of a window up to the last of these publications, in order of time.</summary>
    /// <param name="published">In order; the first counts before its own time, too.</param>
    public async Task<IReadOnlyList<DutyPiece>> PiecesAsync(IReadOnlyList<PublishedAt> published, CalendarWindow window, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var pieces = new Dictionary<(PublishedAt Book, Instant From), DutyPiece>();
            for (var place = 0; place < published.Count - 1; place++)
            {
                var (from, to) = (place == 0 ? window.LooksFrom : published[place].At, published[place + 1].At);
                var key = (published[place], from);
                pieces[key] = _known.TryGetValue(key, out var piece) ? piece : DutyPiece.Of(await BookAsync(published[place].Revision, stop), from, to);
            }

            _known = pieces;
            return [.. pieces.Values];
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<RotaBook> BookAsync(long revision, CancellationToken stop) => await store.LoadAsync(revision, stop) ?? RotaBook.Empty;
}
