using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>An officer is always somewhere: a document, an effect or a ringing phone leads on; no document ends in nothing, in silence, or in a hang-up while an expert may still come.</summary>
internal sealed class OfficerIsSomewhere(World world) : Invariant(world)
{
    public override void Sees(Step step)
    {
        var enquiry = step.After;
        if (enquiry.Stage is Stage.Closed)
        {
            return;
        }

        foreach (var page in enquiry.Pages)
        {
            if (page.State is PageState.Requested && Fails(World.Outbox.Holds(enquiry.Id, effect => PageOf(effect) == page.Id)))
            {
                Report(step.Kept, $"{page.Adviser} is to be reached, and nobody is about to do it");
            }
        }

        if (enquiry is { Stage: Stage.Accepted { Talk: Talk.CallingBack }, OfficerCall: null } && Fails(World.Outbox.Holds(enquiry.Id, effect => effect is Effect.CallBack)))
        {
            Report(step.Kept, "the officer is to be called back, and nobody is about to do it");
        }

        foreach (var effect in step.Decision.Effects)
        {
            if (effect is Effect.HangUp hangUp && World.Network.Find(hangUp.CallSid) is OfficerLeg { IsOver: false, IsInbound: true } && Fails(enquiry.OfficerCall is { } other && other != hangUp.CallSid))
            {
                Report(step.Kept, "the officer's line is cut");
            }
        }
    }

    public override void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (leg is not OfficerLeg)
        {
            return;
        }

        if (Fails(leg.Queue is null ? LeadsOn(steps) : steps.Count > 0))
        {
            Report(leg.Enquiry, "what the officer hears ends in nothing");
        }

        if (Fails(leg.Queue is not null || steps.Any(IsHeard)))
        {
            Report(leg.Enquiry, "the officer hears nothing at all");
        }

        if (World.Nodes.Find(leg.Enquiry) is not { } kept)
        {
            return;
        }

        // While the database is away, and until what happened is told, the record does not know how far the officer has come.
        if (steps is [.., CallStep.HangUp] && World.Now > Instant.Max(World.Weather.AllBackAt, kept.ToldLateAt) + UntilTold && Fails(!MayStillBeServed(kept.Enquiry, leg)))
        {
            Report(kept, $"the officer is hung up on while {kept.Enquiry.Stage}");
        }

        if (steps.Any(step => step is CallStep.Hold or CallStep.Connect or CallStep.Dial) && Fails(kept.Enquiry.OfficerCall == leg.Sid || World.Outbox.IsHungUp(leg)))
        {
            Report(kept, "the officer waits on a line that the enquiry does not know");
        }

        if (Fails(leg.IsQuietFor <= LongestQuiet))
        {
            Report(kept, $"the officer, held, has heard no word for {leg.IsQuietFor}");
        }
    }

    private static readonly Duration UntilTold = Duration.FromSeconds(10);

    /// <summary>A spoken update comes at least so often.</summary>
    private static readonly Duration LongestQuiet = Duration.FromSeconds(20);

    private static string? PageOf(Effect effect) => effect switch { Effect.PlaceCall place => place.Page, Effect.PageByText text => text.Page, _ => null };

    private static bool LeadsOn(IReadOnlyList<CallStep> steps) =>
        steps is [.., CallStep.Ask or CallStep.AskNumber or CallStep.Hold or CallStep.Connect or CallStep.Dial or CallStep.GoTo or CallStep.StopHolding or CallStep.HangUp];

    /// <summary>Words, or an expert.</summary>
    private static bool IsHeard(CallStep step) => step is not (CallStep.Pause or CallStep.HangUp);

    private static bool MayStillBeServed(Enquiry enquiry, Leg leg) => enquiry.OfficerCall == leg.Sid
        && enquiry.Stage is Stage.Menu or Stage.Paging { Wish: OfficerWish.ToHold } or Stage.Accepted { Talk: Talk.Joining or Talk.Talking };
}
