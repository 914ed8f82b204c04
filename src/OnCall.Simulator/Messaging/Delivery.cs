using System.Globalization;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Messaging;

/// <summary>One text on its way out. How long carriers take is assumed (check 26).</summary>
internal sealed class Delivery(Account account, TextMessage message, Callback? told)
{
    private static readonly TimeSpan ToCarrier = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ToPhone = TimeSpan.FromSeconds(2);
    private readonly string body = message.Body;
    private readonly CallbackLine line = new(account, "message-status", 11200);

    private Phone Phone => account.Phone(message.To);

    public void Start()
    {
        // Whoever created it is answered first: with "queued".
        account.Loop.Post(_ => message.Status = "sending", state: null);
        account.Loop.After(ToCarrier, Leave);
    }

    private void Leave()
    {
        if (Phone.TextOutcome is { Status: "failed" } failure)
        {
            Become("failed", failure.ErrorCode);
            return;
        }

        message.SentAt = account.Loop.Now;
        Become("sent", error: null);
        account.Loop.After(ToPhone, () => Arrive(Phone.TextOutcome));
    }

    private void Arrive(TextOutcome outcome)
    {
        if (outcome.Status is not ("undelivered" or "failed"))
        {
            // What Twilio redacts later stays on the phone.
            Phone.Received.Add(message with { Body = body, Status = "delivered" });
        }

        if (outcome.Status != "sent")
        {
            Become(outcome.Status, outcome.ErrorCode);
        }
    }

    private void Become(string status, int? error)
    {
        (message.Status, message.ErrorCode, message.UpdatedAt) = (status, error, account.Loop.Now);
        if (told is null)
        {
            return;
        }

        line.Send(told, new Parameters()
            .Add("MessageSid", message.Sid)
            .Add("SmsSid", message.Sid)
            .Add("MessageStatus", status)
            .Add("SmsStatus", status)
            .Add("To", message.To)
            .Add("From", message.From)
            .Add("AccountSid", account.Sid)
            .Add("ApiVersion", "2010-04-01")
            .Add("ErrorCode", error)
            .Add("RawDlrDoneDate", status is "delivered" or "undelivered" ? account.Loop.Now.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture) : null));
    }
}
