using NodaTime.Extensions;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Service.Chain;
using OnCall.Service.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>What Twilio tells of legs and rooms without asking for a document. It may come late, twice, out of order, or never.</summary>
internal sealed class StatusWebhooks(Enquiries enquiries, ChainRecord record, TimeProvider time)
{
    /// <summary>How the call of a page goes (https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent).</summary>
    public async Task<IResult> PageAsync(string page, TwilioForm form)
    {
        if (Page.EnquiryOf(page) is { } id && form["CallSid"] is { } callSid)
        {
            EnquiryEvent happened = IsOver(form["CallStatus"], out var status) ? new EnquiryEvent.PageHungUp(page, callSid, status) : new EnquiryEvent.PagePlaced(page, callSid);
            await enquiries.HappenedAsync(id, happened);
        }

        return Results.NoContent();
    }

    /// <summary>How the call back to an officer goes.</summary>
    public async Task<IResult> OfficerAsync(string enquiry, TwilioForm form)
    {
        if (Guid.TryParseExact(enquiry, "N", out var id) && form["CallSid"] is { } callSid)
        {
            EnquiryEvent happened = IsOver(form["CallStatus"], out _) ? new EnquiryEvent.OfficerHungUp(callSid) : new EnquiryEvent.CallBackPlaced(callSid);
            await enquiries.HappenedAsync(id, happened);
        }

        return Results.NoContent();
    }

    /// <summary>A call to one of the lines is over: told to the record, or, while the database is away, to the journal.</summary>
    public async Task<IResult> CallAsync(TwilioForm form)
    {
        if (IsOver(form["CallStatus"], out _) && form["CallSid"] is { } callSid)
        {
            await record.TellAsync(new JournalEntry(time.GetCurrentInstant(), null, [], callSid));
        }

        return Results.NoContent();
    }

    /// <summary>Who came into the room, and who hung up there (https://www.twilio.com/docs/voice/twiml/conference#attributes-statusCallbackEvent).</summary>
    public async Task<IResult> RoomAsync(string enquiry, TwilioForm form)
    {
        if (Guid.TryParseExact(enquiry, "N", out var id) && RoomEvent(form) is { } happened)
        {
            await enquiries.HappenedAsync(id, happened);
        }

        return Results.NoContent();
    }

    private static EnquiryEvent? RoomEvent(TwilioForm form) => (form["StatusCallbackEvent"], form["ReasonParticipantLeft"], form["ParticipantLabel"], form["CallSid"]) switch
    {
        ("conference-start", _, _, _) => new EnquiryEvent.Bridged(),
        ("participant-leave", "participant_hung_up", { } label, { } callSid) when label.StartsWith(OfficerFlow.OfficersLabel, StringComparison.Ordinal) => new EnquiryEvent.OfficerHungUp(callSid),
        ("participant-leave", "participant_hung_up", { } page, { } callSid) => new EnquiryEvent.PageHungUp(page, callSid, "completed"),
        _ => null,
    };

    private static bool IsOver(string? status, out string over)
    {
        over = status ?? "";
        return TwilioCall.IsOver(over);
    }
}
