using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>
/// A rota's timeline over a time in which one book followed the other: what is past was decided by the book that was in force then, what is to come by the last one.
/// </summary>
/// <param name="books">In order of time, at least one. The first counts before its own time, too.</param>
public sealed class DutyHistory(IReadOnlyList<BookInForce> books, string rota)
{
    /// <summary>The rota as the last book has it that has it; null = none has.</summary>
    public Rota? Rota => books.Select(inForce => inForce.Book.Rotas.GetValueOrDefault(rota)).LastOrDefault(known => known is not null);

    /// <summary>The duty periods and gaps of [from, to), cut at both ends; while no book had the rota, neither.</summary>
    public DutyPeriods Between(Instant from, Instant to)
    {
        var periods = new List<DutyPeriod>();
        var gaps = new List<DutyGap>();
        foreach (var (book, known, start, end) in Pieces(from, to))
        {
            DutyTimeline.Add(periods, gaps, book, known, start, end);
        }

        return new DutyPeriods(periods.ToValueList(), gaps.ToValueList());
    }

    /// <summary>Why each adviser is on duty in [from, to), cut at both ends; by start, then adviser.</summary>
    public ValueList<DutyStay> Why(Instant from, Instant to)
    {
        var stays = new DutyStays();
        foreach (var (book, known, start, end) in Pieces(from, to))
        {
            DutyTimeline.Add(stays, book, known, start, end);
        }

        return stays.ToValueList();
    }

    private IEnumerable<(RotaBook Book, Rota Rota, Instant From, Instant To)> Pieces(Instant from, Instant to)
    {
        for (var place = 0; place < books.Count; place++)
        {
            var start = place == 0 ? from : Instant.Max(from, books[place].Since);
            var end = place == books.Count - 1 ? to : Instant.Min(to, books[place + 1].Since);
            if (start < end && books[place].Book.Rotas.TryGetValue(rota, out var known))
            {
                yield return (books[place].Book, known, start, end);
            }
        }
    }
}

/// <summary>A book, and since when it was in force, inclusive.</summary>
public sealed record BookInForce(Instant Since, RotaBook Book);
