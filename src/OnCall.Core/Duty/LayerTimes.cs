using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a layer alone puts on duty, as a function that is constant for stretches.</summary>
internal abstract class LayerTimes
{
    /// <summary>The advisers at an instant, and until when, at least, they stay the same.</summary>
    /// <param name="steady">Lowered to the first instant after <paramref name="at"/> at which the answer may change; never raised.</param>
    public abstract IReadOnlyList<LayerPlace> At(Instant at, ref Steady steady);

    public static LayerTimes Of(Layer layer, DateTimeZone zone)
    {
        var source = new DutySource.FromLayer(layer.Name);
        LayerTimes duty = layer.Duty switch
        {
            Rotation rotation => new RotationTimes(rotation, zone, source),
            ShiftPattern pattern => new PatternTimes(pattern, zone, source),
            DatedShifts dated => new DatedTimes(dated, source),
            var other => throw new InvalidOperationException($"A layer of an unknown kind: {other}"),
        };
        return layer is { From: null, Until: null, Only.Count: 0 } ? duty : new LimitedTimes(layer, zone, duty);
    }
}
