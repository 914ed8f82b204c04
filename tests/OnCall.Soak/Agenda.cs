using NodaTime;

namespace OnCall.Soak;

/// <summary>What happens when: the clock of a world jumps from one thing to the next, and what happens at one instant happens in the order in which it was put down.</summary>
internal sealed class Agenda(Instant start)
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _queue = new();
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
}
