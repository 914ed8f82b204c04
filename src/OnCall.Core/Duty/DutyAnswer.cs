using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Duty;

/// <summary>Who is on duty in a rota at an instant.</summary>
/// <param name="Advisers">Sorted by id; empty = nobody.</param>
/// <param name="Next">The next change of who is on duty; null = none within <see cref="DutyTimeline.Horizon"/>.</param>
public sealed record DutyAnswer(ValueList<AdviserOnDuty> Advisers, DutyChange? Next);

/// <summary>One adviser on duty.</summary>
/// <param name="Until">Where the adviser's unbroken duty ends, exclusive; null = not within <see cref="DutyTimeline.Horizon"/>.</param>
/// <param name="Reason">What puts the adviser on duty at the instant asked for.</param>
public sealed record AdviserOnDuty(Adviser Adviser, Instant? Until, DutyReason Reason)
{
    public string Id => Adviser.Id;
}

/// <summary>A change of who is on duty.</summary>
/// <param name="At">The first instant at which <paramref name="Advisers"/> are on duty.</param>
/// <param name="Advisers">Ids, sorted; empty = nobody.</param>
public sealed record DutyChange(Instant At, ValueList<string> Advisers);
