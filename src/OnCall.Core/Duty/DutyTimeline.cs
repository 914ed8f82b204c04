using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who is on duty in a rota, computed from the definitions and never stored.</summary>
/// <remarks>
/// In this order: each layer alone, inside from/until and its windows; those who are away are taken out, stand-ins that an override
/// names take their places; the last layer that still has somebody wins; then the overrides, in the order of the list.
/// Instants are those of the years 1900 to 2300.
/// </remarks>
public static class DutyTimeline
{
    /// <summary>How far ahead the end of a duty, and the next change, are looked for.</summary>
    public static Duration Horizon { get; } = Duration.FromDays(400);

    /// <summary>Who is on duty at an instant and why, without a look ahead: what the escalation asks at every step.</summary>
    public static IReadOnlyList<(Adviser Adviser, DutySource Source)> Who(RotaBook book, Rota rota, Instant at) =>
        BookTimes.DaysOf(book, rota).Who(at);

    /// <summary>Who is on duty at an instant, until when, and what comes next.</summary>
    public static DutyAnswer At(RotaBook book, Rota rota, Instant at)
    {
        var sweep = BookTimes.Of(book, rota).Begin();
        var now = sweep.From(at);
        var ends = new Dictionary<string, Instant>();
        DutyChange? next = null;
        foreach (var later in Stretches(sweep, now.End, at + Horizon))
        {
            if (next is null && !later.HasSameAdvisers(now))
            {
                next = new DutyChange(later.Start, later.Advisers);
            }

            foreach (var place in now.Places)
            {
                if (!later.Has(place.Adviser))
                {
                    ends.TryAdd(place.Adviser, later.Start);
                }
            }

            if (next is not null && ends.Count == now.Places.Length)
            {
                break;
            }
        }

        return new DutyAnswer(
            now.Places
                .Select(place => new AdviserOnDuty(
                    book.Advisers[place.Adviser], ends.TryGetValue(place.Adviser, out var end) ? end : null, place.Reason))
                .ToValueList(),
            next);
    }

    /// <summary>The duty periods and gaps of [from, to), cut at both ends.</summary>
    public static DutyPeriods Between(RotaBook book, Rota rota, Instant from, Instant to)
    {
        var periods = new List<DutyPeriod>();
        var gaps = new List<DutyGap>();
        Add(periods, gaps, book, rota, from, to);
        return new DutyPeriods(periods.ToValueList(), gaps.ToValueList());
    }

    /// <summary>Adds a window to what comes before it, joining what goes on.</summary>
    internal static void Add(List<DutyPeriod> periods, List<DutyGap> gaps, RotaBook book, Rota rota, Instant from, Instant to)
    {
        var sweep = BookTimes.Of(book, rota).Begin();
        for (var at = from; at < to;)
        {
            var stretch = sweep.From(at);
            var end = at = Instant.Min(stretch.End, to);
            var missing = rota.Cover - stretch.Places.Length;
            if (missing > 0)
            {
                Append(gaps, new DutyGap(stretch.Start, end, missing));
            }

            if (stretch.Places.Length > 0)
            {
                Append(periods, stretch, end);
            }
        }
    }

    /// <summary>Why each adviser is on duty in [from, to), cut at both ends; by start, then adviser.</summary>
    public static ValueList<DutyStay> Why(RotaBook book, Rota rota, Instant from, Instant to)
    {
        var stays = new DutyStays();
        Add(stays, book, rota, from, to);
        return stays.ToValueList();
    }

    /// <summary>Adds a window to what comes before it, joining what goes on.</summary>
    internal static void Add(DutyStays stays, RotaBook book, Rota rota, Instant from, Instant to)
    {
        var sweep = BookTimes.Of(book, rota).Begin();
        while (from < to)
        {
            var stretch = sweep.From(from);
            from = Instant.Min(stretch.ReasonsEnd, to);
            stays.Add(stretch, from);
        }
    }

    /// <summary>Whether an adviser is away at an instant: absent, or outside the adviser's own from and until.</summary>
    public static bool IsAway(RotaBook book, string adviser, Instant at) => BookTimes.IsAway(book, adviser, at, out _);

    private static IEnumerable<DutyStretch> Stretches(DutySweep sweep, Instant from, Instant to)
    {
        while (from < to)
        {
            var stretch = sweep.From(from);
            yield return stretch;
            from = stretch.End;
        }
    }

    private static void Append(List<DutyPeriod> periods, in DutyStretch next, Instant end)
    {
        if (periods is [.., var last] && last.End == next.Start && next.HasAdvisers(last.Advisers))
        {
            periods[^1] = last with { End = end, Sources = Union(last.Sources, next.Sources) };
        }
        else
        {
            periods.Add(new DutyPeriod(next.Start, end, next.Advisers, next.Sources));
        }
    }

    private static ValueList<DutySource> Union(ValueList<DutySource> sources, ValueList<DutySource> more) =>
        sources.Equals(more) ? sources : sources.Union(more).ToValueList();

    private static void Append(List<DutyGap> gaps, DutyGap next)
    {
        if (gaps is [.., var last] && last.End == next.Start && last.Missing == next.Missing)
        {
            gaps[^1] = last with { End = next.End };
        }
        else
        {
            gaps.Add(next);
        }
    }
}
