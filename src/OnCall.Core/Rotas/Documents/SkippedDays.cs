using System.Globalization;
using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>The days of a layer on which clocks go forward, for windows and shifts that lie inside what is skipped.</summary>
internal sealed class SkippedDays
{
    /// <summary>How far from the start of a layer clock changes are looked for: the skip is on each day of the week in that time.</summary>
    private static readonly Duration LookAhead = Duration.FromDays(8 * 366);

    private readonly DateTimeZone _zone;
    private readonly List<LocalDate> _days;

    public SkippedDays(Layer layer, DateTimeZone zone)
    {
        _zone = zone;
        var start = layer.From ?? layer.Duty switch
        {
            Rotation rotation => LocalTimes.Resolve(rotation.Start, zone),
            ShiftPattern pattern => LocalTimes.StartOfDay(pattern.Start, zone),
            DatedShifts dated => dated.Shifts.Select(shift => shift.Start).DefaultIfEmpty().Min(),
            _ => Instant.MinValue,
        };
        var end = Instant.Min(layer.Until ?? Instant.MaxValue, start + LookAhead);
        var intervals = end > start ? zone.GetZoneIntervals(start, end).ToList() : [];
        _days =
        [
            .. intervals.Zip(intervals.Skip(1))
                .Where(pair => pair.Second.WallOffset > pair.First.WallOffset)
                .SelectMany(pair => DaysOf(pair.First.IsoLocalEnd.Date, pair.Second.IsoLocalStart.Date)),
        ];
    }

    /// <summary>Warns of the first day on which a stretch that would begin then is skipped as a whole.</summary>
    public void WarnOf(Spot spot, string what, LocalTime from, LocalTime to, Func<LocalDate, bool> begins)
    {
        foreach (var day in _days.Where(begins))
        {
            var (start, end) = LocalTimes.Stretch(day, from, to, _zone);
            if (start == end)
            {
                var date = day.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
                spot.Warn($"the {what} {WrittenTime.Write(from)} to {WrittenTime.Write(to)} is empty on {date}, and whenever the clocks skip it.");
                return;
            }
        }
    }

    /// <summary>From the day before a skip to its last: where a stretch of at most a day may begin that lies inside it.</summary>
    private static IEnumerable<LocalDate> DaysOf(LocalDate first, LocalDate last)
    {
        for (var day = first.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            yield return day;
        }
    }
}
