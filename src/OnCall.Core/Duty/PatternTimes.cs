using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a cyclic shift pattern puts on duty.</summary>
internal sealed class PatternTimes(ShiftPattern pattern, DateTimeZone zone, DutySource.FromLayer layer) : LayerTimes
{
    private readonly (PatternShift Shift, DutyReason Reason)[] _shifts =
        [.. pattern.Shifts.Select(shift => (shift, (DutyReason)new DutyReason.FromShift(layer, shift)))];

    public override IReadOnlyList<LayerPlace> At(Instant at, ref Steady steady)
    {
        var today = at.InZone(zone).Date;
        var onDuty = new List<LayerPlace>();
        foreach (var date in DaysAround.Of(today))
        {
            foreach (var (shift, reason) in _shifts)
            {
                AddTeams(shift, reason, date, at, onDuty, ref steady);
            }
        }

        steady.Until(DaysAround.KnownUntil(today, zone));
        return onDuty;
    }

    private void AddTeams(PatternShift shift, DutyReason reason, LocalDate date, Instant at, List<LayerPlace> onDuty, ref Steady steady)
    {
        (Instant Start, Instant End)? stretch = null;
        foreach (var team in pattern.Teams)
        {
            if (pattern.CodeOn(date, team) != shift.Code)
            {
                continue;
            }

            stretch ??= LocalTimes.Stretch(date, shift.From, shift.To, zone);
            if (DaysAround.Holds(stretch.Value, at, ref steady))
            {
                onDuty.AddRange(team.Advisers.Select(adviser => new LayerPlace(adviser, reason)));
            }
        }
    }
}
