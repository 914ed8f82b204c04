using OnCall.Core.Escalation;

namespace OnCall.Core.Calls;

/// <summary>When an officer who would be held is led onto the chain although the database answers: Twilio's REST API fails, and nobody can be rung by it.</summary>
public static class ChainEntry
{
    /// <summary>Whether the enquiry's officer, on that leg, hears a dial of the chain, or is on the way to it.</summary>
    public static bool IsOn(Enquiry enquiry, string callSid) => enquiry.OfficerCall == callSid && enquiry.ChainDial is not null;

    /// <summary>
    /// Whether the officer, on that leg, waits for phones of which none rings yet. Where one rings, or somebody hears the prompt, the officer is left in the
    /// queue: who takes it there is found without REST.
    /// </summary>
    public static bool IsStuck(Enquiry enquiry, string callSid) => enquiry.OfficerCall == callSid
        && enquiry.Stage is Stage.Paging { Wish: OfficerWish.ToHold or OfficerWish.ToBeCalledBack }
        && !enquiry.Pages.Any(page => page is { Method: PageMethod.Call, State: PageState.Ringing or PageState.Answered });
}
