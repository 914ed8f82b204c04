using NodaTime;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Carrier;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>What was answered while the database was away stands in the record as soon as the nodes have told it: every call has its enquiry, and an officer who was promised a call back is owed one.</summary>
internal sealed class NothingIsLostWithTheDatabase(World world) : Invariant(world)
{
    /// <summary>From the moment when the call is over and the database there.</summary>
    private static readonly Duration UntilTold = Duration.FromMinutes(2);

    private readonly Dictionary<OfficerLeg, Instant?> _answered = [];

    public override void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (leg is not OfficerLeg { IsInbound: true } officers || !World.Weather.IsDatabaseAway || IsNoAnswer(steps))
        {
            return;
        }

        if (!_answered.ContainsKey(officers))
        {
            _answered.Add(officers, null);
            World.After(UntilTold, () => Judge(officers));
        }

        if (steps.Any(step => step is CallStep.Say { Text: var text } && text.StartsWith("We are sorry: no expert could take your call", StringComparison.Ordinal)))
        {
            _answered[officers] = World.Now;
        }
    }

    /// <summary>The webhook failed inside, or the leg was asked to wait: nothing was taken from the caller yet.</summary>
    private static bool IsNoAnswer(IReadOnlyList<CallStep> steps) => steps is [CallStep.Say { Text: var text }, CallStep.GoTo] && text == Phrases.PleaseBear(Language.English).Text;

    private void Judge(OfficerLeg leg)
    {
        if (!leg.IsOver || World.Now < World.Weather.AllBackAt + UntilTold)
        {
            World.After(UntilTold, () => Judge(leg));
            return;
        }

        _answered.Remove(leg, out var promised);
        var kept = World.Nodes.OfCall(leg.Sid);
        if (Fails(kept is not null || World.Nodes.WasClosed(leg.Sid)))
        {
            Report(leg.Enquiry, $"the call {leg.Sid} was answered while the database was away, and has no enquiry");
        }
        else if (kept is not null && promised is { } at && Fails(IsOwedOrTaken(kept, at)))
        {
            Report(kept, $"a call back was promised at {at}, and nobody owes it: {kept.Enquiry.Stage}");
        }
    }

    /// <summary>Whoever took it since owes it; the officer may have called again in between, and hung up.</summary>
    private static bool IsOwedOrTaken(Kept kept, Instant promised) => kept.LastTaken?.At >= promised || kept.Enquiry.Stage switch
    {
        Stage.Owed owed => owed.Because != OwedBecause.Abandoned || kept.Enquiry.CallBackPromised,
        Stage.Accepted => false,
        _ => true,
    };
}
