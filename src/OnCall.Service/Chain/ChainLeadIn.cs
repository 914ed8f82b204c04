using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// Leads officers onto the chain while Twilio's REST API fails and webhooks arrive: at once who calls then, and at the next fragment of what is heard while
/// holding who waits already.
/// </summary>
internal sealed class ChainLeadIn(ChainWebhooks chain, TwilioLink twilio)
{
    /// <param name="door">Where the leg asks.</param>
    /// <param name="enquiry">As it is after what the leg told.</param>
    /// <returns>Null = the leg goes on in the usual way.</returns>
    public async Task<IReadOnlyList<CallStep>?> StepsAsync(Door door, Enquiry enquiry, string callSid)
    {
        if (!ChainEntry.IsOn(enquiry, callSid) && !(twilio.RestFails && ChainEntry.IsStuck(enquiry, callSid)))
        {
            return null;
        }

        return door switch
        {
            Door.Hold => [new CallStep.StopHolding()],
            Door.Menu or Door.Force or Door.Again or Door.Officer or Door.Stayed or Door.Message => await chain.LeadAsync(enquiry),
            _ => null,
        };
    }
}
