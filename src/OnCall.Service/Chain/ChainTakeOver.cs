using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Service.Calls;
using OnCall.Service.Data;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// What a leg hears that was under way when the database went: at first to stay on the line, since most outages last seconds. After that an officer who waits
/// is led onto the chain, and whoever cannot be led on hears so.
/// </summary>
internal sealed class ChainTakeOver(ChainWebhooks chain, Journal journal, RecentCalls recent, CurrentBook book, DatabaseLink link, Twiml twiml, TimeProvider time)
{
    /// <summary>How long the database may be away before legs that are under way are led on without it.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(10);

    /// <param name="subject">The enquiry's id, or the page's.</param>
    /// <param name="ask">Which hearing of a question is answered.</param>
    /// <param name="again">Where the leg asks again if it is to stay on the line.</param>
    public Task<IResult> AtDoorAsync(Door door, string subject, int ask, string again, TwilioForm form)
    {
        if (Page.EnquiryOf(subject) is not null)
        {
            return Task.FromResult(StayOr(again, form, [new CallStep.Say(Phrases.CannotConnectNow(LegLanguage.Of(form, book.Book))), new CallStep.HangUp()]));
        }

        if (!Guid.TryParseExact(subject, "N", out var id))
        {
            return Task.FromResult(twiml.Answer([new CallStep.HangUp()]));
        }

        return OfficersLeg.IsOver(form) && door == Door.Officer ? Task.FromResult(IsOver(form)) : OfficerAsync(door, id, ask, again, form);
    }

    private bool IsLong => link.AwaySince is { } since && time.GetCurrentInstant() - since >= Patience;

    private Task<IResult> OfficerAsync(Door door, Guid id, int ask, string again, TwilioForm form)
    {
        var known = recent.Find(id);
        return door switch
        {
            Door.Again => chain.ArrivedAsync(form),
            Door.Menu or Door.Force => chain.AnsweredAsync(StateOf(known, id, ask, door == Door.Force, form), form["Digits"] is { Length: > 0 } digits ? digits : null),
            Door.Message => Task.FromResult(Message(StateOf(known, id, 0, false, form), form)),
            Door.Back or Door.BackKey => Task.FromResult(StayOr(again, form, [new CallStep.Say(Phrases.TryAgainLater(LegLanguage.Of(form, book.Book))), new CallStep.HangUp()])),
            // The room has ended: who asks again would no longer say so, and come into an empty one.
            Door.Officer when form["DialCallStatus"] is not null => chain.TakeOverAsync(StateOf(known, id, 1, false, form)),
            _ when !IsLong => Task.FromResult(StayOr(again, form, [])),
            Door.Hold or Door.HoldKey or Door.CallBack or Door.Number => Task.FromResult(twiml.Answer([new CallStep.StopHolding()])),
            _ when known is not null && IsLedOnAsBefore(known) => Task.FromResult(twiml.Answer(OfficerFlow.Now(known, new Roster(book.Book)))),
            _ => chain.TakeOverAsync(StateOf(known, id, 1, false, form)),
        };
    }

    /// <summary>Somebody has it and is in the room, or what the officer hears is the end.</summary>
    private static bool IsLedOnAsBefore(Enquiry known) => known.Stage switch
    {
        Stage.Accepted { Talk: Talk.AdviserGone } => false,
        Stage.Accepted or Stage.Owed or Stage.Closed => true,
        _ => false,
    };

    private IResult StayOr(string again, TwilioForm form, IReadOnlyList<CallStep> steps) =>
        IsLong ? twiml.Answer(steps) : Twiml.AnswerAgain(Phrases.PleaseBear(LegLanguage.Of(form, book.Book)), again);

    private IResult IsOver(TwilioForm form)
    {
        journal.Append(new JournalEntry(time.GetCurrentInstant(), null, [], form["CallSid"]));
        return twiml.Answer([new CallStep.HangUp()]);
    }

    private IResult Message(ChainState state, TwilioForm form)
    {
        var (recording, length) = (form["RecordingSid"], OfficersLeg.Recorded(form));
        var to = book.Book.LanguageOf(state.Line, state.From);
        var reference = Phrases.YourReference(to, state.Ref, byText: false);
        if (recording is null || length == Duration.Zero)
        {
            return twiml.Answer([new CallStep.Say(Phrases.ChainNoMessage(to, reference)), new CallStep.HangUp()]);
        }

        journal.Append(new JournalEntry(time.GetCurrentInstant(), state, [new ChainFact.MessageLeft(recording, length)]));
        return twiml.Answer([new CallStep.Say(Phrases.ChainMessageKept(to, reference)), new CallStep.HangUp()]);
    }

    /// <summary>What is known of the call; where another node saw it last, the menu is heard once more.</summary>
    private ChainState StateOf(Enquiry? known, Guid id, int ask, bool ofForce, TwilioForm form)
    {
        var (leg, now) = (OfficersLeg.Read(form, book.Book), time.GetCurrentInstant());
        return known is not null ? ChainState.Of(known, leg.CallSid, ChainBecause.DatabaseAway, now) : new ChainState
        {
            Enquiry = id,
            Line = leg.Line,
            From = leg.From,
            OfficerCall = leg.CallSid,
            Because = ChainBecause.DatabaseAway,
            OpenedAt = now,
            Began = now,
            HeldUntil = now + Escalator.LongestHold,
            Ask = ask,
            OfForce = ofForce,
        };
    }
}
