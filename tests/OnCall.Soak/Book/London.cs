using NodaTime;

namespace OnCall.Soak.Book;

/// <summary>London's clocks by the rule that is written in the law, without a table of zones: summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC each.</summary>
internal static class London
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    public static LocalDateTime Wall(Instant at) => at.InUtc().LocalDateTime.PlusHours(IsSummer(at) ? 1 : 0);

    /// <summary>The first instant at which the clocks show that time, or a later one.</summary>
    public static Instant First(LocalDateTime wall)
    {
        var asWinter = wall.InUtc().ToInstant();
        var asSummer = asWinter - Duration.FromHours(1);
        var (begins, ends) = Summer(wall.Year);
        return asWinter < begins ? asWinter : asSummer < begins ? begins : asSummer < ends ? asSummer : asWinter;
    }

    /// <summary>Begin and end of summer time.</summary>
    public static (Instant Begins, Instant Ends) Summer(int year) => (LastSunday(year, 3), LastSunday(year, 10));

    private static bool IsSummer(Instant at)
    {
        var (begins, ends) = Summer(at.InUtc().Year);
        return at >= begins && at < ends;
    }

    private static Instant LastSunday(int year, int month)
    {
        var last = new LocalDate(year, month, 31);
        return Instant.FromUtc(year, month, 31 - ((int)last.DayOfWeek % 7), 1, 0);
    }
}
