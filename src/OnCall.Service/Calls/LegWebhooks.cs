using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>
/// What a leg asks and is answered: the enquiry is told what happened, and the answer is read off the enquiry as it is then, so that a repeated
/// webhook gets the same answer. Whatever fails inside, the leg hears words and asks again.
/// </summary>
internal sealed partial class LegWebhooks(Enquiries enquiries, CurrentBook book, Twiml twiml, TimeProvider time, ILogger<LegWebhooks> log)
{
    public Task<IResult> ArrivedAsync(HttpContext http, TwilioForm form) => GuardedAsync(twiml.Address("voice"), async () =>
    {
        var line = PhoneNumber.TryParse(form["To"], out var called, out _) ? called : book.Book.Content.Lines[0].Number;
        var enquiry = await enquiries.OpenAsync(line, CallerId.Read(form["From"]), CallSid(form), http.RequestAborted);
        return OfficerFlow.Arrival(enquiry, Roster);
    });

    /// <param name="subject">The enquiry's id, or the page's.</param>
    /// <param name="ask">Which hearing of a question is answered.</param>
    public Task<IResult> AtDoorAsync(Door door, string subject, int ask, HttpContext http, TwilioForm form)
    {
        var isAdviser = Page.EnquiryOf(subject) is not null;
        var again = new Destination(isAdviser ? Door.Offer : door is Door.Hold or Door.Back or Door.Stayed ? door : door is Door.BackKey ? Door.Back : Door.Officer, subject);
        return GuardedAsync(twiml.Address(again), async () =>
        {
            if ((Page.EnquiryOf(subject) ?? (Guid.TryParseExact(subject, "N", out var whole) ? whole : null)) is not { } id
                || await HappenedAsync(id, EventAt(door, subject, ask, form), http.RequestAborted) is not { } enquiry)
            {
                return [new CallStep.HangUp()];
            }

            foreach (var missed in door == Door.Officer ? RoomEnded(enquiry, form) : [])
            {
                enquiry = (await enquiries.HappenedAsync(id, missed, http.RequestAborted))!;
            }

            return Steps(door, subject, ask, form, enquiry);
        });
    }

    private Roster Roster => new(book.Book);

    private static string CallSid(TwilioForm form) => form["CallSid"] ?? "";

    private static string? Key(TwilioForm form) => form["Digits"] is { Length: > 0 } digits ? digits : null;

    /// <summary>What the request tells of; null = it only asks.</summary>
    private static EnquiryEvent? EventAt(Door door, string subject, int ask, TwilioForm form) => (door, Key(form)) switch
    {
        (Door.Menu, var key) => new EnquiryEvent.MenuAnswered(ask, key),
        (Door.Offer, _) => new EnquiryEvent.PageAnswered(subject, CallSid(form)),
        (Door.OfferKey, "1") => new EnquiryEvent.PageTaken(subject, CallSid(form)),
        (Door.OfferKey, "2") => new EnquiryEvent.PagePassed(subject, CallSid(form)),
        (Door.Stayed, _) => new EnquiryEvent.OfficerStayed(CallSid(form)),
        (Door.Back, _) => new EnquiryEvent.CallBackPlaced(CallSid(form)),
        (Door.BackKey, "1") => new EnquiryEvent.OfficerBack(CallSid(form)),
        (Door.Heard, not "1") => new EnquiryEvent.MessageHeard(subject, CallSid(form)),
        (Door.Message, _) when Recorded(form) > Duration.Zero => new EnquiryEvent.MessageLeft(CallSid(form), form["RecordingSid"] ?? "", Recorded(form)),
        (Door.Officer, _) when form["QueueResult"] == "hangup" || form["CallStatus"] == "completed" => new EnquiryEvent.OfficerHungUp(CallSid(form)),
        _ => null,
    };

    private async Task<Enquiry?> HappenedAsync(Guid id, EnquiryEvent? happened, CancellationToken stop) =>
        happened is null ? (await enquiries.FindAsync(id, stop))?.Enquiry : await enquiries.HappenedAsync(id, happened, stop);

    /// <summary>The room has let the officer go although the officer did not leave it: it ended with the adviser. The room's own word of it may be lost.</summary>
    private static IEnumerable<EnquiryEvent> RoomEnded(Enquiry enquiry, TwilioForm form)
    {
        if (form["DialCallStatus"] is null
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
        Door.Hold => OfficerFlow.Held(enquiry, WholeSeconds(form["QueueTime"])),
        Door.Message when enquiry.Recording is null => OfficerFlow.NothingRecorded(enquiry),
        Door.Offer => AdviserFlow.Offer(enquiry, subject, CallSid(form), Roster, time.GetCurrentInstant()),
        Door.OfferKey => AdviserFlow.AfterKey(enquiry, subject, CallSid(form), ask, Key(form)),
        Door.Adviser or Door.Heard => AdviserFlow.Now(enquiry, subject, CallSid(form)),
        Door.Back => OfficerFlow.CalledBack(enquiry, Roster),
        Door.BackKey when Key(form) != "1" => OfficerFlow.NotBack,
        _ => OfficerFlow.Now(enquiry, Roster),
    };

    private static Duration Recorded(TwilioForm form) => WholeSeconds(form["RecordingDuration"]);

    private static Duration WholeSeconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Duration.FromSeconds(seconds) : Duration.Zero;

    private async Task<IResult> GuardedAsync(string again, Func<Task<IReadOnlyList<CallStep>>> answer)
    {
        try
        {
            return twiml.Answer(await answer());
        }
        catch (Exception e)
        {
            LogFailed(e);
            return Twiml.AnswerAgain(Phrases.PleaseBear, again);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "A webhook of a call failed inside; the caller was asked to stay on the line, and it is tried again")]
    private partial void LogFailed(Exception e);
}
