using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>The windows of a layer: it counts inside any of them.</summary>
internal sealed class WindowTimes(ValueList<DutyWindow> windows, DateTimeZone zone)
{
    /// <summary>The windows that begin on each day of the week, Monday first.</summary>
    private readonly DutyWindow[][] _byDay = [.. DutyWindow.EveryDay.Select(day => windows.Where(window => window.Days.Contains(day)).ToArray())];

    public DayStretches<bool> Begin(LocalTimes.Near wall) => new(zone, wall, (date, stretches) =>
    {
        foreach (var window in _byDay[(int)date.DayOfWeek - 1])
        {
            stretches.Add(wall.Stretch(date, window.From, window.To), true);
        }
    });
}
