namespace OnCall.Benchmarks;

/// <summary>Durations of one round, in milliseconds. May be added to from any thread.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = [];

    public int Count => _all.Count;

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public double Max => At(1);

    public void Add(TimeSpan time)
    {
        lock (_all)
        {
            _all.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>The smallest value that so large a part of all does not exceed.</summary>
    private double At(double part)
    {
        var sorted = _all.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }
}
