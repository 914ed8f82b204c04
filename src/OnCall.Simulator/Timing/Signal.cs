namespace OnCall.Simulator.Timing;

/// <summary>
/// Something that happens once, and who waits for it inside the loop. Whoever waits goes on through the loop's own queue, never by way of another thread:
/// between the two nothing would be in flight, and the simulator would look quiet while it is not.
/// </summary>
internal sealed class Signal<T>
{
    private readonly List<TaskCompletionSource<T>> waiting = [];
    private T? outcome;

    public bool IsSet { get; private set; }

    /// <summary>False if it was set before; the first outcome stays.</summary>
    public bool Set(T value)
    {
        if (IsSet)
        {
            return false;
        }

        (IsSet, outcome) = (true, value);
        waiting.ForEach(w => w.TrySetResult(value));
        return true;
    }

    public async Task<T> WaitAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsSet)
        {
            return outcome!;
        }

        var mine = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(mine);
        using var registration = cancellation.Register(() => mine.TrySetCanceled(cancellation));
        return await mine.Task;
    }
}
