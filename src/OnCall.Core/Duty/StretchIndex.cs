using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>Finds which of many stretches [start, end) hold at an instant; empty ones never do.</summary>
internal sealed class StretchIndex<T>
{
    private readonly (Instant Start, Instant End, T Item)[] _byStart;

    /// <summary>For each place, the latest end up to it: the walk back from an instant stops where nothing reaches it any more.</summary>
    private readonly Instant[] _reach;

    public StretchIndex(IEnumerable<(Instant Start, Instant End, T Item)> stretches)
    {
        _byStart = [.. stretches.Where(stretch => stretch.Start < stretch.End).OrderBy(stretch => stretch.Start)];
        _reach = new Instant[_byStart.Length];
        var latest = Instant.MinValue;
        for (var i = 0; i < _byStart.Length; i++)
        {
            _reach[i] = latest = Instant.Max(latest, _byStart[i].End);
        }
    }

    /// <summary>Adds what holds at an instant, in no order; lowers <paramref name="steady"/> to the next start or end.</summary>
    public void At(Instant at, List<T> holding, ref Steady steady)
    {
        var next = CountStarted(at);
        if (next < _byStart.Length)
        {
            steady.Until(_byStart[next].Start);
        }

        for (var i = next - 1; i >= 0 && _reach[i] > at; i--)
        {
            if (_byStart[i].End > at)
            {
                holding.Add(_byStart[i].Item);
                steady.Until(_byStart[i].End);
            }
        }
    }

    /// <summary>Whether anything holds at an instant; lowers <paramref name="steady"/> to the next start or end.</summary>
    public bool HoldsAt(Instant at, ref Steady steady)
    {
        var next = CountStarted(at);
        if (next < _byStart.Length)
        {
            steady.Until(_byStart[next].Start);
        }

        var holds = false;
        for (var i = next - 1; i >= 0 && _reach[i] > at; i--)
        {
            if (_byStart[i].End > at)
            {
                holds = true;
                steady.Until(_byStart[i].End);
            }
        }

        return holds;
    }

    private int CountStarted(Instant at)
    {
        var (low, high) = (0, _byStart.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byStart[middle].Start <= at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
