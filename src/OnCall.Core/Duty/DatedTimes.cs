using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a list of dated shifts puts on duty.</summary>
internal sealed class DatedTimes(DatedShifts dated, DutySource.FromLayer layer) : LayerTimes
{
    private readonly StretchIndex<LayerPlace> _shifts = new(dated.Shifts.Select((shift, index) =>
        (shift.Start, shift.End, new LayerPlace(shift.Adviser, new DutyReason.FromList(layer, index + 1)))));

    public override IReadOnlyList<LayerPlace> At(Instant at, ref Steady steady)
    {
        var places = new List<LayerPlace>();
        _shifts.At(at, places, ref steady);
        return places;
    }
}
