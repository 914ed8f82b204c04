using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Invariants;

/// <summary>Every enquiry ends with an adviser who has it, or closed: none is forgotten, neither within a week nor when all is quiet.</summary>
internal sealed class EveryEnquiryEndsOwned(World world) : Invariant(world)
{
    private static readonly Duration Longest = Duration.FromDays(7);

    public override void Sees(Step step)
    {
        if (Fails(!(step.Now - step.Kept.UnownedSince > Longest)))
        {
            Report(step.Kept, "nobody has had it for a week");
        }
    }

    public override void IsQuiet()
    {
        foreach (var kept in World.Nodes.All)
        {
            if (Fails(kept.Enquiry is { AcceptedBy: not null } or { Stage: Stage.Closed }))
            {
                Report(kept, $"nobody has it, and all is quiet: {kept.Enquiry.Stage}");
            }
        }
    }
}
