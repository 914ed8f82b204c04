using NodaTime;

namespace OnCall.Core.Duty.Rehearsing;

/// <summary>A local day on which duty may not be as usual.</summary>
public abstract record Occasion
{
    private Occasion()
    {
    }

    public abstract LocalDate Date { get; }

    /// <param name="Name">With where it is one, where that is not everywhere.</param>
    public sealed record Holiday(LocalDate Day, string Name) : Occasion
    {
        public override LocalDate Date => Day;
    }

    /// <summary>The zone's clocks change.</summary>
    /// <param name="At">The first instant after it.</param>
    /// <param name="Before">The offset before.</param>
    /// <param name="After">The offset from <paramref name="At"/> on; greater = clocks go forward.</param>
    public sealed record ClockChange(Instant At, Offset Before, Offset After) : Occasion
    {
        /// <summary>The day on which the clock is changed: the one that it shows just before.</summary>
        public override LocalDate Date => (At - Duration.Epsilon).WithOffset(Before).Date;

        /// <summary>By how much a stretch on the wall clock over the change is shorter than it seems; negative = longer.</summary>
        public Duration Skipped => Duration.FromSeconds(After.Seconds - Before.Seconds);
    }
}
