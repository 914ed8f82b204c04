namespace OnCall.Simulator.Timing;

/// <summary>Something that will happen at a moment of the loop's clock, unless it is cancelled.</summary>
internal sealed class Deadline(DateTimeOffset due, Action action)
{
    private Action? action = action;

    public DateTimeOffset Due { get; } = due;

    public bool IsCancelled => action is null;

    public void Cancel() => action = null;

    public void Run() => action?.Invoke();
}
