using NodaTime;

namespace OnCall.Soak;

/// <summary>All that is left to chance in a world: the same seed, the same world.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public bool Is(double probability) => _random.NextDouble() < probability;

    /// <summary>From 0, exclusive of <paramref name="end"/>.</summary>
    public int Below(int end) => _random.Next(end);

    public T Of<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of several, each as often as its weight says.</summary>
    public T Weighed<T>(params ReadOnlySpan<(int Weight, T Item)> items)
    {
        var all = 0;
        foreach (var (weight, _) in items)
        {
            all += weight;
        }

        var left = _random.Next(all);
        foreach (var (weight, item) in items)
        {
            if ((left -= weight) < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    public Duration Seconds(double from, double to) => Duration.FromMilliseconds((long)(1000 * (from + (_random.NextDouble() * (to - from)))));

    public Duration Minutes(double from, double to) => Seconds(60 * from, 60 * to);

    /// <summary>Short mostly, long sometimes, <paramref name="mean"/> in the mean.</summary>
    public Duration About(Duration mean) => Duration.FromMilliseconds((long)(mean.TotalMilliseconds * -Math.Log(1 - _random.NextDouble())));

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
