using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A layer inside its from and until, and inside its windows.</summary>
internal sealed class LimitedTimes(Layer layer, DateTimeZone zone, LayerTimes duty) : LayerTimes
{
    private readonly WindowTimes? _windows = layer.Only.Count == 0 ? null : new WindowTimes(layer.Only, zone);

    public override IReadOnlyList<LayerPlace> At(Instant at, ref Steady steady)
    {
        if (at < layer.From)
        {
            steady.Until(layer.From.Value);
            return [];
        }

        if (at >= layer.Until)
        {
            return [];
        }

        steady.Until(layer.Until ?? Instant.MaxValue);
        return _windows is null || _windows.HoldAt(at, ref steady) ? duty.At(at, ref steady) : [];
    }
}
