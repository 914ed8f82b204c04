using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>Something that must hold does not.</summary>
/// <param name="Invariant">The type of what must hold.</param>
/// <param name="Kept">The enquiry concerned.</param>
/// <param name="What">A sentence.</param>
internal sealed record Breach(Type Invariant, Kept Kept, string What);
