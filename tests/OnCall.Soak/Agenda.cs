using NodaTime;

namespace OnCall.Soak;

/// <summary>What happens when: the clock of a world jumps from one thing to the next, and what happens at one instant happens in the order in which it was put down.</summary>
internal sealed class Agenda(Instant start)
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _queue = new(new InOrder());
    private long _order;

    public Instant Now { get; private set; } = start;

    public void At(Instant when, Action what) => _queue.Enqueue(what, (Instant.Max(when, Now).ToUnixTimeTicks(), ++_order));

    public void After(Duration wait, Action what) => At(Now + wait, what);

    /// <summary>Does the next thing.</summary>
    /// <returns>False = nothing is left to do before <paramref name="end"/>, and it is that late now.</returns>
    public bool DoNext(Instant end)
    {
        if (!_queue.TryPeek(out var what, out var at) || at.Ticks >= end.ToUnixTimeTicks())
        {
            Now = Instant.Max(Now, end);
            return false;
        }

        _queue.Dequeue();
        Now = Instant.FromUnixTimeTicks(at.Ticks);
        what();
        return true;
    }

    /// <summary>The same as by default, at half the price.</summary>
    private sealed class InOrder : IComparer<(long Ticks, long Order)>
    {
        public int Compare((long Ticks, long Order) x, (long Ticks, long Order) y) => x.Ticks != y.Ticks ? x.Ticks.CompareTo(y.Ticks) : x.Order.CompareTo(y.Order);
    }
}
