using System.Globalization;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>What became of texts that went out, as Twilio tells of it: of a page, of words that were passed on, and of the number they went to.</summary>
internal sealed class SentTexts(Enquiries enquiries, Quarantine quarantine)
{
    /// <param name="page">Whose text it was.</param>
    public async Task PagedAsync(string page, TwilioForm form)
    {
        if (Page.EnquiryOf(page) is { } id && form["MessageSid"] is { } message)
        {
            await LearnAsync(id, form);
            EnquiryEvent happened = form["MessageStatus"] is "undelivered" or "failed"
                ? new EnquiryEvent.PageTextFailed(page, $"not delivered: {form["ErrorCode"]}")
                : new EnquiryEvent.PageTexted(page, message);
            await enquiries.HappenedAsync(id, happened);
        }
    }

    /// <param name="subject">A <see cref="RelaySubject"/>.</param>
    public async Task RelayedAsync(string subject, TwilioForm form)
    {
        if (RelaySubject.Parse(subject) is not { } relay)
        {
            return;
        }

        await LearnAsync(relay.Enquiry, form);
        if (form["MessageStatus"] is "undelivered" or "failed")
        {
            await enquiries.HappenedAsync(relay.Enquiry, new EnquiryEvent.RelayFailed(relay.Message, relay.Adviser, $"not delivered: {form["ErrorCode"]}"));
        }
    }

    /// <summary>What became of a text says something of the number it went to.</summary>
    private async Task LearnAsync(Guid enquiry, TwilioForm form)
    {
        if (CallerId.Read(form["To"]) is not { } to || CallerId.Read(form["From"]) is not { } from)
        {
            return;
        }

        if (form["MessageStatus"] == "delivered")
        {
            await quarantine.ProvedWellAsync(to, CancellationToken.None);
        }
        else if (form["MessageStatus"] is "undelivered" or "failed" && int.TryParse(form["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            await quarantine.TextFailedAsync(to, from, code, (await enquiries.FindAsync(enquiry))?.Enquiry.Desk, CancellationToken.None);
        }
    }
}
