using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>Which duty in a rota is work, and which is being on call at home.</summary>
/// <remarks>
/// A document does not say where people are while on duty. Shifts of a pattern are taken for work, unless they are longer than anybody
/// works; turns and dated lists are taken for being on call at home, which counts only when called (Working Time Regulations 1998; HSE OC 1/6, appendix 4).
/// An override counts as the place that it takes; one that takes none, as its rota does.
/// </remarks>
internal sealed class WorkingTime(Rota rota)
{
    /// <summary>Longer shifts on the wall clock are taken for being on call.</summary>
    private static readonly Duration LongestShift = Duration.FromHours(16);

    private readonly bool _hasShifts = rota.Layers.Any(layer => layer.Duty is ShiftPattern pattern && pattern.Shifts.Any(IsWork));

    public bool Counts(DutyReason reason) => reason switch
    {
        DutyReason.FromShift shift => IsWork(shift.Shift),
        DutyReason.FromOverride { Below: { } below } => Counts(below),
        DutyReason.FromOverride { Change.Override: var change } => _hasShifts && change.End - change.Start <= LongestShift,
        _ => false,
    };

    private static bool IsWork(PatternShift shift)
    {
        var length = Duration.FromTicks(shift.To.TickOfDay - shift.From.TickOfDay);
        return (length > Duration.Zero ? length : length + Duration.FromDays(1)) <= LongestShift;
    }
}
