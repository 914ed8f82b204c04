using System.Runtime.InteropServices;
using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>A stretch of time.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive, after <paramref name="Start"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stretch(Instant Start, Instant End)
{
    public Duration Length => End - Start;

    /// <summary>What lies in any of them, in order of time; those that touch are one.</summary>
    public static List<Stretch> Union(IEnumerable<Stretch> stretches)
    {
        var union = new List<Stretch>();
        foreach (var next in stretches.OrderBy(stretch => stretch.Start))
        {
            if (union is [.., var last] && last.End >= next.Start)
            {
                union[^1] = last with { End = Instant.Max(last.End, next.End) };
            }
            else
            {
                union.Add(next);
            }
        }

        return union;
    }

    /// <summary>What lies in both. Each list is in order of time and without overlap.</summary>
    public static List<Stretch> Both(IReadOnlyList<Stretch> one, IReadOnlyList<Stretch> other)
    {
        var both = new List<Stretch>();
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            var (start, end) = (Instant.Max(one[i].Start, other[j].Start), Instant.Min(one[i].End, other[j].End));
            if (start < end)
            {
                both.Add(new Stretch(start, end));
            }

            (i, j) = one[i].End < other[j].End ? (i + 1, j) : (i, j + 1);
        }

        return both;
    }

    /// <summary>The part from an instant on; those that end before it are left out.</summary>
    public static IEnumerable<Stretch> From(Instant start, IEnumerable<Stretch> stretches) =>
        stretches.Where(stretch => stretch.End > start).Select(stretch => stretch with { Start = Instant.Max(start, stretch.Start) });

    /// <summary>The part up to an instant.</summary>
    public static IEnumerable<Stretch> To(Instant end, IEnumerable<Stretch> stretches) =>
        stretches.Where(stretch => stretch.Start < end).Select(stretch => stretch with { End = Instant.Min(end, stretch.End) });
}
