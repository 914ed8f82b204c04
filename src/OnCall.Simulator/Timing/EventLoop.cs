using System.Collections.Concurrent;

namespace OnCall.Simulator.Timing;

/// <summary>
/// Everything that the simulator does happens here, one step after another, on the injected clock. Code that awaits inside the loop comes back into it,
/// so the state of calls, rooms and queues needs no other lock. When the clock leaps, everything due in between runs in the order of its due times,
/// each seeing its own due time as <see cref="Now"/>.
/// </summary>
internal sealed class EventLoop : SynchronizationContext, IDisposable
{
    private readonly TimeProvider time;
    private readonly Action<Exception> onFault;
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Step, object? State)> ready = new();
    private readonly Agenda agenda;
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int inFlight;
    private bool isScheduled;
    private bool isDraining;
    private bool hasChanged;
    private bool isDisposed;

    /// <param name="time">The only clock.</param>
    /// <param name="onFault">Told of what escapes a step: a fault of the simulator itself.</param>
    public EventLoop(TimeProvider time, Action<Exception> onFault)
    {
        this.time = time;
        this.onFault = onFault;
        Now = time.GetUtcNow();
        agenda = new Agenda(time, Ring);
    }

    /// <summary>Raised outside the loop, after anything happened in it.</summary>
    public event EventHandler? Changed;

    /// <summary>The time of the step that is running.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Steps not yet run plus network operations under way: 0 means that nothing more happens before <see cref="NextDeadline"/>.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Completed at the next change.</summary>
    public Task NextChange => Volatile.Read(ref change).Task;

    /// <summary>The earliest moment at which something will happen by itself.</summary>
    public DateTimeOffset? NextDeadline => Read(() => agenda.EarliestDue);

    /// <summary>Asks something inside the loop, after all that is due.</summary>
    public T Read<T>(Func<T> question) => Enter(question, changes: false);

    /// <summary>Changes something inside the loop, and runs all that follows from it at once.</summary>
    public T Invoke<T>(Func<T> change) => Enter(change, changes: true);

    public void Invoke(Action action) => Invoke(() =>
    {
        action();
        return true;
    });

    /// <summary>Starts an operation inside the loop.</summary>
    public void Start(Func<Task> operation) => Post(_ => _ = RunAsync(operation), state: null);

    public override void Post(SendOrPostCallback d, object? state)
    {
        BeginWork();
        ready.Enqueue((d, state));
        if (!gate.IsHeldByCurrentThread && !Interlocked.Exchange(ref isScheduled, true))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Run(), this, preferLocal: false);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Calls back at a moment, unless cancelled before. Called inside the loop.</summary>
    public Deadline At(DateTimeOffset due, Action action) => agenda.Add(due, action);

    public Deadline After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Completes after a time on the loop's clock.</summary>
    public async Task Delay(TimeSpan delay, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        var done = new Signal<bool>();
        var deadline = After(delay, () => done.Set(true));
        try
        {
            await done.WaitAsync(cancellation);
        }
        finally
        {
            deadline.Cancel();
        }
    }

    /// <summary>Counts a network operation as under way until <see cref="EndWork"/>.</summary>
    public void BeginWork() => Interlocked.Increment(ref inFlight);

    public void EndWork()
    {
        Interlocked.Decrement(ref inFlight);
        hasChanged = true;
        Notify();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            agenda.Dispose();
        }
    }

    private T Enter<T>(Func<T> function, bool changes)
    {
        if (gate.IsHeldByCurrentThread)
        {
            return function();
        }

        T result;
        lock (gate)
        {
            Drain();
            result = Inside(function);
            if (changes)
            {
                hasChanged = true;
                Drain();
            }
        }

        Notify();
        return result;
    }

    private async Task RunAsync(Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (OperationCanceledException)
        {
            // The leg or the simulator ended while the operation waited: nothing is left to do.
        }
        catch (Exception fault)
        {
            onFault(fault);
        }
    }

    private void Ring()
    {
        lock (gate)
        {
            agenda.Disarm();
        }

        Run();
    }

    private void Run()
    {
        Volatile.Write(ref isScheduled, false);
        lock (gate)
        {
            Drain();
        }

        Notify();
    }

    private void Drain()
    {
        if (isDraining || isDisposed)
        {
            return;
        }

        isDraining = true;
        var clock = time.GetUtcNow();
        Now = agenda.EarliestDue <= clock ? Now : Latest(Now, clock);
        while (TakeStep() is { } step)
        {
            hasChanged = true;
            Inside(step);
        }

        Now = Latest(Now, time.GetUtcNow());
        isDraining = false;
        agenda.Arm();
    }

    private Func<bool>? TakeStep()
    {
        // What a deadline sets off belongs to its time, although the clock may have leapt far beyond.
        if (ready.TryDequeue(out var next))
        {
            return () => Guard(() => next.Step(next.State), EndWork);
        }

        if (agenda.TakeDue() is { } deadline)
        {
            Now = Latest(Now, deadline.Due);
            return () => Guard(deadline.Run, () => { });
        }

        return null;
    }

    private bool Guard(Action step, Action after)
    {
        try
        {
            step();
        }
        catch (Exception fault)
        {
            onFault(fault);
        }

        after();
        return true;
    }

    private T Inside<T>(Func<T> function)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            return function();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void Notify()
    {
        // Never inside the loop: whoever listens may take its time.
        if (gate.IsHeldByCurrentThread || !Interlocked.Exchange(ref hasChanged, false))
        {
            return;
        }

        Interlocked.Exchange(ref change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
