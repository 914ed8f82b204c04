using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who a rotation puts on duty.</summary>
internal sealed class RotationTimes(Rotation rotation, DateTimeZone zone, LayerMembers members) : LayerTimes
{
    private readonly DutySource.FromLayer _layer = members.Layer;
    private readonly Handovers _handovers = new(rotation, zone);
    private readonly LayerMember[] _members = [.. rotation.Advisers.Select(adviser => members[adviser])];
    private readonly bool _isOneAdviser = rotation.Advisers.All(adviser => adviser == rotation.Advisers[0]);

    public override LayerCursor Begin(LocalTimes.Near wall) => new Cursor(this, wall);

    private LayerMember MemberOf(int turn) => _members[turn % _members.Length];

    private sealed class Cursor(RotationTimes times, LocalTimes.Near wall) : LayerCursor
    {
        private const int FewTurns = 4;

        private int _turn;
        private Instant _end = Instant.MinValue;

        protected override LayerPlace[] Seek(Instant at, ref Steady steady)
        {
            if (!FindTurn(at))
            {
                steady.Until(times._handovers.StartOf(0));
                return [];
            }

            var member = times.MemberOf(_turn);
            steady.ReasonsUntil(_end);
            if (!times._isOneAdviser)
            {
                steady.Until(EndOfTurnsOf(member));
            }

            return [new LayerPlace(member, new DutyReason.FromTurn(times._layer, _turn + 1, member.Id))];
        }

        /// <summary>A few turns further on, which is nearly always the case, or anywhere; false before the first turn.</summary>
        private bool FindTurn(Instant at)
        {
            for (var steps = 0; steps < FewTurns && _end > Instant.MinValue && _end <= at; steps++)
            {
                _turn++;
                _end = times._handovers.StartOf(_turn + 1, wall);
            }

            if (_end > at)
            {
                return true;
            }

            if (times._handovers.TurnAt(at) is not { } turn)
            {
                return false;
            }

            _turn = turn;
            _end = times._handovers.StartOf(_turn + 1, wall);
            return true;
        }

        /// <summary>Turns that follow each other with the same adviser are one stretch.</summary>
        private Instant EndOfTurnsOf(LayerMember member)
        {
            var next = _turn + 1;
            while (times.MemberOf(next) == member)
            {
                next++;
            }

            return next == _turn + 1 ? _end : times._handovers.StartOf(next, wall);
        }
    }
}
