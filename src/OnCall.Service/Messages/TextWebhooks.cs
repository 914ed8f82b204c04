using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>Texts that come in: an adviser's is a command or words for an officer, everybody else's an enquiry. And what Twilio tells of those that went out.</summary>
internal sealed class TextWebhooks(AdviserTexts advisers, DutyTexts duty, OfficerTexts officers, Enquiries enquiries, CurrentBook book, Gate gate, TimeProvider time)
{
    public async Task<IResult> ReceivedAsync(TwilioForm form, CancellationToken stop)
    {
        // STOP, START and their like are answered by Twilio, and by nobody else.
        if (CallerId.Read(form["From"]) is not { } from || form["MessageSid"] is not { Length: > 0 } message || ReplyReader.IsCarriers(form["Body"]))
        {
            return Twiml.AnswerText(null);
        }

        var answer = book.Book.Content.Advisers.FirstOrDefault(adviser => adviser.Sms == from || adviser.Phone == from) is { } adviser
            ? await AnswerAsync(adviser, from, form, message, stop)
            : await KeepAsync(from, form, message, stop);
        return Twiml.AnswerText(answer is not null && from.CanBeTexted && await gate.MayAnswerAsync(from, time.GetCurrentInstant(), stop) ? answer : null);
    }

    /// <summary>How the text of a page goes (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status).</summary>
    public async Task<IResult> StatusAsync(string page, TwilioForm form)
    {
        if (Page.EnquiryOf(page) is { } id && form["MessageSid"] is { } message)
        {
            EnquiryEvent happened = form["MessageStatus"] is "undelivered" or "failed"
                ? new EnquiryEvent.PageTextFailed(page, $"not delivered: {form["ErrorCode"]}")
                : new EnquiryEvent.PageTexted(page, message);
            await enquiries.HappenedAsync(id, happened);
        }

        return Results.NoContent();
    }

    /// <summary>How words that were passed on go.</summary>
    /// <param name="subject">The enquiry, Twilio's name of the text that came in, and the adviser, where they were for one; with <c>-</c> between.</param>
    public async Task<IResult> RelayStatusAsync(string subject, TwilioForm form)
    {
        if (form["MessageStatus"] is "undelivered" or "failed" && subject.Split('-', 3) is [var enquiry, var message, .. var adviser]
            && Guid.TryParseExact(enquiry, "N", out var id))
        {
            await enquiries.HappenedAsync(id, new EnquiryEvent.RelayFailed(message, adviser.FirstOrDefault(), $"not delivered: {form["ErrorCode"]}"));
        }

        return Results.NoContent();
    }

    private async Task<string?> AnswerAsync(Adviser adviser, PhoneNumber from, TwilioForm form, string message, CancellationToken stop)
    {
        var reply = new ReplyReader(book.Book.Content.Desks, book.Book.Topics).Read(form["Body"]);
        return reply switch
        {
            Reply.Help => Phrases.Commands,
            Reply.Who or Reply.Duty or Reply.Sick or Reply.Back => await duty.AnswerAsync(adviser, reply, Line(form), stop),
            _ => await advisers.AnswerAsync(adviser, Line(form), from, reply, message, stop),
        };
    }

    private async Task<string?> KeepAsync(PhoneNumber from, TwilioForm form, string message, CancellationToken stop)
    {
        var body = (form["Body"] ?? "").Trim();
        if (body.Length > 0 && await enquiries.FindByCallAsync(message, stop) is null)
        {
            await officers.ReceivedAsync(Line(form), from, message, body, stop);
        }

        return form["NumMedia"] is null or "" or "0" ? null : Phrases.NoPictures;
    }

    /// <summary>The line's number for calls: its advisers may have to be called.</summary>
    private PhoneNumber Line(TwilioForm form) =>
        book.Book.LineOf(form["To"] ?? "")?.Number ?? (PhoneNumber.TryParse(form["To"], out var texted, out _) ? texted : book.Book.Content.Lines[0].Number);
}
