using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Duty.Rehearsing;
using OnCall.Core.Rotas;

namespace OnCall.Service.Duty;

/// <summary>A rehearsed year told to a coordinator: day by day, and in each the rotas with what is unusual.</summary>
internal static class RehearsalReport
{
    private static readonly ZonedDateTimePattern Shown = ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH':'mm x", DateTimeZoneProviders.Tzdb);

    public static IEnumerable<string> Lines(RotaBook book, int year, BankHolidays holidays) => Occasions(book, year, holidays)
        .SelectMany(occasion => occasion.SelectMany(Lines).Prepend(Heading(occasion.Key.Occasion, occasion.Key.Zone ?? DateTimeZone.Utc)))
        .Prepend($"{Introduction(year, holidays)} ! = not as in other weeks.");

    /// <summary>For a table: occasion, rota, who is on duty, what is unusual. An occasion is named in its first row.</summary>
    public static IEnumerable<string[]> Rows(RotaBook book, int year, BankHolidays holidays) =>
        from occasion in Occasions(book, year, holidays)
        from row in occasion.Select((day, place) => (Day: day, IsFirst: place == 0))
        select new[]
        {
            row.IsFirst ? Heading(occasion.Key.Occasion, occasion.Key.Zone ?? DateTimeZone.Utc) : "",
            row.Day.Rota.Id,
            OnDuty(row.Day),
            string.Join('\n', row.Day.Oddities.Select(oddity => Sentence(oddity, row.Day.Rota.Zone))),
        };

    /// <summary>From where the holidays are known, if they are.</summary>
    public static string Introduction(int year, BankHolidays holidays) => holidays.Of(year).Count > 0
        ? $"Bank holidays: {BankHolidays.Source}; all days of the United Kingdom, each with where it is one. A year may gain a day at short notice."
        : $"No bank holidays are known for {year}, only for {holidays.Years.First} to {holidays.Years.Last}: clock changes alone are rehearsed.";

    public static IEnumerable<RehearsedDay> Days(RotaBook book, int year, BankHolidays holidays) =>
        book.Content.Rotas.SelectMany(rota => Rehearsal.Of(book, rota, year, holidays.Of(year)));

    /// <summary>Two zones may change their clocks in the same instant; a holiday is one day everywhere.</summary>
    private static IEnumerable<IGrouping<(Occasion Occasion, DateTimeZone? Zone), RehearsedDay>> Occasions(RotaBook book, int year, BankHolidays holidays) => Days(book, year, holidays)
        .ToLookup(day => (day.Occasion, Zone: day.Occasion is Occasion.ClockChange ? day.Rota.Zone : null))
        .OrderBy(occasion => occasion.Key.Occasion.Date);

    private static string Heading(Occasion occasion, DateTimeZone zone) =>
        $"{occasion.Date.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture)}: " + occasion switch
        {
            Occasion.ClockChange change =>
                $"clocks of {zone.Id} go {(change.Skipped > Duration.Zero ? "forward" : "back")} by {Hours(change.Skipped > Duration.Zero ? change.Skipped : -change.Skipped)}, to {Show(change.At, zone)}",
            Occasion.Holiday holiday => holiday.Name,
            _ => "",
        };

    private static IEnumerable<string> Lines(RehearsedDay day) =>
        day.Oddities.Select(oddity => $"    ! {Sentence(oddity, day.Rota.Zone)}").Prepend($"  {day.Rota.Id}: {OnDuty(day)}");

    private static string OnDuty(RehearsedDay day) =>
        day.Duty.Count == 0 ? "NOBODY" : string.Join(", ", day.Duty.Select(stay => $"{stay.Adviser} {Clock(stay, day)}"));

    public static string Sentence(Oddity oddity, DateTimeZone zone) => oddity switch
    {
        Oddity.Length length =>
            $"{length.Stay.Adviser} from {Show(length.Stay.Start, zone)} to {Show(length.Stay.End, zone)}: {Hours(length.Stay.End - length.Stay.Start)} instead of {Hours(length.OnTheClock)} ({length.Stay.Reason})",
        Oddity.Handover { IsSkipped: true } handover =>
            $"{handover.Stay.Adviser} begins at {Show(handover.Stay.Start, zone)}, when the clocks have changed: the time that is written is skipped ({handover.Stay.Reason})",
        Oddity.Handover handover => $"{handover.Stay.Adviser} begins at {Show(handover.Stay.Start, zone)}, at a time that comes twice ({handover.Stay.Reason})",
        Oddity.Owner owner =>
            $"{owner.Stay.Adviser} from {Show(owner.Stay.Start, zone)} to {Show(owner.Stay.End, zone)}: {owner.Stay.Reason}; in other weeks {Usually(owner.Usually)}",
        Oddity.Cover cover => $"{cover.Gap.Missing} missing from {Show(cover.Gap.Start, zone)} to {Show(cover.Gap.End, zone)}, unlike in other weeks",
        _ => oddity.ToString()!,
    };

    private static string Usually(ValueList<DutySource> sources) => sources.Count == 0 ? "nobody" : string.Join(" or ", sources);

    private static string Show(Instant instant, DateTimeZone zone) => Shown.Format(instant.InZone(zone));

    /// <summary><c>00:00 to 08:00</c>, <c>18:00 to 24:00</c>, <c>all day</c>.</summary>
    private static string Clock(DutyStay stay, RehearsedDay day)
    {
        var (start, end) = (stay.Start.InZone(day.Rota.Zone), stay.End.InZone(day.Rota.Zone));
        return start.TimeOfDay == LocalTime.Midnight && end.Date > day.Occasion.Date
            ? "all day"
            : $"{start.ToString("HH':'mm", CultureInfo.InvariantCulture)} to {(end.Date > day.Occasion.Date ? "24:00" : end.ToString("HH':'mm", CultureInfo.InvariantCulture))}";
    }

    /// <summary><c>11 h</c>, <c>30 min</c>, <c>167 h 30 min</c>.</summary>
    private static string Hours(Duration length)
    {
        var (hours, minutes) = Math.DivRem((int)length.TotalMinutes, 60);
        return hours == 0 ? $"{minutes} min" : minutes == 0 ? $"{hours} h" : $"{hours} h {minutes} min";
    }
}
