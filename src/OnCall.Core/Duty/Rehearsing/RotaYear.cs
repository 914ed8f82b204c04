using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Rehearsing;

/// <summary>A rota's duty in a year and some weeks around it, by local days.</summary>
internal sealed class RotaYear
{
    /// <summary>Enough for turns of a month, and for the same weekday before and after the holidays about New Year.</summary>
    private const int DaysAround = 45;

    private readonly Instant _from;
    private readonly Instant _to;
    private readonly ValueList<DutyStay> _stays;
    private readonly ValueList<DutyGap> _gaps;

    public RotaYear(RotaBook book, Rota rota, int year)
    {
        Zone = rota.Zone;
        _from = LocalTimes.StartOfDay(new LocalDate(year, 1, 1).PlusDays(-DaysAround), Zone);
        _to = LocalTimes.StartOfDay(new LocalDate(year + 1, 1, 1).PlusDays(DaysAround), Zone);
        _stays = DutyTimeline.Why(book, rota, _from, _to);
        _gaps = DutyTimeline.Between(book, rota, _from, _to).Gaps;
    }

    public DateTimeZone Zone { get; }

    /// <summary>What overlaps a stretch, from its own start to its own end.</summary>
    public IEnumerable<DutyStay> StaysIn(Instant from, Instant to) => _stays.Where(stay => stay.Start < to && stay.End > from);

    /// <summary>Whether a stay begins and ends in what is known.</summary>
    public bool IsWhole(DutyStay stay) => stay.Start > _from && stay.End < _to;

    /// <summary>The same, cut at the ends of a local day.</summary>
    public ValueList<DutyStay> StaysOn(LocalDate day)
    {
        var (start, end) = Ends(day);
        return StaysIn(start, end).Select(stay => stay with { Start = Instant.Max(stay.Start, start), End = Instant.Min(stay.End, end) }).ToValueList();
    }

    public IEnumerable<DutyGap> GapsOn(LocalDate day)
    {
        var (start, end) = Ends(day);
        return _gaps.Where(gap => gap.Start < end && gap.End > start).Select(gap => gap with { Start = Instant.Max(gap.Start, start), End = Instant.Min(gap.End, end) });
    }

    /// <summary>The layers and overrides that put somebody on duty at a time of a local day.</summary>
    public ValueList<DutySource> SourcesAt(LocalDate day, LocalTime time)
    {
        var at = LocalTimes.Resolve(day.At(time), Zone);
        return StaysIn(at, at + Duration.Epsilon).Select(stay => stay.Reason.Source).Distinct().ToValueList();
    }

    public int MissingAt(LocalDate day, LocalTime time)
    {
        var at = LocalTimes.Resolve(day.At(time), Zone);
        return _gaps.FirstOrDefault(gap => gap.Start <= at && at < gap.End)?.Missing ?? 0;
    }

    private (Instant Start, Instant End) Ends(LocalDate day) => (LocalTimes.StartOfDay(day, Zone), LocalTimes.StartOfDay(day.PlusDays(1), Zone));
}
