using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Calls;

/// <summary>What the officer's leg hears and does, read off the enquiry: the same enquiry always gives the same document, so that a repeated webhook gets the same answer.</summary>
public static class OfficerFlow
{
    /// <summary>No time-out is under 10 s: some callers come through a text relay.</summary>
    public static readonly Duration KeyTimeout = Duration.FromSeconds(10);

    /// <summary>How often a spoken update comes while somebody hears the prompt: the one before may be 15 s old by then, and the contract promises one every 20 s.</summary>
    public static readonly Duration UpdateEvery = Duration.FromSeconds(6);

    private const int MostAsksForNumber = 3;

    /// <summary>What the label of an officer's leg in a room begins with; an adviser's is the page.</summary>
    public const string OfficersLabel = "officer";

    internal static readonly Duration TimeToHangUp = Duration.FromSeconds(5);
    internal static readonly Duration LongestMessage = Duration.FromMinutes(3);

    /// <summary>What the leg does from the first moment on.</summary>
    public static IReadOnlyList<CallStep> Arrival(Enquiry enquiry, Roster roster) =>
        enquiry.Stage is Stage.Menu
            ? Now(enquiry, roster)
            : Arrival(enquiry, Now(enquiry, roster), roster);

    /// <summary>The same, where something else follows the greeting.</summary>
    public static IReadOnlyList<CallStep> Arrival(Enquiry enquiry, IReadOnlyList<CallStep> then, Roster roster) => [.. Greeting(roster.Line(enquiry.Line)), .. then];

    /// <summary>What the leg does now, wherever it comes from.</summary>
    public static IReadOnlyList<CallStep> Now(Enquiry enquiry, Roster roster) => enquiry.Stage switch
    {
        Stage.Menu { OfForce: true } menu => AskForce(enquiry, menu, roster),
        Stage.Menu menu => Menu(enquiry, menu, roster),
        _ => AfterMenu(enquiry, roster.LanguageOf(enquiry)),
    };

    /// <summary>What a line hears from which the officer has called again since, until it has ended: nobody waits there for an expert who is led to the other one. Null = it is no such line.</summary>
    public static IReadOnlyList<CallStep>? OnFormer(Enquiry enquiry, string callSid, Roster roster)
    {
        if (!enquiry.FormerCalls.Contains(callSid))
        {
            return null;
        }

        // What is promised at the end is promised on every line. Who may leave a message may be asked for one more than once, so not here.
        var steps = Now(enquiry, roster);
        return steps is [CallStep.Say, CallStep.HangUp] ? steps : Farewell(Phrases.CalledAgain(roster.LanguageOf(enquiry), enquiry.Ref));
    }

    private static CallStep[] AfterMenu(Enquiry enquiry, Language to) => enquiry.Stage switch
    {
        Stage.Paging { Wish: OfficerWish.ToLeaveMessage } =>
            [new CallStep.Say(Phrases.LeaveMessageInstead(to, enquiry.Ref)), Record(enquiry), new CallStep.GoTo(To(Door.Message, enquiry))],
        Stage.Paging { Wish: OfficerWish.MessageLeft } => Farewell(Phrases.MessageKept(to, enquiry.Ref)),
        Stage.Paging => [new CallStep.Say(Phrases.PleaseHold(to, enquiry.Ref)), Hold(enquiry)],
        Stage.Accepted { Talk: Talk.AdviserGone } => [new CallStep.Say(Phrases.AdviserDropped(to)), new CallStep.Pause(TimeToHangUp), new CallStep.GoTo(To(Door.Stayed, enquiry))],
        Stage.Accepted { Talk: Talk.Joining or Talk.Talking } => [Connect(enquiry)],
        Stage.Accepted => Farewell(Phrases.ExpertHasIt(to, enquiry.Ref)),
        Stage.Owed when IsHeldInDoubt(enquiry) => [new CallStep.Say(Phrases.HeldInDoubt(to, enquiry.Ref)), Hold(enquiry)],
        Stage.Owed { Because: OwedBecause.MessageLeft } => Farewell(Phrases.MessageKept(to, enquiry.Ref)),
        Stage.Owed owed when owed.Because == OwedBecause.MessageWanted || enquiry.CallableNumber is null =>
            [new CallStep.Say(Phrases.LeaveMessage(to, enquiry.Ref)), Record(enquiry), .. Farewell(Phrases.NoMessage(to, enquiry.Ref))],
        Stage.Owed => Farewell(Phrases.CallBackPromised(to, enquiry.Ref, enquiry.CallBackTo is not null)),
        _ => Farewell(Phrases.Closed(to, enquiry.Ref)),
    };

