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
    private readonly PriorityQueue<Deadline, (DateTimeOffset Due, long Order)> deadlines = new();
    private readonly ITimer alarm;
    private DateTimeOffset? armedFor;
    private DateTimeOffset now;
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long order;
    private int inFlight;
    private int scheduled;
    private bool draining;
    private bool changed;
    private bool disposed;

    public EventLoop(TimeProvider time, Action<Exception> onFault)
    {
        this.time = time;
        this.onFault = onFault;
        now = time.GetUtcNow();
        alarm = time.CreateTimer(_ => Ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised outside the loop, after anything happened in it.</summary>
    public event EventHandler? Changed;

    /// <summary>The time of the step that is running.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Steps not yet run plus network operations under way: 0 means that nothing more happens before <see cref="NextDeadline"/>.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Completed at the next change.</summary>
    public Task NextChange => Volatile.Read(ref change).Task;

    /// <summary>The earliest moment at which something will happen by itself.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            lock (gate)
            {
                return EarliestDue();
            }
        }
    }

    /// <summary>Asks something inside the loop, after all that is due.</summary>
    public T Read<T>(Func<T> question)
    {
        if (gate.IsHeldByCurrentThread)
        {
            return question();
        }

        T result;
        lock (gate)
        {
            Drain();
            result = question();
        }

        Notify();
        return result;
    }

    /// <summary>Changes something inside the loop, and runs all that follows from it at once.</summary>
    public T Invoke<T>(Func<T> change)
    {
        if (gate.IsHeldByCurrentThread)
        {
            return change();
        }

        T result;
        lock (gate)
        {
            Drain();
            result = Within(change);
            changed = true;
            Drain();
        }

        Notify();
        return result;
    }

    public void Invoke(Action action) => Invoke(() =>
    {
        action();
        return true;
    });

    /// <summary>Starts an operation inside the loop; a failure that it lets escape is a fault of the simulator and reported as such.</summary>
    public void Start(Func<Task> operation) => Post(_ => _ = RunAsync(operation), state: null);

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

    public override void Post(SendOrPostCallback d, object? state)
    {
        Enter();
        ready.Enqueue((d, state));
        if (!gate.IsHeldByCurrentThread && Interlocked.Exchange(ref scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Run(), this, preferLocal: false);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Calls back at a moment, unless cancelled before.</summary>
    public Deadline At(DateTimeOffset due, Action action)
    {
        var deadline = new Deadline(due, action);
        lock (gate)
        {
            deadlines.Enqueue(deadline, (due, ++order));
            if (!draining)
            {
                Arm();
            }
        }

        return deadline;
    }

    public Deadline After(TimeSpan delay, Action action) => At(now + delay, action);

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

    /// <summary>Counts a network operation as under way until <see cref="Exit"/>.</summary>
    public void Enter() => Interlocked.Increment(ref inFlight);

    public void Exit()
    {
        Interlocked.Decrement(ref inFlight);
        changed = true;
        if (!gate.IsHeldByCurrentThread)
        {
            Notify();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            alarm.Dispose();
        }
    }

    private void Run()
    {
        Volatile.Write(ref scheduled, 0);
        lock (gate)
        {
            Drain();
        }

        Notify();
    }

    private void Ring()
    {
        lock (gate)
        {
            armedFor = null;
        }

        Run();
    }

    private void Drain()
    {
        if (draining || disposed)
        {
            return;
        }

        draining = true;
        try
        {
            var clock = time.GetUtcNow();
            now = EarliestDue() <= clock ? now : Latest(now, clock);
            while (TakeStep(out var step))
            {
                changed = true;
                Within(() =>
                {
                    step();
                    return true;
                });
            }

            now = Latest(now, time.GetUtcNow());
        }
        finally
        {
            draining = false;
            Arm();
        }
    }

    private T Within<T>(Func<T> function)
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

    private bool TakeStep(out Action step)
    {
        // What a deadline sets off belongs to its time, although the clock may have leapt far beyond.
        if (ready.TryDequeue(out var next))
        {
            step = () => Guarded(() => next.Step(next.State), counted: true);
            return true;
        }

        if (EarliestDue() is { } due && due <= time.GetUtcNow())
        {
            now = Latest(now, due);
            var deadline = deadlines.Dequeue();
            step = () => Guarded(deadline.Run, counted: false);
            return true;
        }

        step = static () => { };
        return false;
    }

    private void Guarded(Action action, bool counted)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            onFault(fault);
        }
        finally
        {
            if (counted)
            {
                Exit();
            }
        }
    }

    private DateTimeOffset? EarliestDue()
    {
        while (deadlines.TryPeek(out var deadline, out _))
        {
            if (!deadline.IsCancelled)
            {
                return deadline.Due;
            }

            deadlines.Dequeue();
        }

        return null;
    }

    private void Arm()
    {
        var due = EarliestDue();
        if (disposed || due == armedFor)
        {
            return;
        }

        armedFor = due;
        // The system's timers may ring up to a millisecond early: then nothing is due yet, and the alarm is set once more.
        var wait = due is { } at ? at - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        wait = due is not null && wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Notify()
    {
        if (!Interlocked.Exchange(ref changed, false))
        {
            return;
        }

        Interlocked.Exchange(ref change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
