namespace OnCall.Simulator.Timing;

/// <summary>What will happen when, and an alarm for the earliest of it. Touched only under the loop's lock.</summary>
internal sealed class Agenda(TimeProvider time, Action ring) : IDisposable
{
    private readonly PriorityQueue<Deadline, (DateTimeOffset Due, long Order)> deadlines = new();
    private ITimer? alarm;
    private DateTimeOffset? armedFor;
    private long order;

    public DateTimeOffset? EarliestDue
    {
        get
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
    }

    public Deadline Add(DateTimeOffset due, Action action)
    {
        var deadline = new Deadline(due, action);
        deadlines.Enqueue(deadline, (due, ++order));
        return deadline;
    }

    /// <summary>Takes the earliest deadline that is due; those of the same moment in the order in which they were set.</summary>
    public Deadline? TakeDue() => EarliestDue <= time.GetUtcNow() ? deadlines.Dequeue() : null;

    /// <summary>Sets the alarm for the earliest deadline.</summary>
    public void Arm()
    {
        var due = EarliestDue;
        if (due == armedFor)
        {
            return;
        }

        armedFor = due;
        alarm ??= time.CreateTimer(_ => ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var wait = due is { } at ? at - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        alarm.Change(due is not null && wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The alarm has rung. The system's timers may ring up to a millisecond early: then nothing is due yet, and it is set once more.</summary>
    public void Disarm() => armedFor = null;

    public void Dispose() => alarm?.Dispose();
}

/// <summary>Something that will happen at a moment of the loop's clock, unless it is cancelled.</summary>
internal sealed class Deadline(DateTimeOffset due, Action action)
{
    private Action? action = action;

    public DateTimeOffset Due { get; } = due;

    public bool IsCancelled => action is null;

    public void Cancel() => action = null;

    public void Run() => action?.Invoke();
}