    /// <summary>What is heard in the queue, until it is fetched again.</summary>
    /// <param name="waited">How long the officer has been in the queue.</param>
    public static IReadOnlyList<CallStep> Held(Enquiry enquiry, Duration waited, Roster roster)
    {
        var to = roster.LanguageOf(enquiry);
        if (IsHeldInDoubt(enquiry))
        {
            return waited < Escalator.LongestHold
                ? [new CallStep.Say(Phrases.HeldInDoubt(to, enquiry.Ref)), new CallStep.HoldSound()]
                : Farewell(Phrases.CallBackPromised(to, enquiry.Ref, enquiry.CallBackTo is not null));
        }

        if (enquiry.Stage is not Stage.Paging { Wish: not OfficerWish.ToLeaveMessage })
        {
            return [new CallStep.StopHolding()];
        }

        // While somebody hears the prompt, a document lasts 2 s at most: the officer is to be with the adviser within a second or two even if the push is lost.
        if (enquiry.Pages.Any(page => page.State is PageState.Answered))
        {
            var update = (long)waited.TotalSeconds % (long)UpdateEvery.TotalSeconds < 2;
            return [new CallStep.WithKeys(update ? [new CallStep.Say(Phrases.SomebodyAnswers(to))] : [], To(Door.HoldKey, enquiry))];
        }

        var words = NamesKeys(waited) ? Phrases.KeysWhileHeld(to) : Phrases.StillHolding(to, enquiry.Ref, enquiry.Attempts);
        return [new CallStep.WithKeys([new CallStep.Say(words), new CallStep.HoldSound()], To(Door.HoldKey, enquiry))];
    }

    /// <summary>At first, and in the last third of every minute: no document is longer than that, so that one of them begins there.</summary>
    private static bool NamesKeys(Duration waited) => waited < Duration.FromSeconds(2) || (long)waited.TotalSeconds % 60 >= 40;

    /// <summary>Whether the officer holds although nobody is rung: who calls was asked twice, and no answer came.</summary>
    public static bool IsHeldInDoubt(Enquiry enquiry) => enquiry is { Doubted: true, Stage: Stage.Owed { Because: OwedBecause.Unanswered } };

    /// <summary>The officer pressed a key in the queue.</summary>
    public static IReadOnlyList<CallStep> AfterHoldKey(Enquiry enquiry, string? key, Roster roster) => AfterHoldKey(enquiry, key, roster.LanguageOf(enquiry));

    private static CallStep[] AfterHoldKey(Enquiry enquiry, string? key, Language to) => (enquiry.Stage, key) switch
    {
        (Stage.Paging { Wish: not OfficerWish.ToLeaveMessage }, "*") when enquiry.CallableNumber is null => KeyInNumber(enquiry, 1, Phrases.KeyInNumber(to)),
        (Stage.Paging { Wish: OfficerWish.ToBeCalledBack }, "*") => OfferCallBack(enquiry, to),
        (Stage.Paging { Wish: OfficerWish.ToHold }, _) => [new CallStep.WithKeys([new CallStep.Say(Phrases.KeysWhileHeld(to))], To(Door.HoldKey, enquiry))],
        _ => [new CallStep.StopHolding()],
    };

    /// <summary>The officer was asked whether to be called back on the number that is known.</summary>
    /// <param name="ask">Which hearing of the question is answered.</param>
    public static IReadOnlyList<CallStep> AfterCallBackKey(Enquiry enquiry, int ask, string? key, Roster roster) => AfterCallBackKey(enquiry, ask, key, roster.LanguageOf(enquiry));

    private static CallStep[] AfterCallBackKey(Enquiry enquiry, int ask, string? key, Language to) => (enquiry.Stage, key) switch
    {
        (Stage.Paging or Stage.Owed, "2") => KeyInNumber(enquiry, 1, Phrases.KeyInNumber(to)),
        (Stage.Paging { Wish: OfficerWish.ToLeaveMessage }, _) => [new CallStep.StopHolding()],
        (Stage.Paging { Wish: OfficerWish.ToBeCalledBack }, not ("1" or null)) when ask < 2 => OfferCallBack(enquiry, to, ask: 2),
        (Stage.Paging { Wish: OfficerWish.ToBeCalledBack }, _) => Farewell(Phrases.CallBackNoted(to, enquiry.Ref)),
        (Stage.Paging, _) => [new CallStep.WithKeys([new CallStep.HoldSound()], To(Door.HoldKey, enquiry))],
        _ => [new CallStep.StopHolding()],
    };

