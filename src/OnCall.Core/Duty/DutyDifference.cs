using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A stretch in which other advisers are on duty than before.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Before">Ids, sorted; empty = nobody, or there was no such rota.</param>
/// <param name="After">Ids, sorted; empty = nobody, or there is no such rota.</param>
public sealed record DutyDifference(Instant Start, Instant End, ValueList<string> Before, ValueList<string> After)
{
    /// <summary>What a change of the book changes on a rota's timeline in [from, to); two that adjoin never say the same.</summary>
    public static ValueList<DutyDifference> Between(RotaBook before, RotaBook after, string rota, Instant from, Instant to)
    {
        var (one, other) = (Periods(before, rota, from, to), Periods(after, rota, from, to));
        var edges = one.Concat(other).SelectMany(period => new[] { period.Start, period.End }).Distinct().Order().ToList();
        var differences = new List<DutyDifference>();
        var (oneAt, otherAt) = (0, 0);
        foreach (var (start, end) in edges.Zip(edges.Skip(1)))
        {
            var (was, becomes) = (On(one, ref oneAt, start), On(other, ref otherAt, start));
            if (was.Equals(becomes))
            {
                continue;
            }

            if (differences is [.., var last] && last.End == start && last.Before.Equals(was) && last.After.Equals(becomes))
            {
                differences[^1] = last with { End = end };
            }
            else
            {
                differences.Add(new DutyDifference(start, end, was, becomes));
            }
        }

        return differences.ToValueList();
    }

    private static ValueList<DutyPeriod> Periods(RotaBook book, string rota, Instant from, Instant to) =>
        book.Rotas.TryGetValue(rota, out var known) ? DutyTimeline.Between(book, known, from, to).Periods : [];

    /// <param name="place">Where the search begins: of the first period that may not be over.</param>
    private static ValueList<string> On(ValueList<DutyPeriod> periods, ref int place, Instant at)
    {
        while (place < periods.Count && periods[place].End <= at)
        {
            place++;
        }

        return place < periods.Count && periods[place].Start <= at ? periods[place].Advisers : [];
    }
}
