using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a rotation puts on duty.</summary>
internal sealed class RotationTimes(Rotation rotation, DateTimeZone zone, DutySource.FromLayer layer) : LayerTimes
{
    private readonly Handovers _handovers = new(rotation, zone);
    private readonly ValueList<string> _advisers = rotation.Advisers;
    private readonly bool _isOneAdviser = rotation.Advisers.All(adviser => adviser == rotation.Advisers[0]);

    public override IReadOnlyList<LayerPlace> At(Instant at, ref Steady steady)
    {
        if (_handovers.TurnAt(at) is not { } turn)
        {
            steady.Until(_handovers.StartOf(0));
            return [];
        }

        var adviser = _advisers[turn % _advisers.Count];
        steady.ReasonsUntil(_handovers.StartOf(turn + 1));
        if (!_isOneAdviser)
        {
            steady.Until(_handovers.StartOf(NextOfAnother(turn, adviser)));
        }

        return [new LayerPlace(adviser, new DutyReason.FromTurn(layer, turn + 1, adviser))];
    }

    /// <summary>Turns that follow each other with the same adviser are one stretch.</summary>
    private int NextOfAnother(int turn, string adviser)
    {
        do
        {
            turn++;
        }
        while (_advisers[turn % _advisers.Count] == adviser);
        return turn;
    }
}
