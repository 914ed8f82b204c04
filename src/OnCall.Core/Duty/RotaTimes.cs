using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A rota made ready for questions; it may be asked by many at once.</summary>
internal sealed class RotaTimes(Rota rota, AwayTimes away)
{
    public Rota Rota => rota;

    public IReadOnlyList<LayerTimes> LayersLastFirst { get; } = [.. rota.Layers.Reverse().Select(layer => LayerTimes.Of(layer, rota.Zone, away))];

    public StretchIndex<DutySource.FromOverride> Overrides { get; } = new(
        rota.Overrides.Select((change, index) => (change.Start, change.End, new DutySource.FromOverride(index + 1, change))));

    /// <summary>A walk through the rota, from any instant on.</summary>
    public DutySweep Begin() => new(this);
}
