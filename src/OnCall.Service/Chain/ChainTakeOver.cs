using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Service.Calls;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// What a leg hears that was under way when the database went: at first to stay on the line, since most outages last seconds. After that an officer who waits
/// is led onto the chain, and whoever cannot be led on hears so. The same goes for a leg whose webhooks fail for as long although the database is there.
/// </summary>
internal sealed class ChainTakeOver(ChainWebhooks chain, Journal journal, Enquiries enquiries, CurrentBook book, DatabaseLink link, Twiml twiml, TimeProvider time)
{
    /// <param name="subject">The enquiry's id, or the page's.</param>
    /// <param name="ask">Which hearing of a question is answered.</param>
    /// <param name="again">Where the leg asks again if it is to stay on the line.</param>
    /// <param name="fails">The leg has asked in vain for longer than <see cref="ChainEntry.Patience"/>.</param>
    public Task<IResult> AtDoorAsync(Door door, string subject, int ask, string again, TwilioForm form, bool fails)
    {
        var isLong = fails || (link.AwaySince is { } since && time.GetCurrentInstant() - since >= ChainEntry.Patience);
        if (Page.EnquiryOf(subject) is not null)
        {
            return Task.FromResult(isLong ? twiml.Answer([new CallStep.Say(Phrases.CannotConnectNow(LegLanguage.Of(form, book.Book))), new CallStep.HangUp()]) : Stay(again, form));
        }

        if (!Guid.TryParseExact(subject, "N", out var id))
        {
            return Task.FromResult(twiml.Answer([new CallStep.HangUp()]));
        }

        return OfficersLeg.IsOver(form) && door == Door.Officer ? Task.FromResult(IsOver(form)) : OfficerAsync(door, id, ask, isLong, again, form);
    }

    private Task<IResult> OfficerAsync(Door door, Guid id, int ask, bool isLong, string again, TwilioForm form)
    {
        var known = enquiries.Remembered(id);
        if (known is not null && door != Door.Message && OfficerFlow.OnFormer(known, form["CallSid"] ?? "", new Roster(book.Book)) is { } former)
        {
            return Task.FromResult(twiml.Answer(former));
        }

        return ChainEntry.WithoutDatabase(door, known, saysNothing: form["Digits"] != "hangup" && form["RecordingDuration"] is null or "0", roomEnded: form["DialCallStatus"] is not null, isLong) switch
        {
            ChainWay.Arrive => chain.ArrivedAsync(form),
            ChainWay.Answer => chain.AnsweredAsync(StateOf(known, id, ask, door == Door.Force, form), form.Digits),
            ChainWay.Message => chain.RecordedAsync(StateOf(known, id, 0, false, form), form),
            ChainWay.Stay => Task.FromResult(Stay(again, form)),
            ChainWay.CallLater => Task.FromResult(twiml.Answer([new CallStep.Say(Phrases.TryAgainLater(LegLanguage.Of(form, book.Book))), new CallStep.HangUp()])),
            ChainWay.StopHolding => Task.FromResult(twiml.Answer([new CallStep.StopHolding()])),
            ChainWay.AsUsual => Task.FromResult(twiml.Answer(OfficerFlow.Now(known!, new Roster(book.Book)))),
            ChainWay.TalkEnded => chain.TalkEndedAsync(StateOf(known, id, 1, false, form)),
            _ => chain.TakeOverAsync(StateOf(known, id, 1, false, form)),
        };
    }

    private IResult Stay(string again, TwilioForm form) => Twiml.AnswerAgain(Phrases.PleaseBear(LegLanguage.Of(form, book.Book)), again);

    private IResult IsOver(TwilioForm form)
    {
        journal.Append(new JournalEntry(time.GetCurrentInstant(), null, [], form["CallSid"]));
        return twiml.Answer([new CallStep.HangUp()]);
    }

    /// <summary>What is known of the call; where another node saw it last, the menu is heard once more.</summary>
    private ChainState StateOf(Enquiry? known, Guid id, int ask, bool ofForce, TwilioForm form)
    {
        var (leg, now) = (OfficersLeg.Read(form, book.Book), time.GetCurrentInstant());
        return known is not null ? ChainState.Of(known, leg.CallSid, ChainBecause.DatabaseAway, now) : ChainState.Unseen(id, leg.Line, leg.From, leg.CallSid, ask, ofForce, now);
    }
}
