namespace OnCall.Simulator.Timing;

/// <summary>Lets things start no faster than so many per second, in order of arrival; the surplus waits. Things that are no longer wanted take no turn.</summary>
internal sealed class RateQueue<T>(EventLoop loop, double perSecond, Predicate<T> stillWanted, Action<T> start)
{
    private readonly TimeSpan interval = double.IsPositiveInfinity(perSecond) ? TimeSpan.Zero : TimeSpan.FromSeconds(1 / perSecond);
    private readonly Queue<(T Item, int Turns)> waiting = new();
    private DateTimeOffset nextTurn = DateTimeOffset.MinValue;
    private Deadline? pump;

    /// <summary>Adds a thing that takes <paramref name="turns"/> turns of the rate.</summary>
    public void Add(T item, int turns = 1)
    {
        waiting.Enqueue((item, turns));
        if (pump is null)
        {
            Pump();
        }
    }

    private void Pump()
    {
        pump = null;
        while (waiting.TryPeek(out var first))
        {
            if (stillWanted(first.Item) && nextTurn > loop.Now)
            {
                pump = loop.At(nextTurn, Pump);
                return;
            }

            waiting.Dequeue();
            if (stillWanted(first.Item))
            {
                nextTurn = loop.Now + (interval * first.Turns);
                start(first.Item);
            }
        }
    }
}
