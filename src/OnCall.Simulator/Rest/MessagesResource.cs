using System.Globalization;
using System.Text.Json.Nodes;
using OnCall.Simulator.Messaging;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Rest;

/// <summary>Messages. Source: https://www.twilio.com/docs/messaging/api/message-resource.</summary>
internal static class MessagesResource
{
    private const int LongestBody = 1600;

    public static RestAnswer Create(RestCall call)
    {
        call.Expect("To From Body StatusCallback ValidityPeriod SmartEncoded ProvideFeedback Attempt RiskCheck");
        var account = call.Account;
        var to = call.Form["To"] is { Length: > 0 } t ? t : throw RestError.BadRequest(21604, "A 'To' phone number is required");
        if (!PhoneNumbers.IsE164(to))
        {
            throw RestError.BadRequest(21211, $"Invalid 'To' Phone Number: {to}");
        }

        var from = Sender(call, to);
        var body = call.Form["Body"] is { Length: > 0 } b ? b : throw RestError.BadRequest(21602, "Message body is required");
        if (body.Length > LongestBody)
        {
            throw RestError.BadRequest(21617, $"The concatenated message body exceeds the {LongestBody} character limit");
        }

        if (account.TextCentre.OptOuts.Blocks(to, from))
        {
            throw RestError.BadRequest(21610, "Attempt to send to unsubscribed recipient");
        }

        call.Number("ValidityPeriod", 1, 36_000);
        var told = call.Address("StatusCallback", 21609, "StatusCallbackMethod");
        return RestAnswer.Created(Render(account, account.TextCentre.Send(from, to, body, "outbound-api", told)));
    }

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(call.Account, Find(call)));

    public static RestAnswer List(RestCall call) => call.List(
        "messages",
        call.Account.TextCentre.Messages.AsEnumerable().Reverse().Where(m =>
            (call.Query["To"] is not { } to || m.To == to)
            && (call.Query["From"] is not { } from || m.From == from)
            && call.Matches("DateSent", m.SentAt)),
        m => m.Sid,
        m => Render(call.Account, m));

    /// <summary>An empty Body redacts.</summary>
    public static RestAnswer Update(RestCall call)
    {
        call.Expect("Body Status");
        var message = Find(call);
        if (call.Form.Has("Status"))
        {
            throw RestError.BadRequest(30409, "Message is not scheduled: it cannot be canceled");
        }

        if (call.Form["Body"] is not "")
        {
            throw RestError.BadRequest(20001, "Body can only be emptied");
        }

        if (message.Status is "queued" or "sending")
        {
            throw RestError.BadRequest(20009, "Message is not yet sent: it cannot be redacted");
        }

        message.Body = "";
        message.UpdatedAt = call.Account.Loop.Now;
        return RestAnswer.Ok(Render(call.Account, message));
    }

    public static RestAnswer Delete(RestCall call)
    {
        var message = Find(call);
        if (message.Status is "queued" or "sending")
        {
            throw RestError.BadRequest(20009, "Message is not complete: it cannot be deleted");
        }

        call.Account.TextCentre.Remove(message);
        return RestAnswer.Deleted;
    }

    private static TextMessage Find(RestCall call) =>
        call.Account.TextCentre.Find(call.Route("sid")) ?? throw RestError.NotFound($"/Messages/{call.Route("sid")}.json");

    private static string Sender(RestCall call, string to)
    {
        var from = call.Form["From"] is { Length: > 0 } f ? f : throw RestError.BadRequest(21603, "A 'From' phone number is required");
        if (from == to)
        {
            throw RestError.BadRequest(21266, "'To' and 'From' number cannot be the same");
        }

        if (PhoneNumbers.IsSenderName(from))
        {
            return from;
        }

        if (!PhoneNumbers.IsE164(from))
        {
            throw RestError.BadRequest(21212, $"Invalid 'From' Phone Number: {from}");
        }

        return call.Account.FindNumber(from) is { Sms: true } ? from
            : throw RestError.BadRequest(21606, $"The 'From' phone number {from} is not a valid, SMS-capable inbound phone number for your account");
    }

    private static JsonObject Render(Account account, TextMessage message)
    {
        var uri = $"/2010-04-01/Accounts/{account.Sid}/Messages/{message.Sid}";
        return new JsonObject
        {
            ["sid"] = message.Sid,
            ["account_sid"] = account.Sid,
            ["messaging_service_sid"] = null,
            ["from"] = message.From,
            ["to"] = message.To,
            ["body"] = message.Body,
            ["num_segments"] = Segments.Of(message.Body).ToString(CultureInfo.InvariantCulture),
            ["num_media"] = "0",
            ["direction"] = message.Direction,
            ["status"] = message.Status,
            ["error_code"] = message.ErrorCode,
            ["error_message"] = null,
            ["price"] = null,
            ["price_unit"] = "USD",
            ["date_created"] = Rfc2822.Of(message.CreatedAt),
            ["date_sent"] = Rfc2822.Of(message.SentAt),
            ["date_updated"] = Rfc2822.Of(message.UpdatedAt),
            ["api_version"] = "2010-04-01",
            ["uri"] = $"{uri}.json",
            ["subresource_uris"] = new JsonObject { ["media"] = $"{uri}/Media.json" },
        };
    }
}
