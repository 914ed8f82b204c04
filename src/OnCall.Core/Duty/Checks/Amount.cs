using System.Globalization;
using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>Lengths of time as people say them.</summary>
internal static class Amount
{
    private const int HoursInWhichNobodyCounts = 72;

    /// <summary><c>30 min</c>, <c>8 h</c>, <c>7 h 30 min</c>, <c>9.5 days</c>; rounded down to whole minutes, or to the nearest tenth of a day.</summary>
    public static string Of(Duration length)
    {
        if (length.TotalHours >= HoursInWhichNobodyCounts)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} days");
        }

        var (hours, minutes) = Math.DivRem((int)length.TotalMinutes, 60);
        return hours == 0 ? $"{minutes} min" : minutes == 0 ? $"{hours} h" : $"{hours} h {minutes} min";
    }
}
