using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Book;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>Nobody is promised a call whom the service cannot call, the number being withheld or out of reach; and no call to such a number is tried.</summary>
internal sealed class PromisesCanBeKept(World world) : Invariant(world)
{
    private const string Promise = "call you back";

    public override void Sees(Step step)
    {
        foreach (var back in step.Decision.Effects.OfType<Effect.CallBack>())
        {
            if (Fails(Numbers.MayBeCalled(back.To)))
            {
                Report(step.Kept, $"{back.To} is to be called back, which may not be called");
            }
        }
    }

    public override void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (leg is OfficerLeg { CanBeCalledBack: false } officer && Fails(!steps.Any(Promises)))
        {
            Report(officer.Enquiry, "the officer is promised a call back, on no number");
        }
    }

    /// <summary>Who leaves a message may say a number in it.</summary>
    private static bool Promises(CallStep step) => step switch
    {
        CallStep.Say say => say.Text.Contains(Promise, StringComparison.Ordinal) && !say.Text.Contains("message is kept", StringComparison.Ordinal),
        CallStep.Ask ask => ask.Prompt.Any(Promises),
        CallStep.WithKeys held => held.Prompt.Any(Promises),
        _ => false,
    };
}
