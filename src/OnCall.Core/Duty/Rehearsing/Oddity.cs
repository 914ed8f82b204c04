using NodaTime;

namespace OnCall.Core.Duty.Rehearsing;

/// <summary>What is not as on other days.</summary>
public abstract record Oddity
{
    private Oddity()
    {
    }

    /// <summary>A clock change makes somebody's duty longer or shorter than the clock shows.</summary>
    /// <param name="Stay">From its start to its end.</param>
    /// <param name="OnTheClock">How long it would be on the wall clock.</param>
    public sealed record Length(DutyStay Stay, Duration OnTheClock) : Oddity;

    /// <summary>Somebody's duty begins at a time that the clock skips or shows twice.</summary>
    /// <param name="IsSkipped">It begins at the change itself, after what is skipped; else in the hour that comes twice.</param>
    public sealed record Handover(DutyStay Stay, bool IsSkipped) : Oddity;

    /// <summary>Another layer or override puts somebody on duty than on the same day of other weeks.</summary>
    /// <param name="Usually">The sources of other weeks at that time; empty = nobody then.</param>
    public sealed record Owner(DutyStay Stay, ValueList<DutySource> Usually) : Oddity;

    /// <summary>More are missing than on the same day of other weeks.</summary>
    public sealed record Cover(DutyGap Gap) : Oddity;
}
