using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>Texts that come in: an adviser's is a command or words for an officer, everybody else's an enquiry. What Twilio tells of those that went out goes to <see cref="SentTexts"/>.</summary>
/// <remarks>Twilio asks once, whatever the answer is: what cannot be handled now is held, and handled later.</remarks>
internal sealed class TextWebhooks(
    AdviserTexts advisers, SharedPhones phones, DutyTexts duty, OfficerTexts officers, SentTexts sent, Enquiries enquiries, HeldTexts held, ToldTexts told, DatabaseLink link, OutboxStore outbox, CurrentBook book, Gate gate,
    Quarantine quarantine, TimeProvider time)
{
    public async Task<IResult> ReceivedAsync(TwilioForm form, CancellationToken stop)
    {
        if (Read(form) is not { } text)
        {
            return Twiml.AnswerText(null);
        }

        try
        {
            return Twiml.AnswerText(await link.AskAsync(() => AnswerAsync(text, form, stop)));
        }
        catch (Exception e)
        {
            held.Keep(new HeldText(TextTold.Received, null, form.Fields), e);
            return Twiml.AnswerText(ReplyReader.IsCarriers(form["Body"]) ? null : held.Receipt(text.From, Line(form)));
        }
    }

    /// <summary>How the text of a page goes (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status).</summary>
    public Task<IResult> StatusAsync(string page, TwilioForm form) => ToldAsync(new HeldText(TextTold.Paged, page, form.Fields));

    /// <summary>How words that were passed on go.</summary>
    /// <param name="subject">A <see cref="RelaySubject"/>.</param>
    public Task<IResult> RelayStatusAsync(string subject, TwilioForm form) => ToldAsync(new HeldText(TextTold.Relayed, subject, form.Fields));

    /// <summary>Handles what was held. Handled twice, nothing happens twice, but that an adviser may be told twice that a text came too late.</summary>
    /// <param name="came">When it came.</param>
    /// <param name="goodFor">An adviser's text that is older is not obeyed, and the adviser told so: its sender has done something else meanwhile.</param>
    public Task HandleAsync(HeldText text, Instant came, Duration goodFor, CancellationToken stop)
    {
        var form = TwilioForm.Of(text.Form);
        return text.Kind == TextTold.Received ? AnswerLateAsync(form, came, goodFor, stop) : SentAsync(text, form);
    }

    private Task SentAsync(HeldText text, TwilioForm form) => text.Kind == TextTold.Paged ? sent.PagedAsync(text.Subject ?? "", form) : sent.RelayedAsync(text.Subject ?? "", form);

    /// <summary>Null = it is no text for us.</summary>
    private static (PhoneNumber From, string Message)? Read(TwilioForm form) =>
        CallerId.Read(form["From"]) is { } from && form["MessageSid"] is { Length: > 0 } message ? (from, message) : null;

    private async Task<IResult> ToldAsync(HeldText text)
    {
        try
        {
            await link.AskAsync(async () =>
            {
                await SentAsync(text, TwilioForm.Of(text.Form));
                return true;
            });
        }
        catch (Exception e)
        {
            held.Keep(text, e);
        }

        return Results.NoContent();
    }

    private async Task<string?> AnswerAsync((PhoneNumber From, string Message) text, TwilioForm form, CancellationToken stop)
    {
        var (from, message) = text;
        var texted = Texted(form);
        if (ReplyReader.IsCarriers(form["Body"]))
        {
            // Twilio answers these, and nobody else; but what it does not obey may be a word to the adviser who has the enquiry.
            if (!await WasHandledAsync(message, stop))
            {
                await HeedAsync(form, from, texted, message, stop);
                await told.NoteAsync(message, time.GetCurrentInstant(), stop);
            }

            return null;
        }

        if (Consent.Read(form["Body"]) == true && !await WasHandledAsync(message, stop))
        {
            // YES: to the carriers it means START, and to whoever asked it is the answer.
            await quarantine.OptedInAsync(from, texted, stop);
        }

        await quarantine.ProvedWellAsync(from, stop);
        var adviser = await phones.OfAsync(from, form["Body"], stop);
        var language = adviser?.Language ?? book.Book.LanguageOf(Line(form), from);
        var (words, hadLinks) = Links.Without((form["Body"] ?? "").Trim(), Phrases.LinkLeftOut(language));
        var answer = words.Length == 0 ? null : adviser is not null
            ? await AnswerAsync(adviser, from, form, words, message, stop)
            : await KeepAsync(from, form, words, message, stop);
        answer ??= hadLinks ? Phrases.NoLinks(language) : form["NumMedia"] is null or "" or "0" ? null : Phrases.NoPictures(language);
        await told.NoteAsync(message, time.GetCurrentInstant(), stop);
        return answer is not null && from.CanBeTexted && await gate.MayAnswerAsync(from, texted, time.GetCurrentInstant(), stop) ? answer : null;
    }

    /// <summary>The webhook is long over, or never came: the answer is a text of its own. What was handled meanwhile is left alone.</summary>
    private async Task AnswerLateAsync(TwilioForm form, Instant came, Duration goodFor, CancellationToken stop)
    {
        if (Read(form) is not { } text || await WasHandledAsync(text.Message, stop))
        {
            return;
        }

        if (time.GetCurrentInstant() - came > goodFor && !ReplyReader.IsCarriers(form["Body"]) && book.Book.AdviserOf(text.From) is { } adviser)
        {
            await outbox.AddAsync([new Effect.SendText(text.From, Texted(form), Phrases.AdvisersTextCameLate(adviser.Language), adviser.Id)], stop);
            await told.NoteAsync(text.Message, time.GetCurrentInstant(), stop);
        }
        else if (await AnswerAsync(text, form, stop) is { } answer)
        {
            await outbox.AddAsync([new Effect.SendText(text.From, Texted(form), answer, null)], stop);
        }
    }

    /// <summary>The phone wants no more texts, or wants them again; HELP, or "Stop." with a full stop, goes to the adviser whom its officer writes with, and opens nothing.</summary>
    private Task HeedAsync(TwilioForm form, PhoneNumber from, PhoneNumber texted, string message, CancellationToken stop) => Consent.Read(form["Body"]) switch
    {
        true => quarantine.OptedInAsync(from, texted, stop),
        false => quarantine.TextFailedAsync(from, texted, NumberFault.OptOut, desk: null, stop),
        null when book.Book.AdviserOf(from) is null => officers.GoesOnAsync(Line(form), from, message, (form["Body"] ?? "").Trim(), stop),
        null => Task.CompletedTask,
    };

    private async Task<string?> AnswerAsync(Adviser adviser, PhoneNumber from, TwilioForm form, string words, string message, CancellationToken stop)
    {
        var reply = new ReplyReader(book.Book.Content.Desks, book.Book.Topics).Read(words);
        var again = await WasHandledAsync(message, stop);
        return reply switch
        {
            Reply.Help => Phrases.Commands(adviser.Language),
            Reply.Who or Reply.Duty or Reply.Sick or Reply.Back => await duty.AnswerAsync(adviser, reply, Line(form), again, stop),
            _ => await advisers.AnswerAsync(adviser, Line(form), from, reply, message, again, stop),
        };
    }

    private async Task<string?> KeepAsync(PhoneNumber from, TwilioForm form, string words, string message, CancellationToken stop)
    {
        if (await enquiries.FindByCallAsync(message, stop) is null)
        {
            await officers.ReceivedAsync(Line(form), from, message, words, stop);
        }

        return null;
    }

    private async Task<bool> WasHandledAsync(string message, CancellationToken stop) => (await told.UntoldAsync([message], stop)).Count == 0;

    private PhoneNumber Texted(TwilioForm form) => PhoneNumber.TryParse(form["To"], out var number, out _) ? number : Line(form);

    /// <summary>The line's number for calls: its advisers may have to be called.</summary>
    private PhoneNumber Line(TwilioForm form) => book.Book.LineNumberOf(form["To"]);
}
