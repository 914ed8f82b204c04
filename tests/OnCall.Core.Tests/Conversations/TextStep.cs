using OnCall.Core.Escalation;

namespace OnCall.Core.Tests.Conversations;

/// <summary>A decision that was just made.</summary>
/// <param name="Before">Null = the enquiry was opened.</param>
internal sealed record TextStep(Enquiry? Before, EnquiryEvent? Happened, Decision Decision)
{
    public Enquiry After => Decision.Next;
}
