using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Core.Calls;

/// <summary>When a leg is led on by the chain, and when it goes on as usual, is asked to stay on the line, or goes on as it was.</summary>
public static class ChainEntry
{
    /// <summary>How long the database may be away before legs that are under way are led on without it: most outages last seconds.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(10);

    /// <summary>While the database answers: at once who calls while nobody can be rung by Twilio's REST API, and at the next fragment of what is heard while holding who waits already.</summary>
    /// <param name="door">Where the officer's leg asks.</param>
    /// <param name="enquiry">As it is after what the leg told.</param>
    /// <param name="restFails">Whether nobody can be called by it.</param>
    /// <returns><see cref="ChainWay.AsUsual"/>, <see cref="ChainWay.StopHolding"/> or <see cref="ChainWay.TakeOver"/>.</returns>
    public static ChainWay Of(Door door, Enquiry enquiry, string callSid, bool restFails) => door switch
    {
        _ when !IsOn(enquiry, callSid) && !(restFails && IsStuck(enquiry, callSid)) => ChainWay.AsUsual,
        Door.Hold => ChainWay.StopHolding,
        Door.Menu or Door.Force or Door.Again or Door.Officer or Door.Stayed or Door.Message => ChainWay.TakeOver,
        _ => ChainWay.AsUsual,
    };

    /// <summary>While the database is away: at first a leg that is under way stays on the line; after that an officer who waits is led onto the chain.</summary>
    /// <param name="door">Where the officer's leg asks.</param>
    /// <param name="known">What is known of the enquiry, which may be a moment old; null = nothing.</param>
    /// <param name="saysNothing">Nothing was recorded, and the officer is still there.</param>
    /// <param name="roomEnded">The officer comes out of a room that has ended.</param>
    /// <param name="isLong">The database has been away for longer than <see cref="Patience"/>.</param>
    public static ChainWay WithoutDatabase(Door door, Enquiry? known, bool saysNothing, bool roomEnded, bool isLong) => door switch
    {
        Door.Again => ChainWay.Arrive,
        Door.Menu or Door.Force => ChainWay.Answer,

        // Who asked for the tone instead of holding, and says nothing, goes on holding.
        Door.Message when !(saysNothing && known?.Stage is null or Stage.Menu or Stage.Paging) => ChainWay.Message,

        Door.Officer when known?.Stage is Stage.Closed => ChainWay.AsUsual,

        // Who asks again would no longer say that the room has ended, and come into an empty one.
        Door.Officer when roomEnded => ChainWay.TalkEnded,
        _ when !isLong => ChainWay.Stay,
        Door.Back or Door.BackKey => ChainWay.CallLater,
        Door.Hold or Door.HoldKey or Door.CallBack or Door.Number => ChainWay.StopHolding,

        // Somebody has it and is in the room, or what the officer hears is the end.
        _ when known?.Stage is Stage.Accepted { Talk: not Talk.AdviserGone } or Stage.Owed or Stage.Closed => ChainWay.AsUsual,
        _ => ChainWay.TakeOver,
    };

    /// <summary>Whether the enquiry's officer, on that leg, hears a dial of the chain, or is on the way to it.</summary>
    private static bool IsOn(Enquiry enquiry, string callSid) => enquiry.OfficerCall == callSid && enquiry.ChainDial is not null;

    /// <summary>
    /// Whether the officer, on that leg, waits for phones of which none rings yet. Where one rings, or somebody hears the prompt, the officer is left in the
    /// queue: who takes it there is found without REST.
    /// </summary>
    private static bool IsStuck(Enquiry enquiry, string callSid) => enquiry.OfficerCall == callSid
        && enquiry.Stage is Stage.Paging { Wish: OfficerWish.ToHold or OfficerWish.ToBeCalledBack }
        && !enquiry.Pages.Any(page => page is { Method: PageMethod.Call, State: PageState.Ringing or PageState.Answered });
}

/// <summary>How an officer's leg goes on.</summary>
public enum ChainWay
{
    /// <summary>By what the enquiry says.</summary>
    AsUsual,

    /// <summary>It stays on the line, and asks again.</summary>
    Stay,

    /// <summary>Out of the queue, to ask what comes next.</summary>
    StopHolding,

    /// <summary>A new call.</summary>
    Arrive,

    /// <summary>With the answer to the menu, or to the question for the force.</summary>
    Answer,

    /// <summary>With a message that was recorded.</summary>
    Message,

    /// <summary>A call-back that cannot be joined to its enquiry: the officer is asked to call later.</summary>
    CallLater,

    /// <summary>Onto the chain.</summary>
    TakeOver,

    /// <summary>Out of a talk whose adviser's line has ended: the officer hears so, may hang up, and is led onto the chain after that.</summary>
    TalkEnded,
}
