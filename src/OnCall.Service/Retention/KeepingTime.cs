using NodaTime;
using NodaTime.Text;

namespace OnCall.Service.Retention;

/// <summary>How long people's words are kept.</summary>
internal sealed record KeepingTime
{
    private static readonly KeepingTime Least = new(Period.FromDays(1));
    private static readonly KeepingTime Most = new(Period.FromYears(10));

    private readonly Period _period;

    private KeepingTime(Period period) => _period = period;

    /// <summary>Ninety days.</summary>
    public static KeepingTime Usual { get; } = new(Period.FromDays(90));

    /// <summary>Reads an ISO 8601 period of years, months, weeks and days, from a day to ten years: <c>P90D</c>.</summary>
    /// <returns>Null = it is none.</returns>
    public static KeepingTime? Parse(string text)
    {
        // No part of it alone may be longer than ten years: the calendar ends somewhere.
        if (PeriodPattern.Roundtrip.Parse(text) is not { Success: true, Value: { HasTimeComponent: false, Years: >= 0 and <= 10, Months: >= 0 and <= 120, Weeks: >= 0 and <= 522, Days: >= 0 and <= 3653 } period })
        {
            return null;
        }

        // Months differ: on the day on which all of them are counted, each period is one number of days.
        var (time, then) = (new KeepingTime(period), Instant.FromUtc(2020, 1, 1, 0, 0));
        return time.Before(then) <= Least.Before(then) && time.Before(then) >= Most.Before(then) ? time : null;
    }

    /// <summary>What is older than this, at an instant, was kept long enough. Counted by the calendar, in UTC.</summary>
    public Instant Before(Instant now) => (now.InUtc().LocalDateTime - _period).InUtc().ToInstant();

    public override string ToString() => _period.ToString();
}
