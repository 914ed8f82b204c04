using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>Which hand-overs there were between two looks at the clock, and when the next one is. Computed from the book, never stored.</summary>
/// <remarks>
/// A change of the book is a hand-over, too, where it changes who is on duty at that moment. A rota that is new, or gone, hands over to nobody: who brings a
/// whole book into force tells people by other means.
/// </remarks>
public static class HandoverWatch
{
    /// <summary>Most rotas change within days; looking ahead a little costs less than looking ahead a year.</summary>
    private static readonly int[] DaysAhead = [2, 16, 128, 400];

    /// <summary>The hand-overs of (from, <paramref name="through"/>], where from is that of the first book, in order of time.</summary>
    /// <param name="books">What was in force, in order of time; none comes into force after <paramref name="through"/>.</param>
    public static IReadOnlyList<Handover> Between(IReadOnlyList<BookInForce> books, Instant through)
    {
        var found = new List<Handover>();
        for (var index = 0; index < books.Count; index++)
        {
            var (from, book) = books[index];
            var next = index + 1 < books.Count ? books[index + 1] : null;
            found.AddRange(book.Content.Rotas.SelectMany(rota => Changes(book, rota, from, next is null ? through : next.Since - Duration.Epsilon)));
            if (next is not null)
            {
                found.AddRange(Changes(book, next));
            }
        }

        return [.. found.OrderBy(handover => handover.At)];
    }

    /// <summary>The next hand-over of any rota after an instant; null = none within 400 days.</summary>
    public static Instant? Next(RotaBook book, Instant after) =>
        book.Content.Rotas.Select(rota => Next(book, rota, after)).Where(at => at is not null).DefaultIfEmpty().Min();

    private static Instant? Next(RotaBook book, Rota rota, Instant after) => DaysAhead
        .Select(days => Changes(book, rota, after, after + Duration.FromDays(days)).FirstOrDefault()?.At)
        .FirstOrDefault(at => at is not null);

    /// <summary>What the clock changes in (after, through].</summary>
    private static IEnumerable<Handover> Changes(RotaBook book, Rota rota, Instant after, Instant through)
    {
        if (through <= after)
        {
            yield break;
        }

        ValueList<string> nobody = [];
        var last = new DutyPeriod(after, after, nobody, []);
        var end = through + Duration.Epsilon;
        foreach (var period in DutyTimeline.Between(book, rota, after, end).Periods.Append(new DutyPeriod(end, end, nobody, [])))
        {
            if (last.End > after && last.End < period.Start)
            {
                yield return new Handover(rota, last.End, last.Advisers, nobody);
            }

            if (period.Start > after && period.Start < end)
            {
                yield return new Handover(rota, period.Start, last.End == period.Start ? last.Advisers : nobody, period.Advisers);
            }

            last = period;
        }
    }

    /// <summary>What a change of the book changes at the moment at which it comes into force.</summary>
    private static IEnumerable<Handover> Changes(RotaBook book, BookInForce next)
    {
        foreach (var rota in next.Book.Content.Rotas)
        {
            if (book.Rotas.TryGetValue(rota.Id, out var known))
            {
                var (before, after) = (OnDuty(book, known, next.Since - Duration.Epsilon), OnDuty(next.Book, rota, next.Since));
                if (!before.Equals(after))
                {
                    yield return new Handover(rota, next.Since, before, after);
                }
            }
        }
    }

    private static ValueList<string> OnDuty(RotaBook book, Rota rota, Instant at) => DutyTimeline.Who(book, rota, at).Select(on => on.Adviser.Id).ToValueList();
}
