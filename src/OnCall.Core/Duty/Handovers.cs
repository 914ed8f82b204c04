using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>The turns of a rotation: turn k covers [<see cref="StartOf"/>(k), <see cref="StartOf"/>(k + 1)).</summary>
/// <remarks>
/// A turn's start is computed on the wall clock from the written start, then resolved; never from the turn before. So P1D from
/// 01:30 hands over at 02:00 on London's spring day and at 01:30 on the day after; P1M from the 31st comes back to the 31st.
/// Elapsed turns count from the resolved start.
/// </remarks>
public sealed class Handovers(Rotation rotation, DateTimeZone zone)
{
    private readonly Instant _first = rotation.StartOffset is { } offset
        ? rotation.Start.WithOffset(offset).ToInstant()
        : LocalTimes.Resolve(rotation.Start, zone);

    /// <summary>Where a turn starts, inclusive; the end of the turn before, exclusive.</summary>
    /// <param name="turn">Counted from 0.</param>
    public Instant StartOf(int turn) => turn == 0 ? _first : rotation.Turn switch
    {
        Turn.Elapsed elapsed => _first + (elapsed.Length * (long)turn),
        Turn.Days days => LocalTimes.Resolve(rotation.Start.PlusDays(turn * days.Count), zone),
        Turn.Months months => LocalTimes.Resolve(rotation.Start.PlusMonths(turn * months.Count), zone),
        var other => throw new InvalidOperationException($"A turn of an unknown kind: {other}"),
    };

    /// <summary>The turn under way at an instant; null before the first.</summary>
    public int? TurnAt(Instant at)
    {
        if (at < _first)
        {
            return null;
        }

        // The guess is on the calendar; clock changes and short months put it off by one or two.
        var turn = Math.Max(0, Guess(at));
        while (StartOf(turn) > at)
        {
            turn--;
        }

        while (StartOf(turn + 1) <= at)
        {
            turn++;
        }

        return turn;
    }

    private int Guess(Instant at)
    {
        if (rotation.Turn is Turn.Elapsed elapsed)
        {
            return (int)((at - _first).BclCompatibleTicks / elapsed.Length.BclCompatibleTicks);
        }

        var today = at.InZone(zone).Date;
        var start = rotation.Start.Date;
        return rotation.Turn is Turn.Days days
            ? Period.DaysBetween(start, today) / days.Count
            : (((today.Year - start.Year) * 12) + today.Month - start.Month) / ((Turn.Months)rotation.Turn).Count;
    }
}
