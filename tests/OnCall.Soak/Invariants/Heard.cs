using OnCall.Core.Calls;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>A document that a leg began with.</summary>
internal sealed record Heard(Leg Leg, IReadOnlyList<CallStep> Steps)
{
    public override string ToString() => $"  {(Leg is AdviserLeg adviser ? adviser.Adviser : "officer")} on {Leg.Sid} hears: {string.Join("; ", Steps.Select(Short))}";

    private static string Short(CallStep step) => step switch
    {
        CallStep.Say say => $"\"{say.Text}\"",
        CallStep.Ask ask => $"asks for {ask.Then.Door}",
        CallStep.AskNumber ask => $"asks for {ask.Then.Door}",
        CallStep.WithKeys held => string.Join("; ", held.Prompt.Select(Short).Prepend("keys live")),
        CallStep.GoTo to => $"goes to {to.Then.Door}",
        _ => step.GetType().Name,
    };
}
