using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>The rules of rest, on one person's work: stretches in order of time that do not touch.</summary>
internal static class RestRules
{
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly Duration LongRest = Duration.FromHours(48);
    private static readonly Duration Reference = Duration.FromDays(17 * 7);

    public static Duration RestInADay { get; } = Duration.FromHours(11);

    public static Duration MostInAWeek { get; } = Duration.FromHours(48);

    /// <summary>11 hours in each 24 that begin with work: the 24 hours in which they are missing, and the longest rest in them.</summary>
    public static IEnumerable<(Stretch In, Duration Longest)> ShortDays(IReadOnlyList<Stretch> work) =>
        from index in Enumerable.Range(0, work.Count)
        let rest = Rests(work, index, Day).DefaultIfEmpty(Duration.Zero).Max()
        where rest < RestInADay
        select (new Stretch(work[index].Start, work[index].Start + Day), rest);

    /// <summary>Shifts that begin less than 11 hours after a call, each with the last call before it. Calls during a shift are part of it.</summary>
    public static IEnumerable<(Stretch Call, Stretch Shift)> ShortAfterCalls(IReadOnlyList<Stretch> shifts, IEnumerable<Stretch> calls) =>
        from call in calls
        where !shifts.Any(shift => shift.Start <= call.Start && call.Start < shift.End)
        from shift in shifts.Where(shift => shift.Start >= call.End && shift.Start - call.End < RestInADay).Take(1)
        group call by shift into last
        select (last.MaxBy(call => call.End), last.Key);

    /// <summary>24 hours in each 7 days that begin with work, or 48 in the 14: the 7 days in which they are missing, and the longest rest in them.</summary>
    public static IEnumerable<(Stretch In, Duration Longest)> ShortWeeks(IReadOnlyList<Stretch> work) =>
        from index in Enumerable.Range(0, work.Count)
        let rest = Rests(work, index, Day * 7).DefaultIfEmpty(Duration.Zero).Max()
        where rest < Day && !HasLongRest(Rests(work, index, Day * 14))
        select (new Stretch(work[index].Start, work[index].Start + (Day * 7)), rest);

    /// <summary>The hours a week, on average over the 17 weeks that begin at an instant.</summary>
    public static Duration Average(IReadOnlyList<Stretch> work, Instant start) =>
        Stretch.To(start + Reference, Stretch.From(start, work)).Aggregate(Duration.Zero, (sum, stretch) => sum + stretch.Length) / 17;

    /// <summary>Stretches of duty with less than a day between them, from the first start to the last end.</summary>
    public static IEnumerable<Stretch> Runs(IEnumerable<Stretch> duty)
    {
        Stretch? run = null;
        foreach (var next in duty)
        {
            if (run is { } known && next.Start - known.End < Day)
            {
                run = known with { End = next.End };
                continue;
            }

            if (run is not null)
            {
                yield return run.Value;
            }

            run = next;
        }

        if (run is not null)
        {
            yield return run.Value;
        }
    }

    /// <summary>One of 48 hours, or two of 24 (regulation 11, paragraph 2).</summary>
    private static bool HasLongRest(IEnumerable<Duration> rests)
    {
        var long24 = rests.Where(rest => rest >= Day).ToList();
        return long24.Count >= 2 || long24.Exists(rest => rest >= LongRest);
    }

    /// <summary>The stretches without work in a window that begins with a stretch of work.</summary>
    private static IEnumerable<Duration> Rests(IReadOnlyList<Stretch> work, int first, Duration window)
    {
        var end = work[first].Start + window;
        for (var index = first; index < work.Count && work[index].End < end; index++)
        {
            var next = index + 1 < work.Count ? Instant.Min(work[index + 1].Start, end) : end;
            yield return next - work[index].End;
        }
    }
}
