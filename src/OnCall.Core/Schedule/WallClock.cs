using NodaTime;
using NodaTime.Text;

namespace OnCall.Core.Schedule;

/// <summary>Times as people read them in a text.</summary>
internal static class WallClock
{
    private static readonly LocalDateTimePattern DayAndTime = LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH':'mm");
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary><c>Mon 30 Nov 09:00</c>.</summary>
    public static string Show(Instant at, DateTimeZone zone) => DayAndTime.Format(at.InZone(zone).LocalDateTime);

    /// <summary><c>Sat 28 Nov 09:00-21:00</c>, or <c>Sat 28 Nov 09:00-Mon 30 Nov 09:00</c>.</summary>
    public static string Show(Instant start, Instant end, DateTimeZone zone)
    {
        var (from, to) = (start.InZone(zone).LocalDateTime, end.InZone(zone).LocalDateTime);
        return $"{DayAndTime.Format(from)}-{(from.Date == to.Date ? Time.Format(to.TimeOfDay) : DayAndTime.Format(to))}";
    }
}
