using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>An adviser whom a step would ring, and why.</summary>
/// <param name="Source">For the record: the rota and its layer or override, or "named in the policy".</param>
public sealed record Candidate(Adviser Adviser, string Source);
