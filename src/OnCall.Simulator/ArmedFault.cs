namespace OnCall.Simulator;

/// <summary>A switch of <see cref="Faults"/> that was set, and how often it has struck.</summary>
public sealed class ArmedFault
{
    private readonly int? times;
    private int hits;

    internal ArmedFault(int? times) => this.times = times;

    /// <summary>The requests that it has struck.</summary>
    public int Hits => Volatile.Read(ref hits);

    /// <summary>It strikes once more; whether it is to strike again.</summary>
    internal bool Strike() => Interlocked.Increment(ref hits) < (times ?? int.MaxValue);
}
