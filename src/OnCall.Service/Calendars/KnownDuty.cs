using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>
/// What the books of a window decide, each while it is in force. All calendars say the same of that, so each piece is computed once, and a book of the past is read once: between two
/// publications, no calendar needs more than what is known.
/// </summary>
internal sealed class KnownDuty(BookStore store) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<Piece, DutyPiece> _known = [];

    /// <summary>The pieces of a window, in order of time.</summary>
    /// <param name="published">In order, up to the book's; the first counts before its own time, too.</param>
    /// <param name="book">The one in force.</param>
    public async Task<IReadOnlyList<DutyPiece>> PiecesAsync(IReadOnlyList<PublishedAt> published, RotaBook book, CalendarWindow window, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var pieces = new List<DutyPiece>();
            var used = new HashSet<Piece>();
            for (var place = 0; place < published.Count - 1; place++)
            {
                var (revision, at) = published[place];
                pieces.Add(await PieceAsync(new Piece(revision, at, place == 0 ? window.LooksFrom : at, published[place + 1].At), () => LoadAsync(revision, stop)));
            }

            pieces.Add(await PieceAsync(new Piece(book.Revision, book.PublishedAt, published.Count > 1 ? published[^1].At : window.LooksFrom, window.To), () => Task.FromResult(book)));
            foreach (var old in _known.Keys.Except(used).ToList())
            {
                _known.Remove(old);
            }

            return pieces;

            async Task<DutyPiece> PieceAsync(Piece piece, Func<Task<RotaBook>> read)
            {
                used.Add(piece);
                if (!_known.TryGetValue(piece, out var duty))
                {
                    // At once, and not with the others: a reader that does not wait for all of them leaves fewer to the next.
                    _known[piece] = duty = DutyPiece.Of(await read(), piece.From, piece.To);
                }

                return duty;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<RotaBook> LoadAsync(long revision, CancellationToken stop) => await store.LoadAsync(revision, stop) ?? RotaBook.Empty;

    /// <summary>A book, and the time of which it decides.</summary>
    private sealed record Piece(long Revision, Instant? PublishedAt, Instant From, Instant To);
}