    /// <summary>The officer keyed in a number to be called back on.</summary>
    /// <param name="given">The number, if it can be called.</param>
    public static IReadOnlyList<CallStep> AfterNumber(Enquiry enquiry, int ask, PhoneNumber? given, Roster roster) => AfterNumber(enquiry, ask, given, roster.LanguageOf(enquiry));

    private static CallStep[] AfterNumber(Enquiry enquiry, int ask, PhoneNumber? given, Language to) => enquiry.Stage switch
    {
        not (Stage.Paging or Stage.Owed) => [new CallStep.StopHolding()],
        _ when enquiry.CallableNumber is not null && (given is not null || ask >= MostAsksForNumber) => OfferCallBack(enquiry, to),
        _ when ask < MostAsksForNumber => KeyInNumber(enquiry, ask + 1, Phrases.NumberNotUsable(to)),
        _ => [new CallStep.WithKeys([new CallStep.Say(Phrases.KeysWhileHeld(to)), new CallStep.HoldSound()], To(Door.HoldKey, enquiry))],
    };

    /// <summary>A call comes in from a number that has an open enquiry.</summary>
    public static IReadOnlyList<CallStep> AskWhetherAgain(Enquiry open, Roster roster) =>
    [
        new CallStep.Ask(
            [new CallStep.Say(Phrases.GoOnOrNew(roster.LanguageOf(open), open.Ref, orNew: IsNewWithoutKey(open, roster)))], KeyTimeout, To(Door.Again, open)),
    ];

    /// <summary>Whether the key means the enquiry that is open: so too no key, unless it may be another officer's.</summary>
    public static bool GoesOn(Enquiry open, string? key, Roster roster) => key == "1" || (key != "2" && !IsNewWithoutKey(open, roster));

    /// <summary>Whether more than one officer calls from that number, or it is in use by one: nobody is cut off by somebody who pressed nothing.</summary>
    private static bool IsNewWithoutKey(Enquiry open, Roster roster) => roster.IsShared(open.From) || Escalator.IsOnTheLine(open);

    /// <summary>The officer, called back, has picked up.</summary>
    /// <param name="callSid">The leg that asks: one that came too late, since the officer has called meanwhile, must not take the officer into the room twice.</param>
    public static IReadOnlyList<CallStep> CalledBack(Enquiry enquiry, string callSid, Roster roster) => IsWaitedFor(enquiry, callSid)
        ? [new CallStep.Ask(Twice(CallBackForYou(enquiry, roster)), KeyTimeout, To(Door.BackKey, enquiry, 1))]
        : AfterBackKey(enquiry, callSid, roster);

