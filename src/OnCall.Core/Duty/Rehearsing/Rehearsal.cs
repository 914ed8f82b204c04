using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Rehearsing;

/// <summary>A rota on the days of a year on which things go wrong: clock changes and holidays, each against the same weekday of other weeks.</summary>
public static class Rehearsal
{
    private const int WeeksLookedAt = 4;

    /// <summary>In order of time.</summary>
    /// <param name="holidays">Those of the year, in the rota's country.</param>
    public static ValueList<RehearsedDay> Of(RotaBook book, Rota rota, int year, IReadOnlyList<Occasion.Holiday> holidays)
    {
        var duty = new RotaYear(book, rota, year);
        var occasions = ClockChanges(rota.Zone, year).Concat<Occasion>(holidays).OrderBy(occasion => occasion.Date).ToList();
        var special = occasions.Select(occasion => occasion.Date).ToHashSet();
        return occasions.Select(occasion => new RehearsedDay(occasion, rota, duty.StaysOn(occasion.Date), Oddities(duty, occasion, special).ToValueList())).ToValueList();
    }

    private static IEnumerable<Occasion.ClockChange> ClockChanges(DateTimeZone zone, int year)
    {
        var intervals = zone.GetZoneIntervals(
            LocalTimes.StartOfDay(new LocalDate(year, 1, 1), zone), LocalTimes.StartOfDay(new LocalDate(year + 1, 1, 1), zone)).ToList();
        return intervals.Zip(intervals.Skip(1))
            .Where(pair => pair.First.WallOffset != pair.Second.WallOffset)
            .Select(pair => new Occasion.ClockChange(pair.Second.Start, pair.First.WallOffset, pair.Second.WallOffset));
    }

    private static IEnumerable<Oddity> Oddities(RotaYear duty, Occasion occasion, HashSet<LocalDate> special)
    {
        var others = new[] { -1, 1 }.Select(direction => UsualDay(occasion.Date, direction, special)).ToList();
        var oddities = Owners(duty, occasion.Date, others).Concat(Covers(duty, occasion.Date, others));
        return occasion is Occasion.ClockChange change ? Lengths(duty, change).Concat(Handovers(duty, change, others)).Concat(oddities) : oddities;
    }

    /// <summary>The same weekday of the nearest week that has it as usual.</summary>
    private static LocalDate UsualDay(LocalDate date, int direction, HashSet<LocalDate> special)
    {
        var weeks = Enumerable.Range(1, WeeksLookedAt).Select(week => date.PlusWeeks(week * direction)).ToList();
        return weeks.Find(day => !special.Contains(day)) is var day && day != default ? day : weeks[0];
    }

    private static IEnumerable<Oddity> Lengths(RotaYear duty, Occasion.ClockChange change) => duty
        .StaysIn(change.At - Duration.Epsilon, change.At + Duration.Epsilon)
        .Where(stay => stay.Start < change.At && stay.End > change.At && duty.IsWhole(stay))
        .Select(stay => new Oddity.Length(stay, stay.End - stay.Start + change.Skipped));

    private static IEnumerable<Oddity> Handovers(RotaYear duty, Occasion.ClockChange change, List<LocalDate> others)
    {
        var twice = -change.Skipped;
        return change.Skipped > Duration.Zero
            ? duty.StaysIn(change.At, change.At + Duration.Epsilon)
                .Where(stay => stay.Start == change.At && !others.Exists(day => BeginsAt(duty, day, change.At.InZone(duty.Zone).TimeOfDay)))
                .Select(stay => new Oddity.Handover(stay, IsSkipped: true))
            : duty.StaysIn(change.At - twice, change.At + twice)
                .Where(stay => stay.Start >= change.At - twice)
                .Select(stay => new Oddity.Handover(stay, IsSkipped: false));
    }

    /// <summary>Whether somebody's duty begins at a time of a day: then one that begins there on the day of the change was written for it.</summary>
    private static bool BeginsAt(RotaYear duty, LocalDate day, LocalTime time)
    {
        var at = LocalTimes.Resolve(day.At(time), duty.Zone);
        return duty.StaysIn(at, at + Duration.Epsilon).Any(stay => stay.Start == at);
    }

    /// <summary>Duty from a source that the other weeks do not have at that time of the day.</summary>
    private static IEnumerable<Oddity> Owners(RotaYear duty, LocalDate date, List<LocalDate> others)
    {
        var today = duty.StaysOn(date);
        var times = others.SelectMany(duty.StaysOn).Concat(today).Select(stay => stay.Start.InZone(duty.Zone).TimeOfDay).Distinct().Order();
        var odd =
            from time in times
            let at = LocalTimes.Resolve(date.At(time), duty.Zone)
            let usually = others.SelectMany(day => duty.SourcesAt(day, time)).Distinct().ToValueList()
            from stay in today.Where(stay => stay.Start <= at && at < stay.End)
            where !usually.Contains(stay.Reason.Source)
            select new Oddity.Owner(stay, usually);
        return odd.DistinctBy(owner => owner.Stay);
    }

    private static IEnumerable<Oddity> Covers(RotaYear duty, LocalDate date, List<LocalDate> others) =>
        from gap in duty.GapsOn(date)
        let time = gap.Start.InZone(duty.Zone).TimeOfDay
        where others.Exists(day => duty.MissingAt(day, time) < gap.Missing)
        select new Oddity.Cover(gap);
}
