using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>A stretch in which one adviser is on duty for one reason; two of one adviser that adjoin never have the same reason.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
public sealed record DutyStay(string Adviser, Instant Start, Instant End, DutyReason Reason);
