using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a cyclic shift pattern puts on duty.</summary>
internal sealed class PatternTimes : LayerTimes
{
    private readonly ShiftPattern _pattern;
    private readonly DateTimeZone _zone;

    /// <summary>By team, then by day of the cycle: the shift and who works it; null = off.</summary>
    private readonly (PatternShift Shift, LayerPlace[] Places)?[][] _work;

    public PatternTimes(ShiftPattern pattern, DateTimeZone zone, LayerMembers members)
    {
        (_pattern, _zone) = (pattern, zone);
        var shifts = pattern.Shifts.ToDictionary(shift => shift.Code, shift => (Shift: shift, Reason: new DutyReason.FromShift(members.Layer, shift)));
        _work =
        [
            .. pattern.Teams.Select(team => shifts.ToDictionary(
                    shift => shift.Key, shift => (shift.Value.Shift, team.Advisers.Select(adviser => new LayerPlace(members[adviser], shift.Value.Reason)).ToArray())))
                .Select(team => pattern.Cycle.Select(code => code is null ? null : ((PatternShift, LayerPlace[])?)team[code]).ToArray()),
        ];
    }

    public override LayerCursor Begin(LocalTimes.Near wall) =>
        new Cursor(new DayStretches<LayerPlace[]>(_zone, wall, (date, stretches) => AddDay(date, stretches, wall)));

    private void AddDay(LocalDate date, DayStretches<LayerPlace[]>.Known stretches, LocalTimes.Near wall)
    {
        if (date < _pattern.Start)
        {
            return;
        }

        var day = Period.DaysBetween(_pattern.Start, date);
        for (var team = 0; team < _work.Length; team++)
        {
            var place = (day + (long)_pattern.Teams[team].Offset) % _pattern.Cycle.Count;
            if (_work[team][place < 0 ? place + _pattern.Cycle.Count : place] is { } work)
            {
                stretches.Add(wall.Stretch(date, work.Shift.From, work.Shift.To), work.Places);
            }
        }
    }

    private sealed class Cursor(DayStretches<LayerPlace[]> days) : LayerCursor
    {
        private readonly List<LayerPlace[]> _holding = [];

        protected override LayerPlace[] Seek(Instant at, ref Steady steady)
        {
            days.MoveTo(at, _holding, ref steady);
            return _holding.Count switch
            {
                0 => [],
                1 => _holding[0],
                _ => [.. _holding.SelectMany(places => places)],
            };
        }
    }
}
