using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;

namespace OnCall.Core.Calls;

/// <summary>What an adviser's leg hears and does, read off the enquiry and the page.</summary>
public static class AdviserFlow
{
    /// <summary>What one who picked up hears: whose call it is, in few words and without case detail, twice, with keys live.</summary>
    /// <param name="callSid">The leg that asks: only the one that owns the page is offered the call.</param>
    public static IReadOnlyList<CallStep> Offer(Enquiry enquiry, string pageId, string callSid, Roster roster, Instant now)
    {
        var (page, to) = (enquiry.Pages.FirstOrDefault(page => page.Id == pageId), LanguageOf(enquiry, pageId, roster));
        return page is { State: PageState.Answered } && page.CallSid == callSid
            ? [new CallStep.Ask(OfficerFlow.Twice(Prompt(enquiry, page, roster, now, to)), OfficerFlow.KeyTimeout, Key(pageId, 1))]
            : Holds(enquiry, pageId, callSid) ? Taken(enquiry, pageId, to) : Late(enquiry, to);
    }

    /// <summary>What follows the key: who takes the call is in the room without a further word, since the two are to be connected within a second.</summary>
    /// <param name="ask">Which prompt was answered.</param>
    /// <param name="key">What was pressed; null = nothing.</param>
    public static IReadOnlyList<CallStep> AfterKey(Enquiry enquiry, string pageId, string callSid, int ask, string? key, Roster roster)
    {
        var to = LanguageOf(enquiry, pageId, roster);
        if (Holds(enquiry, pageId, callSid))
        {
            return Taken(enquiry, pageId, to);
        }

        return key switch
        {
            "1" => Late(enquiry, to),
            "2" => [new CallStep.Say(Phrases.PassedOn(to)), new CallStep.HangUp()],
            null => [new CallStep.Say(Phrases.NoKeyGoodbye(to)), new CallStep.HangUp()],
            _ when ask == 1 => [new CallStep.Ask([new CallStep.Say(Phrases.PressOneOrTwo(to))], OfficerFlow.KeyTimeout, Key(pageId, 2))],
            _ => [new CallStep.Say(Phrases.NoKeyGoodbye(to)), new CallStep.HangUp()],
        };
    }

    /// <summary>The adviser's leg has left the room, or was fetched out of the room or the prompt.</summary>
    public static IReadOnlyList<CallStep> Now(Enquiry enquiry, string pageId, string callSid, Roster roster) => Now(enquiry, pageId, callSid, LanguageOf(enquiry, pageId, roster));

    private static CallStep[] Now(Enquiry enquiry, string pageId, string callSid, Language to) => enquiry.Stage switch
    {
        Stage.Closed when enquiry.Pages.Any(page => page.CallSid == callSid && page.State is PageState.Over { End: PageEnd.Taken }) =>
            [new CallStep.Say(Phrases.OfficerHasHungUp(to)), new CallStep.HangUp()],
        _ when !Holds(enquiry, pageId, callSid) => Late(enquiry, to),
        Stage.Accepted { Talk: Talk.Joining or Talk.HearingMessage or Talk.CallingBack or Talk.OfficerGone or Talk.OfficerUnreached } => Taken(enquiry, pageId, to),
        _ => [new CallStep.HangUp()],
    };

    private static Spoken Prompt(Enquiry enquiry, Page page, Roster roster, Instant now, Language to)
    {
        var caller = Phrases.Says(to, roster.CallerSentence(enquiry.From, to), enquiry.SaidForce is null ? null : roster.ForceOf(enquiry)?.Name);
        var desk = roster.DeskName(enquiry.Desk, to);
        return enquiry.OfficerCall is null
            ? Phrases.OfferCallBack(to, enquiry.Priority, caller, desk)
            : Phrases.Offer(to, enquiry.Priority, caller, desk, page.Attempt, (long)(now - enquiry.OpenedAt).TotalSeconds);
    }

    /// <summary>A page that is forgotten, and an adviser who is no longer in the book, hear English.</summary>
    private static Language LanguageOf(Enquiry enquiry, string pageId, Roster roster) =>
        enquiry.Pages.FirstOrDefault(page => page.Id == pageId) is { } page && roster.Adviser(page.Adviser) is { } adviser ? adviser.Language : Language.English;

    private static bool Holds(Enquiry enquiry, string pageId, string callSid) =>
        enquiry.Stage is Stage.Accepted accepted && accepted.Page == pageId
        && enquiry.Pages.FirstOrDefault(page => page.Id == pageId)?.CallSid == callSid;

    private static CallStep[] Taken(Enquiry enquiry, string pageId, Language to) => ((Stage.Accepted)enquiry.Stage).Talk switch
    {
        Talk.Joining or Talk.Talking => [Connect(enquiry, pageId)],
        Talk.HearingMessage => [Message(enquiry, pageId, to)],
        Talk.CallingBack => [new CallStep.Say(Phrases.CallingTheOfficer(to)), Connect(enquiry, pageId) with { WaitsLong = true }],
        Talk.OfficerGone when enquiry.Number is null => [new CallStep.Say(Phrases.NumberNotKnown(to)), new CallStep.HangUp()],
        Talk.OfficerGone when enquiry.CallableNumber is null => [new CallStep.Say(Phrases.NumberOutOfReach(to, enquiry.Number)), new CallStep.HangUp()],
        Talk.OfficerUnreached => [new CallStep.Say(Phrases.OfficerNotReached(to)), new CallStep.HangUp()],
        _ => [new CallStep.Say(Phrases.OfficerHasHungUp(to)), new CallStep.HangUp()],
    };

    private static CallStep[] Late(Enquiry enquiry, Language to) => [new CallStep.Say(WhyNot(enquiry.Stage, to)), new CallStep.HangUp()];

    private static Spoken WhyNot(Stage stage, Language to) => stage switch
    {
        Stage.Owed { Because: OwedBecause.Abandoned } => Phrases.Withdrawn(to),
        Stage.Paging or Stage.Owed => Phrases.GoneOn(to),
        _ => Phrases.AlreadyTaken(to),
    };

    private static CallStep.Ask Message(Enquiry enquiry, string pageId, Language to) => new(
        [
            new CallStep.Say(Phrases.HereIsTheMessage(to)),
            new CallStep.PlayMessage(enquiry.Room),
            new CallStep.Say(enquiry.CallableNumber is null ? Phrases.HearAgain(to, enquiry.Number) : Phrases.HearAgainOrCallBack(to)),
        ],
        OfficerFlow.KeyTimeout,
        new Destination(Door.Heard, pageId));

    private static CallStep.Connect Connect(Enquiry enquiry, string pageId) =>
        new(enquiry.TalkRoom, pageId, EndsRoom: true, OfficerFlow.To(Door.Room, enquiry), new Destination(Door.Adviser, pageId));

    private static Destination Key(string pageId, int ask) => new(Door.OfferKey, pageId, ask);
}