    private static bool IsWaitedFor(Enquiry enquiry, string callSid) => enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack } && IsOn(enquiry, callSid);

    private static Spoken CallBackForYou(Enquiry enquiry, Roster roster) => Phrases.CallBackForYou(roster.LanguageOf(enquiry), roster.Line(enquiry.Line)?.Name, enquiry.Ref);

    /// <summary>The officer, called back, pressed 1.</summary>
    /// <inheritdoc cref="CalledBack" path="/param"/>
    public static IReadOnlyList<CallStep> AfterBackKey(Enquiry enquiry, string callSid, Roster roster) => enquiry.Stage switch
    {
        // Who had it handed it over meanwhile: whoever takes it calls back, and nobody is held on a leg that is not waited for.
        Stage.Paging when enquiry.OfficerCall != callSid => Farewell(Phrases.CallBackPromised(roster.LanguageOf(enquiry), enquiry.Ref, enquiry.CallBackTo is not null)),

        // A call back of which Twilio's answer came after the officer had called.
        Stage.Accepted { Talk: Talk.Joining or Talk.Talking } when !IsOn(enquiry, callSid) => Farewell(Phrases.CalledAgain(roster.LanguageOf(enquiry), enquiry.Ref)),
        _ when IsOn(enquiry, callSid) => Now(enquiry, roster),
        _ => Farewell(Phrases.ExpertHasIt(roster.LanguageOf(enquiry), enquiry.Ref)),
    };

    /// <summary>The officer, called back, pressed something other than 1, or nothing.</summary>
    /// <param name="ask">Which hearing of the question is answered.</param>
    /// <param name="key">What was pressed; null = nothing.</param>
    /// <inheritdoc cref="CalledBack" path="/param"/>
    public static IReadOnlyList<CallStep> NotBack(Enquiry enquiry, string callSid, int ask, string? key, Roster roster) => key switch
    {
        not null when !IsWaitedFor(enquiry, callSid) => AfterBackKey(enquiry, callSid, roster),
        not null when ask < 2 =>
            [new CallStep.Ask([new CallStep.Say(Phrases.WrongKey(roster.LanguageOf(enquiry))), new CallStep.Say(CallBackForYou(enquiry, roster))], KeyTimeout, To(Door.BackKey, enquiry, 2))],
        _ => Farewell(Phrases.NobodyPressed(roster.LanguageOf(enquiry))),
    };

    /// <summary>What was recorded is nothing.</summary>
    public static IReadOnlyList<CallStep> NothingRecorded(Enquiry enquiry, Roster roster) => Farewell(Phrases.NoMessage(roster.LanguageOf(enquiry), enquiry.Ref));

    internal static Destination To(Door door, Enquiry enquiry, int ask = 0) => new(door, enquiry.Room, ask);

    internal static ValueList<CallStep> Twice(Spoken sentence) =>
        [new CallStep.Say(sentence), new CallStep.Pause(Duration.FromSeconds(1)), new CallStep.Say(sentence)];

    /// <summary>Whether the officer is on that line, or on none that is known.</summary>
    private static bool IsOn(Enquiry enquiry, string callSid) => (enquiry.OfficerCall ?? callSid) == callSid;

    internal static CallStep[] Greeting(Line? line) => line is { Greeting.Length: > 0 } ? [new CallStep.Say(new Spoken(line.Greeting, line.Language))] : [];

    /// <summary>What is said of the keys is the coordinator's, in the line's language, and so is the sentence around it.</summary>
    private static CallStep[] Menu(Enquiry enquiry, Stage.Menu menu, Roster roster)
    {
        var to = roster.LanguageOf(enquiry);
        CallStep[] opening = menu.Ask == 1 ? Greeting(roster.Line(enquiry.Line)) : [new CallStep.Say(enquiry.Doubted ? Phrases.PleasePressAKey(to) : Phrases.WrongKey(to))];
        var choice = Phrases.Menu(roster.Line(enquiry.Line)?.Language ?? to, roster.Menu(enquiry), orHold: !enquiry.Doubted);
        return [new CallStep.Ask([.. opening, new CallStep.Say(choice)], KeyTimeout, To(Door.Menu, enquiry, menu.Ask))];
    }

    private static CallStep[] AskForce(Enquiry enquiry, Stage.Menu menu, Roster roster) =>
        [new CallStep.AskNumber([new CallStep.Say(Phrases.WhichForce(roster.LanguageOf(enquiry), roster.Forces))], KeyTimeout, To(Door.Force, enquiry, menu.Ask))];

    private static CallStep.Hold Hold(Enquiry enquiry) => new(enquiry.Room, To(Door.Hold, enquiry), To(Door.Officer, enquiry));

    /// <summary>A label is taken until its leg has left, and the officer may have called again before the former line is known to be over (https://www.twilio.com/docs/api/errors/16025).</summary>
    private static CallStep.Connect Connect(Enquiry enquiry) =>
        new(enquiry.TalkRoom, $"{OfficersLabel} {enquiry.OfficerCall}", EndsRoom: false, To(Door.Room, enquiry), To(Door.Officer, enquiry));

    private static CallStep[] OfferCallBack(Enquiry enquiry, Language to, int ask = 1) =>
        [new CallStep.Ask([new CallStep.Say(Phrases.CallBackOn(to, enquiry.CallableNumber!))], KeyTimeout, To(Door.CallBack, enquiry, ask))];

    private static CallStep[] KeyInNumber(Enquiry enquiry, int ask, Spoken words) =>
        [new CallStep.AskNumber([new CallStep.Say(words)], KeyTimeout, To(Door.Number, enquiry, ask))];

    private static CallStep.Record Record(Enquiry enquiry) => new(LongestMessage, To(Door.Message, enquiry));

    internal static CallStep[] Farewell(Spoken sentence) => [new CallStep.Say(sentence), new CallStep.HangUp()];
}
