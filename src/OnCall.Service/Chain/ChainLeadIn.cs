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
    public async Task<IReadOnlyList<CallStep>?> StepsAsync(Door door, Enquiry enquiry, string callSid) => ChainEntry.Of(door, enquiry, callSid, twilio.RestFails) switch
    {
        ChainWay.StopHolding => [new CallStep.StopHolding()],
        ChainWay.TakeOver => await chain.LeadAsync(enquiry),
        _ => null,
    };
}
