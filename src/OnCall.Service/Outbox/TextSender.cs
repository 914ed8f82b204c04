using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Messages;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>
/// Sends the texts of the outbox. What became of a page, and of words that are passed on, is told to the enquiry, so that an adviser who cannot be texted is
/// called; what became of the others changes nothing.
/// </summary>
internal sealed partial class TextSender(
    Enquiries enquiries, OutboxStore outbox, Gate gate, TwilioApi twilio, Twiml twiml, Reconciler reconciler, WordsStore words, Quarantine quarantine, CurrentBook book, TwilioSettings settings, TimeProvider time, ILogger<TextSender> log)
{
    /// <summary>A page that waits at Twilio for longer is not worth having: its step is over by then.</summary>
    private const int PageValidForSeconds = 600;

    /// <summary>Who cannot be paged by text is called; of what is told by text alone nobody would hear: for that it is tried for three quarters of an hour.</summary>
    private const int MostAttemptsAtWord = 60;

    private static readonly Duration LongestRest = Duration.FromMinutes(1);

    public async Task SendAsync(Claimed claimed, CancellationToken stop)
    {
        if (await WantedAsync(claimed, stop) is not { } text)
        {
            await outbox.DropAsync(claimed, settings.MessagesPerSecond);
            return;
        }

        switch (claimed.SentAt is { } sent ? await reconciler.FindTextAsync(text, sent, stop) : null)
        {
            case TwilioOutcome.Done found:
                await SentAsync(claimed, found.Sid);
                return;
            case not null:
                await LaterAsync(claimed, claimed.SentAt, stop);
                return;
        }

        if (claimed.Attempts > Most(claimed))
        {
            await FailedAsync(claimed, "Twilio did not say what became of it");
        }
        else if (await RefusalAsync(text, again: claimed.Attempts > 1, stop) is { } why)
        {
            LogRefused(claimed.EnquiryId, 0);
            await FailedAsync(claimed, why);
        }
        else
        {
            await PostAsync(claimed, text, stop);
        }
    }

    private async Task PostAsync(Claimed claimed, NewText text, CancellationToken stop)
    {
        var began = time.GetCurrentInstant();
        switch (await twilio.SendTextAsync(text, stop))
        {
            case TwilioOutcome.Done done:
                await SentAsync(claimed, done.Sid);
                break;
            case TwilioOutcome.Refused answer:
                LogRefused(claimed.EnquiryId, answer.Code);
                await quarantine.TextFailedAsync(PhoneNumber.Parse(text.To), PhoneNumber.Parse(text.From), answer.Code, await DeskAsync(claimed.EnquiryId), stop);
                await FailedAsync(claimed, $"Twilio refused: {answer.Code}");
                break;
            case TwilioOutcome.RetryLater:
                await LaterAsync(claimed, claimed.SentAt, stop);
                break;
            case TwilioOutcome.Unknown:
                await outbox.ReleaseAsync(claimed.Id, NextTry(claimed), claimed.SentAt ?? began, stop);
                break;
        }
    }

    private static int Most(Claimed claimed) => claimed.Effect is Effect.SendText ? MostAttemptsAtWord : EffectRunner.MostAttempts;

    /// <summary>Soon at first, and more and more seldom.</summary>
    private Instant NextTry(Claimed claimed) =>
        time.GetCurrentInstant() + Duration.Min(EffectRunner.Later * Math.Max(1, claimed.Attempts - EffectRunner.MostAttempts), LongestRest);

    /// <summary>The text as it goes out; null = it is no longer wanted.</summary>
    private async Task<NewText?> WantedAsync(Claimed claimed, CancellationToken stop) => claimed.Effect switch
    {
        Effect.SendText text => new NewText { To = text.To.Value, From = text.From.Value, Body = text.Body },
        Effect.PageByText page when await WaitsAsync(claimed, page.Page) => new NewText
        {
            To = page.To.Value,
            From = page.From.Value,
            Body = page.Body,
            StatusCallback = twiml.Address($"status/text?s={page.Page}"),
            ValidityPeriod = PageValidForSeconds,
        },
        Effect.Relay relay when Said(relay, await words.FindAsync(relay.Message, stop)) is { } said => new NewText
        {
            To = relay.To.Value,
            From = relay.From.Value,
            Body = said,
            StatusCallback = twiml.Address($"status/relay?s={new RelaySubject(claimed.EnquiryId, relay.Message, relay.Adviser)}"),
        },
        _ => null,
    };

    /// <summary>Who takes over an enquiry whose words were erased learns that there were some.</summary>
    private string? Said(Effect.Relay relay, KeptWords? words) => words switch
    {
        { Body: { Length: > 0 } said } => TextParts.Of(said, relay.Part, relay.Parts, relay.Before),
        { Body: null } when relay.Part == 1 => relay.Before + Phrases.WordsAreErased(book.Book.LanguageOf(relay.From, relay.To)),
        _ => null,
    };

    private async Task<bool> WaitsAsync(Claimed claimed, string page) =>
        (await enquiries.FindAsync(claimed))?.Enquiry.Pages.FirstOrDefault(one => one.Id == page) is { State: PageState.Requested };

    private async Task<string?> DeskAsync(Guid enquiry) => (await enquiries.FindAsync(enquiry))?.Enquiry.Desk;

    private async Task<string?> RefusalAsync(NewText text, bool again, CancellationToken stop)
    {
        var to = PhoneNumber.Parse(text.To);
        return to.CanBeTexted ? await gate.RefusalAsync(to, PhoneNumber.Parse(text.From), PageMethod.Sms, again, time.GetCurrentInstant(), stop) : "the number takes no texts";
    }

    private Task SentAsync(Claimed claimed, string sid) => claimed.Effect is Effect.PageByText page
        ? enquiries.HappenedAsync(claimed.EnquiryId, new EnquiryEvent.PageTexted(page.Page, sid), claimed.Id)
        : outbox.DeleteAsync(claimed.Id);

    private Task FailedAsync(Claimed claimed, string why) => claimed.Effect switch
    {
        Effect.PageByText page => enquiries.HappenedAsync(claimed.EnquiryId, new EnquiryEvent.PageTextFailed(page.Page, why), claimed.Id),
        Effect.Relay relay => enquiries.HappenedAsync(claimed.EnquiryId, new EnquiryEvent.RelayFailed(relay.Message, relay.Adviser, why), claimed.Id),
        _ => outbox.DeleteAsync(claimed.Id),
    };

    private async Task LaterAsync(Claimed claimed, Instant? sentAt, CancellationToken stop)
    {
        if (claimed.Attempts < Most(claimed))
        {
            await outbox.ReleaseAsync(claimed.Id, NextTry(claimed), sentAt, stop);
        }
        else
        {
            LogGivenUp(claimed.EnquiryId);
            await FailedAsync(claimed, "Twilio cannot be reached");
        }
    }

    [LoggerMessage(EventId = 3025, Level = LogLevel.Warning, Message = "Enquiry {Enquiry}: a text was not sent, code {Code} (0 = the gate)")]
    private partial void LogRefused(Guid enquiry, int code);

    [LoggerMessage(EventId = 3028, Level = LogLevel.Error, Message = "Enquiry {Enquiry}: a text could not be sent")]
    private partial void LogGivenUp(Guid enquiry);
}
