using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a layer alone puts on duty, as a function that is constant for stretches.</summary>
internal abstract class LayerTimes
{
    /// <summary>The advisers at an instant, and until when, at least, they stay the same.</summary>
    /// <param name="until">Lowered to the first instant after <paramref name="at"/> at which the answer may change; never raised.</param>
    public abstract IReadOnlyList<string> At(Instant at, ref Instant until);

    public static LayerTimes Of(Layer layer, DateTimeZone zone)
    {
        LayerTimes duty = layer.Duty switch
        {
            Rotation rotation => new RotationTimes(rotation, zone),
            ShiftPattern pattern => new PatternTimes(pattern, zone),
            DatedShifts dated => new DatedTimes(dated),
            var other => throw new InvalidOperationException($"A layer of an unknown kind: {other}"),
        };
        return layer is { From: null, Until: null, Only.Count: 0 } ? duty : new LimitedTimes(layer, zone, duty);
    }

    /// <summary>Inside from/until and the windows of the layer.</summary>
    private sealed class LimitedTimes(Layer layer, DateTimeZone zone, LayerTimes duty) : LayerTimes
    {
        private readonly WindowTimes? _windows = layer.Only.Count == 0 ? null : new WindowTimes(layer.Only, zone);

        public override IReadOnlyList<string> At(Instant at, ref Instant until)
        {
            if (at < layer.From)
            {
                until = Instant.Min(until, layer.From.Value);
                return [];
            }

            if (at >= layer.Until)
            {
                return [];
            }

            until = Instant.Min(until, layer.Until ?? Instant.MaxValue);
            return _windows is null || _windows.HoldAt(at, ref until) ? duty.At(at, ref until) : [];
        }
    }

    private sealed class RotationTimes(Rotation rotation, DateTimeZone zone) : LayerTimes
    {
        private readonly Handovers _handovers = new(rotation, zone);
        private readonly string[][] _turns = [.. rotation.Advisers.Select(adviser => new[] { adviser })];

        public override IReadOnlyList<string> At(Instant at, ref Instant until)
        {
            if (_handovers.TurnAt(at) is not { } turn)
            {
                until = Instant.Min(until, _handovers.StartOf(0));
                return [];
            }

            // Turns that follow each other with the same adviser are one stretch; of a list with one adviser, without end.
            var adviser = rotation.Advisers[turn % _turns.Length];
            var next = turn + 1;
            while (rotation.Advisers[next % _turns.Length] == adviser)
            {
                if (++next > turn + _turns.Length)
                {
                    return _turns[0];
                }
            }

            until = Instant.Min(until, _handovers.StartOf(next));
            return _turns[turn % _turns.Length];
        }
    }

    private sealed class DatedTimes(DatedShifts dated) : LayerTimes
    {
        private readonly StretchIndex<string> _shifts = new(dated.Shifts.Select(shift => (shift.Start, shift.End, shift.Adviser)));

        public override IReadOnlyList<string> At(Instant at, ref Instant until)
        {
            var advisers = new List<string>();
            _shifts.At(at, advisers, ref until);
            return advisers;
        }
    }
}
