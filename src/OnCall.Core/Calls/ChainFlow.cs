using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Calls;

/// <summary>
/// What an officer's leg hears and does while documents alone lead it on: menu, then one adviser dialled after another, and a promise in the end. The same
/// state always gives the same document and facts.
/// </summary>
/// <param name="roster">The book in memory.</param>
/// <param name="seal">Signs a state, so that it may stand in an address.</param>
/// <param name="mayCall">Whether a number may be called at all.</param>
public sealed class ChainFlow(Roster roster, Func<ChainState, string> seal, Func<PhoneNumber, bool> mayCall, Instant now)
{
    /// <summary>Twilio rings so much longer than it is told (https://www.twilio.com/docs/voice/twiml/dial#timeout).</summary>
    private static readonly Duration AddedByTwilio = Duration.FromSeconds(5);

    /// <summary>A call comes in: greeting and menu, by the code that opens every call.</summary>
    /// <param name="from">The officer's number; null = withheld.</param>
    public ChainAnswer Arrive(Guid id, PhoneNumber line, PhoneNumber? from, string officerCall, ChainBecause because)
    {
        var opened = Escalator.Open(id, "", line, from, officerCall, roster, now);
        var state = ChainState.Of(opened.Next, officerCall, because, now) with { Ref = null, First = null, Round = 1, Step = 0, Rung = [] };
        if (state.Ask == 0)
        {
            var first = GoOn(state, [new ChainFact.Began(), Chosen(opened)], [Phrases.ChainHold(LanguageOf(state), Reference(state))]);
            return first with { Steps = [.. OfficerFlow.Greeting(roster.Line(line)), .. first.Steps] };
        }

        return new ChainAnswer(Asking(opened.Next, state), state, [new ChainFact.Began()]);
    }

    /// <summary>An officer who was somewhere else is led onto the chain.</summary>
    public ChainAnswer TakeOver(ChainState state)
    {
        if (state.Ask > 0)
        {
            return new ChainAnswer(Asking(state.AsEnquiry(), state), state, [new ChainFact.Began()]);
        }

        return GoOn(state, [new ChainFact.Began()], [Phrases.ChainHold(LanguageOf(state), Reference(state))]);
    }

    /// <summary>The talk has ended with the adviser's line: who stays is led onto the chain, to the same adviser first.</summary>
    public ChainAnswer TalkEnded(ChainState state)
    {
        var ended = state with { RoomEnded = true, Round = 1, Step = 0, Rung = [], HeldUntil = now + Escalator.LongestHold };
        IReadOnlyList<CallStep> then = ended.Ask > 0 ? Asking(ended.AsEnquiry(), ended) : [new CallStep.GoTo(To(Door.ChainNext, ended))];
        return new ChainAnswer([.. AdviserDropped(state), .. then], ended, [new ChainFact.RoomEnded()]);
    }

    /// <summary>An officer who would be held is led onto the chain, since nobody can be rung over REST; who is on it already, the webhook having come twice, hears the dial that is under way once more.</summary>
    public ChainAnswer Lead(Enquiry enquiry) => enquiry is { ChainDial: not null, Chain: { } chain }
        ? new ChainAnswer(Again(chain), chain, [])
        : TakeOver(ChainState.Of(enquiry, enquiry.OfficerCall!, ChainBecause.RestFails, now));

    /// <summary>What a leg on the chain tells, before it is answered.</summary>
    /// <param name="passed">Whether the adviser who was dialled pressed 2.</param>
    public ChainAnswer Told(ChainRequest request, bool passed) => request.Door switch
    {
        Door.ChainNext => Outcome(request.State, request.End, passed),
        Door.ChainMessage => Recorded(request, [new ChainFact.Promised(OwedBecause.MessageWanted)]),
        Door.Message => Recorded(request, []),
        _ => BeforeAnyDial(request.State, request.End),
    };

    /// <summary>How it goes on: back to the usual way as soon as that is open, or on by the chain.</summary>
    /// <param name="told">What it told.</param>
    /// <param name="enquiry">As it is after that; null = the database is away.</param>
    /// <param name="restFails">Whether nobody can be rung by Twilio's REST API.</param>
    public ChainTurn Turn(ChainRequest request, ChainAnswer told, Enquiry? enquiry, bool restFails)
    {
        if (enquiry is not null && OfficerFlow.OnFormer(enquiry, request.State.OfficerCall, roster) is { } former)
        {
            return new ChainTurn.Hears(former);
        }

        if (request.Door == Door.ChainMessage || request.End.OfficerGone)
        {
            return new ChainTurn.Hears(told.Steps.Count > 0 ? told.Steps : [new CallStep.HangUp()]);
        }

        if (enquiry is null)
        {
            return new ChainTurn.On(request with { State = told.State });
        }

        if (Repeated(request.State, enquiry) is { } same)
        {
            return new ChainTurn.Hears(same);
        }

        var on = request with { State = told.State.Knowing(enquiry) };
        return restFails && enquiry.Stage is Stage.Menu or Stage.Paging or Stage.Accepted { Talk: Talk.AdviserGone } ? new ChainTurn.On(on) : new ChainTurn.Back(Return(on, enquiry));
    }

