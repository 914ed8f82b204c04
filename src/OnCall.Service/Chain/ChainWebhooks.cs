using System.Diagnostics;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Service.Calls;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// The webhooks of calls that documents alone lead on: what happened is told to the record, or to the journal, before the leg is answered. As soon as the usual
/// way is open again an officer who still waits is led back to it.
/// </summary>
internal sealed partial class ChainWebhooks(
    ChainRecord record, Enquiries enquiries, CurrentBook book, OnCallSettings settings, Twiml twiml, ChainSeal seal, TwilioLink twilio, PassedDials passed, TimeProvider time,
    ILogger<ChainWebhooks> log)
{
    /// <summary>A new call, while the database is away.</summary>
    public Task<IResult> ArrivedAsync(TwilioForm form)
    {
        var leg = OfficersLeg.Read(form, book.Book);
        return GiveAsync(Flow.Arrive(seal.EnquiryOf(leg.CallSid), leg.Line, leg.From, leg.CallSid, ChainBecause.DatabaseAway));
    }

    /// <summary>An officer whose call is under way is led onto the chain, while the database is away.</summary>
    public Task<IResult> TakeOverAsync(ChainState state) => GiveAsync(Flow.TakeOver(state));

    /// <summary>An officer comes out of a talk whose adviser's line has ended, while the database is away.</summary>
    public Task<IResult> TalkEndedAsync(ChainState state) => GiveAsync(Flow.TalkEnded(state));

    /// <summary>An officer who would be held is led onto the chain, since nobody can be rung over REST; one who is on it already hears the same again.</summary>
    public async Task<IReadOnlyList<CallStep>> LeadAsync(Enquiry enquiry) => await StepsOfAsync((await FlowKnowingAsync(enquiry)).Lead(enquiry));

    /// <summary>An officer who heard the usual menu has answered it.</summary>
    public Task<IResult> AnsweredAsync(ChainState state, string? digits) => GiveAsync(Flow.Answered(state, digits));

    /// <summary>An officer who was asked for a message in the usual way has left one, or none.</summary>
    public async Task<IResult> RecordedAsync(ChainState state, TwilioForm form)
    {
        var told = Flow.Told(OfficersLeg.RequestOf(Door.Message, state, form), passed: false);
        await TellAsync(told);
        return twiml.Answer(told.Steps);
    }

    /// <param name="subject">The state, sealed.</param>
    /// <param name="ask">Which hearing of a question is answered.</param>
    public async Task<IResult> AtDoorAsync(Door door, string subject, int ask, TwilioForm form)
    {
        var isAdviser = door is Door.ChainOffer or Door.ChainKey;
        try
        {
            return seal.Open(subject) is { } state && (isAdviser || state.OfficerCall == form["CallSid"])
                ? twiml.Answer(await (isAdviser ? AdviserAsync(door, state, ask, form) : OfficerAsync(door, state, form)))
                : Refuse(isAdviser, form);
        }
        catch (Exception e)
        {
            LogFailed(e);

            // A document that ends would connect the two.
            var to = LegLanguage.Of(form, book.Book);
            return isAdviser ? twiml.Answer([new CallStep.Say(Phrases.CannotConnectNow(to)), new CallStep.HangUp()]) : Twiml.AnswerAgain(Phrases.PleaseBear(to), twiml.Address(new Destination(door, subject)));
        }
    }

    private Roster Roster => new(book.Book);

    private Instant Now => time.GetCurrentInstant();

    private ChainFlow Flow => FlowOf(Roster);

    private ChainFlow FlowOf(Roster roster) => new(roster, seal.Seal, number => settings.AllowedDestinations.Allows(number.Value), Now);

    /// <summary>Where the database answers, who is busy with another enquiry is dialled last.</summary>
    private async Task<ChainFlow> FlowKnowingAsync(Enquiry? enquiry) =>
        enquiry is not null && await record.BusyElsewhereAsync(enquiry.Id) is { } busy ? FlowOf(new Roster(book.Book, busy)) : Flow;

    /// <summary>An adviser is never connected by it; an officer begins anew.</summary>
    private IResult Refuse(bool isAdviser, TwilioForm form)
    {
        LogRefused();
        return isAdviser ? twiml.Answer([new CallStep.HangUp()]) : Twiml.AnswerAgain(Phrases.PleaseBear(LegLanguage.Of(form, book.Book)), twiml.Address("voice"));
    }

    private async Task<IReadOnlyList<CallStep>> AdviserAsync(Door door, ChainState state, int ask, TwilioForm form)
    {
        var offer = new ChainOffer(Roster, seal.Seal, Now);
        var call = form["CallSid"] ?? "";
        var answer = door == Door.ChainOffer ? offer.PickedUp(state, call) : offer.Pressed(state, call, ask, form.Digits);
        if (answer.Facts.Any(fact => fact is ChainFact.Passed))
        {
            passed.Add(state.PageOf(state.AsEnquiry()));
        }

        return offer.Steps(answer, await TellAsync(answer));
    }

    private async Task<IReadOnlyList<CallStep>> OfficerAsync(Door door, ChainState state, TwilioForm form)
    {
        var request = OfficersLeg.RequestOf(door, state, form);
        var told = Flow.Told(request, passed.Contains(state.PageOf(state.AsEnquiry())));
        var enquiry = await TellAsync(told);
        return Flow.Turn(request, told, enquiry, twilio.RestFails) switch
        {
            ChainTurn.Hears hears => hears.Steps,
            ChainTurn.Back back => OfficerFlow.Now(await enquiries.HappenedAsync(enquiry!.Id, back.Happened) ?? enquiry, Roster),
            ChainTurn.On on => await StepsOfAsync((await FlowKnowingAsync(enquiry)).GoOn(on.Request)),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<IResult> GiveAsync(ChainAnswer answer) => twiml.Answer(await StepsOfAsync(answer));

    /// <summary>Tells what happened first. Where the record could be told that nobody took the call, what the officer is promised is read off it.</summary>
    private async Task<IReadOnlyList<CallStep>> StepsOfAsync(ChainAnswer answer) =>
        await TellAsync(answer) is { Stage: Stage.Owed } owed && owed.OfficerCall == answer.State.OfficerCall ? OfficerFlow.Now(owed, Roster) : answer.Steps;

    /// <summary>Tells what happened, to the record or the journal.</summary>
    /// <returns>The enquiry as it is afterwards; null = the database is away.</returns>
    private Task<Enquiry?> TellAsync(ChainAnswer answer)
    {
        var entry = new JournalEntry(Now, answer.State, answer.Facts);
        return answer.Facts.Count > 0 ? record.TellAsync(entry) : record.FindAsync(entry);
    }

    [LoggerMessage(EventId = 5031, Level = LogLevel.Error, Message = "A webhook of a call that documents alone lead on failed inside")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(EventId = 5032, Level = LogLevel.Warning, Message = "A webhook came with a state that was not sealed here, is too old, or belongs to another call: it was refused")]
    private partial void LogRefused();
}
