using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a list of dated shifts puts on duty.</summary>
internal sealed class DatedTimes(DatedShifts dated, LayerMembers members) : LayerTimes
{
    private readonly StretchIndex<LayerPlace> _shifts = new(dated.Shifts.Select((shift, index) =>
        (shift.Start, shift.End, new LayerPlace(members[shift.Adviser], new DutyReason.FromList(members.Layer, index + 1)))));

    public override LayerCursor Begin(LocalTimes.Near wall) => new Cursor(_shifts);

    private sealed class Cursor(StretchIndex<LayerPlace> shifts) : LayerCursor
    {
        protected override LayerPlace[] Seek(Instant at, ref Steady steady)
        {
            var places = new List<LayerPlace>();
            shifts.At(at, places, ref steady);
            return [.. places];
        }
    }
}