    /// <summary>The officer goes on by the chain.</summary>
    public ChainAnswer GoOn(ChainRequest request) =>
        request.Door == Door.ChainMenu ? Answered(request.State, request.Digits) : AfterDial(request.State, request.End);

    /// <summary>The key of the menu, or the force that a caller in doubt keyed in; decided by the code that decides every call.</summary>
    /// <param name="digits">Null = nothing.</param>
    public ChainAnswer Answered(ChainState state, string? digits)
    {
        EnquiryEvent happened = state.OfForce ? new EnquiryEvent.ForceSaid(state.OfficerCall, state.Ask, digits) : new EnquiryEvent.MenuAnswered(state.OfficerCall, state.Ask, digits);
        var decided = Escalator.Decide(state.AsEnquiry(), happened, roster, now);
        var next = state with
        {
            Ask = 0,
            Doubted = decided.Next.Doubted,
            Desk = decided.Next.Desk,
            Priority = decided.Next.Priority,
            Policy = decided.Next.Policy,
            SaidForce = decided.Next.SaidForce,
            HeldUntil = now + Escalator.LongestHold,
        };
        return decided.Next.Stage switch
        {
            Stage.Menu menu => Again(decided.Next, next with { Ask = menu.Ask, OfForce = menu.OfForce }),
            _ when decided.Next.Doubted => Promise(next, [Chosen(decided)], Phrases.ChainHeldInDoubt(LanguageOf(state), Reference(next))),
            _ => GoOn(next, [Chosen(decided)], [Phrases.ChainHold(LanguageOf(state), Reference(next))]),
        };
    }

    /// <summary>What a dial came to, for the record, and the state after it.</summary>
    private static ChainAnswer Outcome(ChainState state, DialEnd end, bool passed)
    {
        if (state.Dial is not { } dial)
        {
            return BeforeAnyDial(state, end);
        }

        var after = passed ? state with { Passed = state.Passed.Add(dial.Adviser) } : state;
        return (end.Bridged, end.OfficerGone, end.CallSid) switch
        {
            // The adviser's line ends with the officer's, and nobody else tells of it.
            (true, true, { } call) => new ChainAnswer([], after, [new ChainFact.AdviserLeft(call), new ChainFact.OfficerLeft()]),
            (_, true, _) => new ChainAnswer([], after, [new ChainFact.OfficerLeft()]),
            (true, false, { } call) => new ChainAnswer([], after, [new ChainFact.AdviserLeft(call)]),
            _ => new ChainAnswer([], after, [new ChainFact.Missed(end.CallSid, end.Status)]),
        };
    }

    /// <summary>That the room has ended is told again: the record may be there by now, and the journal not told.</summary>
    private static ChainAnswer BeforeAnyDial(ChainState state, DialEnd end)
    {
        ValueList<ChainFact> facts = state.RoomEnded ? [new ChainFact.RoomEnded()] : [];
        return new ChainAnswer([], state, end.OfficerGone ? facts.Add(new ChainFact.OfficerLeft()) : facts);
    }

    /// <summary>The officer goes on after a dial.</summary>
    private ChainAnswer AfterDial(ChainState state, DialEnd end)
    {
        if (end.Bridged && state.Dial is { } talked)
        {
            var again = state with { First = talked.Adviser, Dial = null, Round = 1, Step = 0, Rung = [], HeldUntil = now + Escalator.LongestHold };
            return new ChainAnswer([.. AdviserDropped(state), new CallStep.GoTo(To(Door.ChainNext, again))], again, []);
        }

        return GoOn(state, [], [Phrases.ChainStillHolding(LanguageOf(state))]);
    }

    /// <summary>Where the usual way takes over: the step in which the next one would be dialled, and who was dialled in it already.</summary>
    private ChainState ToReturn(ChainState state) => ChainSteps.Next(state, roster, mayCall, now) is { Dial: { } next } ahead
        ? state with { Round = next.Round, Step = next.Step, Rung = ahead.Rung.Where(adviser => adviser != next.Adviser).ToValueList(), Dial = null }
        : state with { Round = roster.Policy(state.AsEnquiry()).Rounds + 1, Step = 0, Rung = [], Dial = null };

    /// <param name="known">What led to it. The officer is let go now: the node that could tell may be down.</param>
    private ChainAnswer Recorded(ChainRequest request, ValueList<ChainFact> known)
    {
        var (state, to, reference) = (request.State, LanguageOf(request.State), Reference(request.State));
        return request.Recording is null || request.Length == Duration.Zero
            ? new ChainAnswer(OfficerFlow.Farewell(Phrases.ChainNoMessage(to, reference)), state, known)
            : new ChainAnswer(OfficerFlow.Farewell(Phrases.ChainMessageKept(to, reference)), state, known.Add(new ChainFact.MessageLeft(request.Recording, request.Length)));
    }

