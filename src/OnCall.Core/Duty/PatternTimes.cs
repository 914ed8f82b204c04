using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a cyclic shift pattern puts on duty.</summary>
internal sealed class PatternTimes(ShiftPattern pattern, DateTimeZone zone) : LayerTimes
{
    public override IReadOnlyList<string> At(Instant at, ref Instant until)
    {
        var today = at.InZone(zone).Date;
        var onDuty = new List<string>();
        foreach (var date in DaysAround.Of(today))
        {
            foreach (var shift in pattern.Shifts)
            {
                AddTeams(shift, date, at, onDuty, ref until);
            }
        }

        until = Instant.Min(until, DaysAround.KnownUntil(today, zone));
        return onDuty;
    }

    private void AddTeams(PatternShift shift, LocalDate date, Instant at, List<string> onDuty, ref Instant until)
    {
        (Instant Start, Instant End)? stretch = null;
        foreach (var team in pattern.Teams)
        {
            if (pattern.CodeOn(date, team) != shift.Code)
            {
                continue;
            }

            stretch ??= LocalTimes.Stretch(date, shift.From, shift.To, zone);
            if (DaysAround.Holds(stretch.Value, at, ref until))
            {
                onDuty.AddRange(team.Advisers);
            }
        }
    }
}
