using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>
/// What a leg asks and is answered: the enquiry is told what happened, and the answer is read off the enquiry as it is then, so that a repeated
/// webhook gets the same answer. Whatever fails inside, the leg hears words and asks again; where that lasts, documents alone lead it on.
/// </summary>
internal sealed partial class LegWebhooks(
    Enquiries enquiries, CurrentBook book, OnCallSettings settings, Twiml twiml, DatabaseLink link, ChainWebhooks chain, ChainTakeOver takeOver, ChainLeadIn leadIn,
    FailingLegs failing, Recordings recordings, TimeProvider time, ILogger<LegWebhooks> log)
{
    public Task<IResult> ArrivedAsync(HttpContext http, TwilioForm form) => GuardedAsync(twiml.Address("voice"), form, _ => chain.ArrivedAsync(form), async () =>
    {
        var leg = OfficersLeg.Read(form, book.Book);
        var (joined, floods) = leg.From is null ? (null, false) : await enquiries.FindToJoinAsync(leg.Line, leg.From, leg.CallSid);
        return joined is { } open
            ? OfficerFlow.AskWhetherAgain(open, Roster)
            : await ArrivalAsync(await BackAsync(await enquiries.OpenAsync(leg.Line, leg.From, leg.CallSid, floods, http.RequestAborted), form), form);
    });

    /// <summary>A call that has its enquiry comes in again where Twilio was answered by the fallback address meanwhile.</summary>
    private async Task<Enquiry> BackAsync(Enquiry enquiry, TwilioForm form)
    {
        EnquiryEvent? back = enquiry.Stage switch
        {
            Stage.Accepted { Talk: Talk.CallingBack } when OfficersLeg.IsCalledBack(form) => new EnquiryEvent.CallBackPlaced(CallSid(form), PickedUp: true),
            Stage.Accepted => new EnquiryEvent.OfficerReturned(CallSid(form)),
            _ => null,
        };
        return back is null ? enquiry : await enquiries.HappenedAsync(enquiry.Id, back) ?? enquiry;
    }

    private async Task<IReadOnlyList<CallStep>> ArrivalAsync(Enquiry enquiry, TwilioForm form) => OfficersLeg.IsCalledBack(form) && enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack }
        ? OfficerFlow.CalledBack(enquiry, CallSid(form), Roster)
        : OfficerFlow.OnFormer(enquiry, CallSid(form), Roster) ?? (await leadIn.StepsAsync(Door.Officer, enquiry, CallSid(form)) is { } led ? OfficerFlow.Arrival(enquiry, led, Roster) : OfficerFlow.Arrival(enquiry, Roster));

    /// <summary>The officer, who has called before, says whether this is about the same.</summary>
    private async Task<Enquiry> GoOnOrOpenAsync(Guid open, HttpContext http, TwilioForm form)
    {
        if (await enquiries.FindAsync(open) is { Enquiry: var known } seen && OfficerFlow.GoesOn(known, form.Digits, Roster)
            && await enquiries.HappenedAsync(open, new EnquiryEvent.OfficerCalledAgain(CallSid(form), await enquiries.FloodsAsync(known.Line, known.From, CallSid(form))), seen: seen) is { } joined
            && joined.OfficerCall == CallSid(form))
        {
            return joined;
        }

        return await OpenAsync(OfficersLeg.Read(form, book.Book), http);
    }

    private async Task<Enquiry> OpenAsync(OfficersLeg leg, HttpContext http) =>
        await enquiries.OpenAsync(leg.Line, leg.From, leg.CallSid, await enquiries.FloodsAsync(leg.Line, leg.From, leg.CallSid), http.RequestAborted);

    /// <param name="subject">The enquiry's id, or the page's.</param>
    /// <param name="ask">Which hearing of a question is answered.</param>
    public Task<IResult> AtDoorAsync(Door door, string subject, int ask, HttpContext http, TwilioForm form)
    {
        var isAdviser = Page.EnquiryOf(subject) is not null;
        var again = new Destination(isAdviser ? Door.Offer : TriedAgainAt(door), subject);
        var address = door == Door.Again ? twiml.Address("voice") : twiml.Address(again);
        return GuardedAsync(address, form, isLong => takeOver.AtDoorAsync(door, subject, ask, address, form, isLong), async () =>
        {
            if (door == Door.Again && Guid.TryParseExact(subject, "N", out var open))
            {
                return await StepsAsync(door, subject, ask, form, await GoOnOrOpenAsync(open, http, form));
            }

            if ((Page.EnquiryOf(subject) ?? (Guid.TryParseExact(subject, "N", out var whole) ? whole : null)) is not { } id
                || await HappenedAsync(id, EventAt(door, subject, ask, form)) is not { } enquiry)
            {
                return await UnknownAsync(door, isAdviser, http, form);
            }

            if (door == Door.Message && IsAnother(enquiry, form))
            {
                await recordings.KeepAnotherAsync(enquiry, form["RecordingSid"]!, Recorded(form));
            }

            foreach (var missed in MissedAt(door, enquiry, form))
            {
                enquiry = (await enquiries.HappenedAsync(id, missed))!;
            }

            return await StepsAsync(door, subject, ask, form, enquiry);
        });
    }

    /// <summary>
    /// The database does not know the leg's enquiry: it came back without its last moments, as a standby does that takes over. Whoever is on the line is there all the same, and the enquiry is opened anew.
    /// </summary>
    private async Task<IReadOnlyList<CallStep>> UnknownAsync(Door door, bool isAdviser, HttpContext http, TwilioForm form)
    {
        if (OfficersLeg.IsOver(form))
        {
            return [new CallStep.HangUp()];
        }

        var (to, leg) = (LegLanguage.Of(form, book.Book), OfficersLeg.Read(form, book.Book));
        return isAdviser ? [new CallStep.Say(Phrases.CannotConnectNow(to)), new CallStep.HangUp()] : door switch
        {
            Door.Hold or Door.HoldKey or Door.CallBack or Door.Number => [new CallStep.StopHolding()],
            Door.Back or Door.BackKey => [new CallStep.Say(Phrases.TryAgainLater(to)), new CallStep.HangUp()],
            _ => await ArrivalAsync(await OpenAsync(leg, http), form),
        };
    }

    private async Task<IReadOnlyList<CallStep>> StepsAsync(Door door, string subject, int ask, TwilioForm form, Enquiry enquiry) =>
        OfficerFlow.OnFormer(enquiry, CallSid(form), Roster) ?? await leadIn.StepsAsync(door, enquiry, CallSid(form)) ?? Steps(door, subject, ask, form, enquiry);

    private Roster Roster => new(book.Book);

    private static string CallSid(TwilioForm form) => form["CallSid"] ?? "";

    /// <summary>Where an officer's leg asks again when a webhook failed inside: in the queue, something that may be heard there.</summary>
    private static Door TriedAgainAt(Door door) => door switch
    {
        Door.Hold or Door.Back or Door.Stayed => door,
        Door.HoldKey or Door.CallBack or Door.Number => Door.Hold,
        Door.BackKey => Door.Back,
        _ => Door.Officer,
    };

    /// <summary>The number that was keyed in, if it may be called.</summary>
    private PhoneNumber? KeyedNumber(TwilioForm form) =>
        CallerId.ReadKeyed(form.Digits) is { } number && settings.AllowedDestinations.Allows(number.Value) ? number : null;

    /// <summary>What the request tells of; null = it only asks.</summary>
    private EnquiryEvent? EventAt(Door door, string subject, int ask, TwilioForm form) => (door, form.Digits) switch
    {
        (Door.Menu, var key) => new EnquiryEvent.MenuAnswered(CallSid(form), ask, key),
        (Door.Force, var digits) => new EnquiryEvent.ForceSaid(CallSid(form), ask, digits),
        (Door.HoldKey, "*") => new EnquiryEvent.CallBackAsked(CallSid(form)),
        (Door.HoldKey, "#") => new EnquiryEvent.MessageAsked(CallSid(form)),
        (Door.CallBack, "#") => new EnquiryEvent.MessageAsked(CallSid(form)),
        (Door.CallBack, "3") => new EnquiryEvent.HoldsAgain(CallSid(form)),
        (Door.Number, _) when KeyedNumber(form) is { } number => new EnquiryEvent.CallBackNumberGiven(CallSid(form), number),
        (Door.Offer, _) => new EnquiryEvent.PageAnswered(subject, CallSid(form)),
        (Door.OfferKey, "1") => new EnquiryEvent.PageTaken(subject, CallSid(form)),
        (Door.OfferKey, "2") => new EnquiryEvent.PagePassed(subject, CallSid(form)),
        (Door.Stayed, _) => new EnquiryEvent.OfficerStayed(CallSid(form)),
        (Door.Back, _) => new EnquiryEvent.CallBackPlaced(CallSid(form), PickedUp: true),
        (Door.BackKey, "1") => new EnquiryEvent.OfficerBack(CallSid(form)),
        (Door.Heard, not "1") => new EnquiryEvent.MessageHeard(subject, CallSid(form)),
        (Door.Message, "hangup") when Recorded(form) == Duration.Zero => new EnquiryEvent.OfficerHungUp(CallSid(form)),
        (Door.Message, _) when Recorded(form) == Duration.Zero => new EnquiryEvent.HoldsAgain(CallSid(form)),
        (Door.Message, _) => new EnquiryEvent.MessageLeft(CallSid(form), form["RecordingSid"] ?? "", Recorded(form)),
        (Door.Officer, _) when OfficersLeg.IsOver(form) => new EnquiryEvent.OfficerHungUp(CallSid(form)),
        (Door.Officer, _) when form["DialCallStatus"] is null => new EnquiryEvent.OfficerReturned(CallSid(form)),
        _ => null,
    };

    private async Task<Enquiry?> HappenedAsync(Guid id, EnquiryEvent? happened) =>
        happened is null ? (await enquiries.FindAsync(id))?.Enquiry : await enquiries.HappenedAsync(id, happened);

    /// <summary>What the request shows to have happened without a word.</summary>
    private static IEnumerable<EnquiryEvent> MissedAt(Door door, Enquiry enquiry, TwilioForm form) => door switch
    {
        Door.Officer => RoomEnded(enquiry, form),

        // The first address of a call back is its fallback, too.
        Door.Back => [new EnquiryEvent.OfficerReturned(CallSid(form))],
        _ => [],
    };

    /// <summary>The room has let the officer go although the officer did not leave it: it ended with the adviser. The room's own word of it may be lost.</summary>
    private static IEnumerable<EnquiryEvent> RoomEnded(Enquiry enquiry, TwilioForm form)
    {
        if (form["DialCallStatus"] is null
            || enquiry.OfficerCall != CallSid(form)
            || enquiry.Stage is not Stage.Accepted { Page: { } taken, Talk: Talk.Joining or Talk.Talking } accepted
            || enquiry.Pages.FirstOrDefault(page => page.Id == taken)?.CallSid is not { } callSid
            || (accepted.Talk == Talk.Joining && form["DialBridged"] != "true"))
        {
            return [];
        }

        return [new EnquiryEvent.Bridged(), new EnquiryEvent.PageHungUp(taken, callSid, "completed")];
    }

    private IReadOnlyList<CallStep> Steps(Door door, string subject, int ask, TwilioForm form, Enquiry enquiry) => door switch
    {
        Door.Hold => OfficerFlow.Held(enquiry, WholeSeconds(form["QueueTime"]), Roster),
        Door.HoldKey => OfficerFlow.AfterHoldKey(enquiry, form.Digits, Roster),
        Door.CallBack => OfficerFlow.AfterCallBackKey(enquiry, ask, form.Digits, Roster),
        Door.Number => OfficerFlow.AfterNumber(enquiry, ask, KeyedNumber(form), Roster),
        Door.Message when enquiry.Stage is Stage.Owed && Recorded(form) == Duration.Zero => OfficerFlow.NothingRecorded(enquiry, Roster),
        Door.Message when enquiry.Stage is Stage.Owed or Stage.Paging { Wish: OfficerWish.ToLeaveMessage } && IsAnother(enquiry, form) =>
            [new CallStep.Say(Phrases.MessageKept(Roster.LanguageOf(enquiry), enquiry.Ref)), new CallStep.HangUp()],
        Door.Offer => AdviserFlow.Offer(enquiry, subject, CallSid(form), Roster, time.GetCurrentInstant()),
        Door.OfferKey => AdviserFlow.AfterKey(enquiry, subject, CallSid(form), ask, form.Digits, Roster),
        Door.Adviser or Door.Heard => AdviserFlow.Now(enquiry, subject, CallSid(form), Roster),
        Door.Back => OfficerFlow.CalledBack(enquiry, CallSid(form), Roster),
        Door.BackKey when form.Digits != "1" => OfficerFlow.NotBack(enquiry, CallSid(form), ask, form.Digits, Roster),
        Door.BackKey => OfficerFlow.AfterBackKey(enquiry, CallSid(form), Roster),
        _ => OfficerFlow.Now(enquiry, Roster),
    };

    /// <summary>The enquiry keeps the first message of its officer as its own; who calls again may leave one more.</summary>
    private static bool IsAnother(Enquiry enquiry, TwilioForm form) =>
        enquiry is { Recording: { } first, Stage: not Stage.Closed } && Recorded(form) > Duration.Zero && form["RecordingSid"] is { Length: > 0 } sid && sid != first;

    private static Duration Recorded(TwilioForm form) => WholeSeconds(form["RecordingDuration"]);

    private static Duration WholeSeconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Duration.FromSeconds(seconds) : Duration.Zero;

    /// <param name="again">Where the leg asks again if something fails inside.</param>
    /// <param name="withoutDatabase">What is answered while the database is away, or of no use to this leg; told whether the latter has lasted long.</param>
    private async Task<IResult> GuardedAsync(string again, TwilioForm form, Func<bool, Task<IResult>> withoutDatabase, Func<Task<IReadOnlyList<CallStep>>> answer)
    {
        try
        {
            var steps = await link.AskAsync(answer);
            failing.Answered(CallSid(form));
            return twiml.Answer(steps);
        }
        catch (DatabaseAwayException)
        {
            return await withoutDatabase(false);
        }
        catch (Exception e)
        {
            LogFailed(e);
            return await AfterFailureAsync(again, form, withoutDatabase);
        }
    }

    /// <summary>Most failures are over at the next try; who has tried for some seconds in vain is led on as if there were no database.</summary>
    private async Task<IResult> AfterFailureAsync(string again, TwilioForm form, Func<bool, Task<IResult>> withoutDatabase)
    {
        try
        {
            if (failing.Failed(CallSid(form)))
            {
                return await withoutDatabase(true);
            }
        }
        catch (Exception e)
        {
            LogFailed(e);
        }

        return Twiml.AnswerAgain(Phrases.PleaseBear(LegLanguage.Of(form, book.Book)), again);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "A webhook of a call failed inside; the caller was asked to stay on the line, and it is tried again")]
    private partial void LogFailed(Exception e);
}