    private EnquiryEvent Return(ChainRequest request, Enquiry enquiry) =>
        HasStayed(request, enquiry) ? new EnquiryEvent.OfficerStayed(request.State.OfficerCall)
            : request.Door != Door.ChainMenu ? new EnquiryEvent.Chained(ToReturn(request.State), new ChainFact.Returned(), now)
            : request.State.OfForce ? new EnquiryEvent.ForceSaid(request.State.OfficerCall, request.State.Ask, request.Digits)
            : new EnquiryEvent.MenuAnswered(request.State.OfficerCall, request.State.Ask, request.Digits);

    /// <summary>Whether the officer has heard already that the adviser's line has ended, and has not hung up since.</summary>
    private static bool HasStayed(ChainRequest request, Enquiry enquiry) =>
        request is { Door: Door.ChainNext, State.Dial: null } && enquiry is { Stage: Stage.Accepted { Talk: Talk.AdviserGone } } && enquiry.OfficerCall == request.State.OfficerCall;

    /// <summary>A webhook that has come before, and was answered with a dial, gets the same document; null = it has not.</summary>
    private IReadOnlyList<CallStep>? Repeated(ChainState state, Enquiry enquiry) =>
        enquiry is not { ChainDial: not null, Chain: { } chain } || chain.Began != state.Began || !state.IsBefore(chain) ? null
            : state.Ask > 0 ? Again(chain)
            : Again(chain, Phrases.ChainStillHolding(LanguageOf(chain)));

    private IReadOnlyList<CallStep> Again(ChainState state) => Again(state, Phrases.ChainHold(LanguageOf(state), Reference(state)));

    private IReadOnlyList<CallStep> Again(ChainState state, Spoken words) => state.Dial is { } dial && roster.Adviser(dial.Adviser) is { } adviser
        ? [new CallStep.Say(words), Dial(state, dial, adviser)]
        : [new CallStep.GoTo(To(Door.ChainNext, state))];

    private ChainAnswer GoOn(ChainState state, ValueList<ChainFact> facts, ValueList<Spoken> words)
    {
        if (ChainSteps.Next(state, roster, mayCall, now) is not { Dial: { } dial } next || roster.Adviser(dial.Adviser) is not { } adviser)
        {
            return Promise(state, facts, Phrases.ChainCallBackPromised(LanguageOf(state), Reference(state), state.CallBackTo is not null));
        }

        // What is told of one dial carries its own state: the facts before it are of the state before.
        return new ChainAnswer([.. words.Select(text => new CallStep.Say(text)), Dial(next, dial, adviser)], next, facts.Add(new ChainFact.Dialled()));
    }

    private CallStep.Dial Dial(ChainState state, ChainDial dial, Adviser adviser) => new(
        adviser.Phone, state.Line, Duration.Max(Duration.FromSeconds(5), dial.Ring - AddedByTwilio), To(Door.ChainOffer, state), To(Door.ChainNext, state));

    private ChainAnswer Promise(ChainState state, ValueList<ChainFact> facts, Spoken words)
    {
        var over = state with { Dial = null };
        var asksForMessage = (state.CallBackTo is null && !IsInReach(state)) || (!state.Doubted && roster.Policy(state.AsEnquiry()).Then == AfterRounds.Voicemail);
        var (to, reference) = (LanguageOf(state), Reference(state));
        IReadOnlyList<CallStep> steps = asksForMessage
            ?
            [
                new CallStep.Say(Phrases.ChainLeaveMessage(to, reference)), new CallStep.Record(OfficerFlow.LongestMessage, To(Door.ChainMessage, over)),
                .. OfficerFlow.Farewell(Phrases.ChainNoMessage(to, reference)),
            ]
            : OfficerFlow.Farewell(words);
        return new ChainAnswer(steps, over, facts.Add(new ChainFact.Promised(asksForMessage ? OwedBecause.MessageWanted : OwedBecause.Unanswered)));
    }

    private ChainAnswer Again(Enquiry asked, ChainState state) => new(Asking(asked, state), state, []);

    /// <summary>The menu as every call hears it; the answer comes to the chain.</summary>
    private CallStep[] Asking(Enquiry asked, ChainState state) => [.. OfficerFlow.Now(asked, roster).Select(step => step switch
    {
        CallStep.Ask ask => ask with { Then = To(Door.ChainMenu, state) },
        CallStep.AskNumber ask => ask with { Then = To(Door.ChainMenu, state) },
        _ => step,
    })];

    private static ChainFact.DeskChosen Chosen(Decision decided) =>
        new(decided.Timeline.FirstOrDefault(line => line.Event == "desk-chosen")?.Detail ?? "chosen before");

    private CallStep[] AdviserDropped(ChainState state) => [new CallStep.Say(Phrases.AdviserDropped(LanguageOf(state))), new CallStep.Pause(OfficerFlow.TimeToHangUp)];

    private Language LanguageOf(ChainState state) => roster.LanguageOf(state.Line, state.From);

    private string Reference(ChainState state) => Phrases.YourReference(LanguageOf(state), state.Ref, state.From is { CanBeTexted: true } && IsInReach(state));

    private bool IsInReach(ChainState state) => state.From is { } from && mayCall(from);

    private Destination To(Door door, ChainState state) => new(door, seal(state));
}
