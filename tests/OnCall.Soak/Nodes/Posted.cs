using OnCall.Core.Escalation;

namespace OnCall.Soak.Nodes;

/// <summary>An effect that waits in the outbox.</summary>
internal sealed class Posted(Kept kept, Effect effect)
{
    public Kept Kept { get; } = kept;

    public Effect Effect { get; } = effect;

    public int Attempts { get; set; }

    /// <summary>The call that a request made whose answer did not come; null = none, as far as Twilio's list says.</summary>
    public string? Made { get; set; }


    public Guid Enquiry => Kept.Enquiry.Id;
}
