using NodaTime;
using NodaTime.Text;
using OnCall.Core.People;

namespace OnCall.Core.Schedule;

/// <summary>Times as people read them in a text.</summary>
internal static class WallClock
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary><c>Mon 30 Nov 09:00</c>.</summary>
    public static string Show(Instant at, DateTimeZone zone, Language to) => Show(at.InZone(zone).LocalDateTime, to);

    /// <summary><c>Sat 28 Nov 09:00-21:00</c>, or <c>Sat 28 Nov 09:00-Mon 30 Nov 09:00</c>.</summary>
    public static string Show(Instant start, Instant end, DateTimeZone zone, Language to)
    {
        var (from, until) = (start.InZone(zone).LocalDateTime, end.InZone(zone).LocalDateTime);
        return $"{Show(from, to)}-{(from.Date == until.Date ? Time.Format(until.TimeOfDay) : Show(until, to))}";
    }

    private static string Show(LocalDateTime at, Language to) => $"{Phrases.Day(to, at.Date)} {Time.Format(at.TimeOfDay)}";
}
