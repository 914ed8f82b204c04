using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A layer made ready for questions; it may be asked by many at once.</summary>
internal abstract class LayerTimes
{
    /// <summary>A walk through the layer, from any instant on.</summary>
    /// <param name="wall">Of the walk's own.</param>
    public abstract LayerCursor Begin(LocalTimes.Near wall);

    public static LayerTimes Of(Layer layer, DateTimeZone zone, AwayTimes away)
    {
        var members = new LayerMembers(new DutySource.FromLayer(layer.Name), away);
        LayerTimes duty = layer.Duty switch
        {
            Rotation rotation => new RotationTimes(rotation, zone, members),
            ShiftPattern pattern => new PatternTimes(pattern, zone, members),
            DatedShifts dated => new DatedTimes(dated, members),
            var other => throw new InvalidOperationException($"A layer of an unknown kind: {other}"),
        };
        return layer is { From: null, Until: null, Only.Count: 0 } ? duty : new LimitedTimes(layer, zone, duty);
    }
}
