using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>The windows of a layer: it counts inside any of them.</summary>
internal sealed class WindowTimes(ValueList<DutyWindow> windows, DateTimeZone zone)
{
    /// <summary>Whether one holds, and until when, at least, the answer stays the same.</summary>
    public bool HoldAt(Instant at, ref Steady steady)
    {
        var today = at.InZone(zone).Date;
        var holds = false;
        foreach (var date in DaysAround.Of(today))
        {
            foreach (var window in windows)
            {
                if (window.Days.Contains(date.DayOfWeek))
                {
                    holds |= DaysAround.Holds(LocalTimes.Stretch(date, window.From, window.To, zone), at, ref steady);
                }
            }
        }

        steady.Until(DaysAround.KnownUntil(today, zone));
        return holds;
    }
}
