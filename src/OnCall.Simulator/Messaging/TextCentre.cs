using System.Globalization;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Messaging;

/// <summary>
/// Takes texts in from phones, and sends the account's texts at the rate of each sender. Sources: https://www.twilio.com/docs/messaging/twiml,
/// https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
/// </summary>
internal sealed class TextCentre(Account account)
{
    private static readonly TimeSpan LoopWindow = TimeSpan.FromSeconds(30);
    private const int MostReplies = 15;

    private readonly Dictionary<string, RateQueue<Delivery>> senders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextMessage> bySid = new(StringComparer.Ordinal);

    public List<TextMessage> Messages { get; } = [];

    public OptOuts OptOuts { get; } = new();

    public TextMessage? Find(string sid) => bySid.GetValueOrDefault(sid);

    public void Remove(TextMessage message)
    {
        bySid.Remove(message.Sid);
        Messages.Remove(message);
    }

    /// <summary>Queues a text of the account; its state is told to the callback, but for the first one.</summary>
    public TextMessage Send(string from, string to, string body, string direction, Callback? told)
    {
        var message = Create(from, to, body, direction, "queued");
        if (!senders.TryGetValue(from, out var sender))
        {
            senders.Add(from, sender = new RateQueue<Delivery>(account.Loop, account.Options.MessagesPerSecond, _ => true, delivery => delivery.Start()));
        }

        sender.Add(new Delivery(account, message, told), Segments.Of(body));
        return message;
    }

    /// <summary>A phone sends a text to a number of the account.</summary>
    public TextMessage Receive(Phone phone, string to, string body)
    {
        var number = account.FindNumber(to) ?? throw new ArgumentException($"the account has no number {to}", nameof(to));
        var message = Create(phone.Number, to, body, "inbound", "received");
        phone.Sent.Add(message with { });
        if (OptOuts.Note(phone.Number, to, body) is { } reply)
        {
            Send(to, phone.Number, reply, "outbound-reply", told: null);
        }

        if (number is { Sms: true, SmsUrl.Length: > 0 })
        {
            account.Loop.Start(() => AnswerAsync(message, number));
        }

        return message;
    }

    private TextMessage Create(string from, string to, string body, string direction, string status)
    {
        var message = new TextMessage
        {
            Sid = Account.NewSid("SM"),
            From = from,
            To = to,
            Body = body,
            Direction = direction,
            CreatedAt = account.Loop.Now,
            UpdatedAt = account.Loop.Now,
            SentAt = direction == "inbound" ? account.Loop.Now : null,
            Status = status,
        };
        Messages.Add(message);
        bySid.Add(message.Sid, message);
        return message;
    }

    private async Task AnswerAsync(TextMessage message, AccountNumber number)
    {
        var loader = new TwimlLoader(account);
        var cookies = new CookieJar();
        var fetch = new Fetch(number.SmsUrl!, Callback.From(number.SmsUrl, number.SmsMethod)!.Method);
        while (true)
        {
            try
            {
                var document = await loader.LoadAsync(fetch, Describe(message).AddRange(fetch.Extra), cookies, TwimlRules.Text, account.Stopping);
                if (Perform(document, message) is not { } next)
                {
                    return;
                }

                fetch = next;
            }
            catch (TwimlFailure failure)
            {
                account.Report(failure.Code, failure.Message, failure.Url);
                if (fetch.IsFallback || Callback.From(number.SmsFallbackUrl, number.SmsFallbackMethod) is not { } fallback)
                {
                    return;
                }

                fetch = new Fetch(fallback.Url, fallback.Method, new Parameters().Add("ErrorCode", failure.Code).Add("ErrorUrl", failure.Url), IsFallback: true);
            }
        }
    }

    /// <summary>Sends the replies; a Redirect leads to another document.</summary>
    private Fetch? Perform(TwimlDocument document, TextMessage message)
    {
        foreach (var verb in document.Response.Elements())
        {
            if (verb.Name == "Redirect")
            {
                return new Fetch(document.Resolve(verb.Value.Trim()), verb.Method());
            }

            if (verb.Name == "Message")
            {
                if (verb.Attribute("action") is not null)
                {
                    account.ReportStrict("the simulator does not ask a Message's action", document.Url);
                }

                var body = verb.Element("Body") is { } inner ? inner.Value : verb.Value;
                Reply(verb.Text("from") ?? message.To, verb.Text("to") ?? message.From, body, Callback.From(verb.Text("statusCallback") is { Length: > 0 } url ? document.Resolve(url) : null, method: null));
            }
        }

        return null;
    }

    private void Reply(string from, string to, string body, Callback? told)
    {
        var recent = Messages.Count(m => m.Direction == "outbound-reply" && m.From == from && m.To == to && m.CreatedAt > account.Loop.Now - LoopWindow);
        var refusal = OptOuts.Blocks(to, from) ? 21610 : recent >= MostReplies ? 14107 : body.Length is 0 or > 1600 ? 21617 : 0;
        if (refusal != 0)
        {
            account.Report(refusal, "a reply was not sent", to);
            return;
        }

        Send(from, to, body, "outbound-reply", told);
    }

    /// <summary>Source: https://www.twilio.com/docs/messaging/guides/webhook-request.</summary>
    private Parameters Describe(TextMessage message)
    {
        var parameters = new Parameters()
            .Add("MessageSid", message.Sid)
            .Add("SmsSid", message.Sid)
            .Add("SmsMessageSid", message.Sid)
            .Add("AccountSid", account.Sid)
            .Add("From", message.From)
            .Add("To", message.To)
            .Add("Body", message.Body)
            .Add("NumMedia", "0")
            .Add("NumSegments", Segments.Of(message.Body).ToString(CultureInfo.InvariantCulture))
            .Add("SmsStatus", "received")
            .Add("ApiVersion", "2010-04-01");
        CallParameters.AddPlaces(parameters, message.From, message.To, calls: false);
        return parameters;
    }
}
