using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A layer inside its from and until, and inside its windows.</summary>
internal sealed class LimitedTimes(Layer layer, DateTimeZone zone, LayerTimes duty) : LayerTimes
{
    private readonly WindowTimes? _windows = layer.Only.Count == 0 ? null : new WindowTimes(layer.Only, zone);

    public override LayerCursor Begin(LocalTimes.Near wall) => new Cursor(layer, _windows?.Begin(wall), duty.Begin(wall));

    private sealed class Cursor(Layer layer, DayStretches<bool>? windows, LayerCursor duty) : LayerCursor
    {
        private readonly List<bool> _holding = [];

        protected override LayerPlace[] Seek(Instant at, ref Steady steady)
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
            if (windows is not null)
            {
                windows.MoveTo(at, _holding, ref steady);
                if (_holding.Count == 0)
                {
                    return [];
                }
            }

            duty.MoveTo(at);
            steady.Until(duty.Steady);
            return duty.Places;
        }
    }
}
