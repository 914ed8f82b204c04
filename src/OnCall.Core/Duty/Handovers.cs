using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>The turns of a rotation: turn k covers [<see cref="StartOf(int)"/>(k), <see cref="StartOf(int)"/>(k + 1)).</summary>
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
    public Instant StartOf(int turn) => StartOnTheWall(turn) is { } local ? LocalTimes.Resolve(local, zone) : StartInElapsedTime(turn);

    /// <param name="wall">Of a walk that asks for turns near each other.</param>
    internal Instant StartOf(int turn, LocalTimes.Near wall) => StartOnTheWall(turn) is { } local ? wall.Resolve(local) : StartInElapsedTime(turn);

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

    /// <summary>Where a turn starts on the wall clock; null where that is not what counts.</summary>
    private LocalDateTime? StartOnTheWall(int turn) => rotation.Turn switch
    {
        _ when turn == 0 => null,
        Turn.Days days => rotation.Start.PlusDays(turn * days.Count),
        Turn.Months months => rotation.Start.PlusMonths(turn * months.Count),
        _ => null,
    };

    private Instant StartInElapsedTime(int turn) => rotation.Turn is Turn.Elapsed elapsed ? _first + (elapsed.Length * (long)turn) : _first;

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
