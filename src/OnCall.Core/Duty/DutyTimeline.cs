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
        [.. BookTimes.Of(book, rota).From(at).Places.Select(place => (book.Advisers[place.Adviser], place.Reason.Source))];

    /// <summary>Who is on duty at an instant, until when, and what comes next.</summary>
    public static DutyAnswer At(RotaBook book, Rota rota, Instant at)
    {
        var times = BookTimes.Of(book, rota);
        var now = times.From(at);
        var ends = new Dictionary<string, Instant>();
        DutyChange? next = null;
        foreach (var later in Stretches(times, now.End, at + Horizon))
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

            if (next is not null && ends.Count == now.Places.Count)
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
        foreach (var stretch in Stretches(BookTimes.Of(book, rota), from, to))
        {
            var end = Instant.Min(stretch.End, to);
            var missing = rota.Cover - stretch.Places.Count;
            if (missing > 0)
            {
                Append(gaps, new DutyGap(stretch.Start, end, missing));
            }

            if (stretch.Places.Count > 0)
            {
                Append(periods, new DutyPeriod(stretch.Start, end, stretch.Advisers, Sources(stretch)));
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
        var times = BookTimes.Of(book, rota);
        while (from < to)
        {
            var stretch = times.From(from);
            from = Instant.Min(stretch.ReasonsEnd, to);
            stays.Add(stretch, from);
        }
    }

    /// <summary>Whether an adviser is away at an instant: absent, or outside the adviser's own from and until.</summary>
    public static bool IsAway(RotaBook book, string adviser, Instant at) => BookTimes.IsAway(book, adviser, at, out _);

    private static IEnumerable<DutyStretch> Stretches(RotaTimes times, Instant from, Instant to)
    {
        while (from < to)
        {
            var stretch = times.From(from);
            yield return stretch;
            from = stretch.End;
        }
    }

    private static ValueList<DutySource> Sources(DutyStretch stretch) =>
        stretch.Places.Select(place => place.Reason.Source).Distinct().ToValueList();

    private static void Append(List<DutyPeriod> periods, DutyPeriod next)
    {
        if (periods is [.., var last] && last.End == next.Start && last.Advisers.Equals(next.Advisers))
        {
            periods[^1] = last with { End = next.End, Sources = last.Sources.Union(next.Sources).ToValueList() };
        }
        else
        {
            periods.Add(next);
        }
    }

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
