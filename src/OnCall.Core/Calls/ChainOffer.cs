using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;

namespace OnCall.Core.Calls;

/// <summary>
/// What an adviser hears whom the officer's leg dialled. Where the document ends by itself the two are connected, so everything but the key 1 ends with an
/// explicit hang-up (https://www.twilio.com/docs/voice/twiml/number#attributes-url): silence, a voicemail, another key.
/// </summary>
/// <param name="seal">Signs a state, so that it may stand in an address.</param>
public sealed class ChainOffer(Roster roster, Func<ChainState, string> seal, Instant now)
{
    public ChainAnswer PickedUp(ChainState state, string callSid) =>
        new([new CallStep.Ask(OfficerFlow.Twice(Prompt(state)), OfficerFlow.KeyTimeout, Key(state, 1)), new CallStep.HangUp()], state, [new ChainFact.PickedUp(callSid)]);

    /// <param name="ask">Which prompt was answered.</param>
    /// <param name="key">What was pressed; null = nothing.</param>
    public ChainAnswer Pressed(ChainState state, string callSid, int ask, string? key) => key switch
    {
        "1" => new ChainAnswer([], state, [new ChainFact.Taken(callSid)]),
        "2" => new ChainAnswer(OfficerFlow.Farewell(Phrases.PassedOn(LanguageOf(state))), state, [new ChainFact.Passed(callSid)]),
        not null when ask == 1 => new ChainAnswer(
            [new CallStep.Ask([new CallStep.Say(Phrases.PressOneOrTwo(LanguageOf(state)))], OfficerFlow.KeyTimeout, Key(state, 2)), new CallStep.HangUp()], state, []),
        _ => new ChainAnswer(OfficerFlow.Farewell(Phrases.NoKeyGoodbye(LanguageOf(state))), state, []),
    };

    /// <summary>What is heard once the record knows the key: who pressed 1 when somebody else had it already is not connected.</summary>
    /// <param name="answer">The answer to the key.</param>
    /// <param name="enquiry">As it is afterwards; null = the database is away.</param>
    public IReadOnlyList<CallStep> Steps(ChainAnswer answer, Enquiry? enquiry) =>
        answer.Facts.Any(fact => fact is ChainFact.Taken) && enquiry is not null && (enquiry.Stage as Stage.Accepted)?.Page != answer.State.PageOf(enquiry)
            ? OfficerFlow.Farewell(Phrases.AlreadyTaken(LanguageOf(answer.State)))
            : answer.Steps;

    private Spoken Prompt(ChainState state)
    {
        var to = LanguageOf(state);
        var caller = Phrases.Says(to, roster.CallerSentence(state.From, to), roster.Forces.FirstOrDefault(force => force.Id == state.SaidForce)?.Name);
        return Phrases.Offer(to, state.Priority, caller, roster.DeskName(state.Desk, to), state.StepsBefore + state.Dials, (long)(now - state.OpenedAt).TotalSeconds);
    }

    private Language LanguageOf(ChainState state) => state.Dial is { } dial && roster.Adviser(dial.Adviser) is { } adviser ? adviser.Language : Language.English;

    private Destination Key(ChainState state, int ask) => new(Door.ChainKey, seal(state), ask);
}
