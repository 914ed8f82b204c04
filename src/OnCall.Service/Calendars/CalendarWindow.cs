using NodaTime;

namespace OnCall.Service.Calendars;

/// <summary>
/// What a calendar shows: at least from 31 days back to 400 days ahead. It moves month by month, so that what has not changed is the same event from one
/// reading to the next.
/// </summary>
/// <param name="LooksFrom">From where duty is computed, inclusive: a duty that began earlier is shown from here.</param>
/// <param name="From">Duty that ended before is left out.</param>
/// <param name="To">To where duty is computed, exclusive.</param>
internal sealed record CalendarWindow(Instant LooksFrom, Instant From, Instant To)
{
    private static readonly Duration Back = Duration.FromDays(31);
    private static readonly Duration Ahead = Duration.FromDays(400);

    public static CalendarWindow At(Instant now)
    {
        var first = (now - Back).InUtc().Date;
        var last = (now + Ahead).InUtc().Date;
        return new CalendarWindow(
            Start(new LocalDate(first.Year - 1, 1, 1)),
            Start(new LocalDate(first.Year, first.Month, 1)),
            Start(new LocalDate(last.Year, last.Month, 1).PlusMonths(1)));
    }

    private static Instant Start(LocalDate date) => date.AtMidnight().InUtc().ToInstant();
}
