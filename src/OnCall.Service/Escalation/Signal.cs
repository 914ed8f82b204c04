namespace OnCall.Service.Escalation;

/// <summary>Wakes the one loop that waits for it. A signal that comes while the loop works is kept: the loop's next wait ends at once.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _set = Fresh();

    public void Set() => Volatile.Read(ref _set).TrySetResult();

    /// <summary>Ends with the signal, or after <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Volatile.Read(ref _set).Task, Task.Delay(most, time, enough.Token));
        await enough.CancelAsync();
        stop.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _set).Task.IsCompleted)
        {
            Interlocked.Exchange(ref _set, Fresh());
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
