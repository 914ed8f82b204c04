using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Rest;

/// <summary>Calls. Source: https://www.twilio.com/docs/voice/api/call-resource.</summary>
internal static class CallsResource
{
    private const int LongestTwiml = 4000;

    public static RestAnswer Create(RestCall call)
    {
        call.Expect("To From Url Method Twiml FallbackUrl FallbackMethod StatusCallback StatusCallbackEvent StatusCallbackMethod Timeout TimeLimit CallReason");
        var account = call.Account;
        var (from, to) = Parties(call, 21201, 21213);
        var first = FirstDocument(call) ?? throw RestError.BadRequest(21205, "Url parameter is required");
        var (fallback, progress) = (call.Address("FallbackUrl", 21205), Progress(call));
        var (ring, limit) = (TimeSpan.FromSeconds(call.Number("Timeout", 1, 600) ?? 60) + account.Options.ExtraRing, TimeLimit(call));
        var leg = new Call(account, "outbound-api", from, to, account.Phone(to)) { Fallback = fallback, Progress = progress };
        leg.LimitTime(limit);
        account.Switchboard.Send(leg, ring, TwimlRunner.For(leg, first));
        return RestAnswer.Created(Render(leg));
    }

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(Find(call)));

    public static RestAnswer List(RestCall call) => call.List(
        "calls",
        call.Account.Calls.AsEnumerable().Reverse().Where(leg =>
            (call.Query["To"] is not { } to || leg.To == to)
            && (call.Query["From"] is not { } from || leg.From == from)
            && (call.Query["ParentCallSid"] is not { } parent || leg.Parent?.Sid == parent)
            && (call.Query["Status"] is not { } status || leg.Status == status)
            && call.Matches("StartTime", leg.StartedAt)
            && call.Matches("EndTime", leg.EndedAt)),
        leg => leg.Sid,
        Render);

    /// <summary>Redirects or ends a call. That ending an ended call is refused by 21220 like redirecting it is assumed (check 6).</summary>
    public static RestAnswer Update(RestCall call)
    {
        call.Expect("Url Method Twiml FallbackUrl FallbackMethod Status StatusCallback StatusCallbackMethod TimeLimit");
        var (leg, limit) = (Find(call), TimeLimit(call));
        if (call.Form["Status"] is { } status)
        {
            End(leg, status);
        }
        else if (FirstDocument(call) is { } next)
        {
            if (leg.Status != CallStatus.InProgress)
            {
                throw RestError.BadRequest(21220, "Call is not in-progress. Cannot redirect.");
            }

            leg.Fallback = call.Address("FallbackUrl", 21205) ?? leg.Fallback;
            leg.Progress = call.Address("StatusCallback", 21609, "StatusCallbackMethod") is { } told ? new ProgressReporter(call.Account, told, ["completed"]) : leg.Progress;
            leg.Redirect(TwimlRunner.For(leg, next));
        }

        leg.LimitTime(limit);
        return RestAnswer.Ok(Render(leg));
    }

    public static RestAnswer Delete(RestCall call)
    {
        var leg = Find(call);
        if (!leg.IsOver)
        {
            throw RestError.BadRequest(20009, "Call is not complete: it cannot be deleted");
        }

        call.Account.Remove(leg);
        return RestAnswer.Deleted;
    }

    public static Call Find(RestCall call, string part = "sid")
    {
        var sid = call.Route(part);
        return call.Account.FindCall(sid) ?? throw RestError.NotFound($"/Calls/{sid}.json");
    }

    /// <summary>Sender and receiver of a call, checked in Twilio's order.</summary>
    public static (string From, string To) Parties(RestCall call, int noTo, int noFrom)
    {
        var to = call.Form["To"] is { Length: > 0 } t ? t : throw RestError.BadRequest(noTo, "No 'To' number specified");
        var from = call.Form["From"] is { Length: > 0 } f ? f : throw RestError.BadRequest(noFrom, "No 'From' number specified");
        if (!PhoneNumbers.IsE164(to))
        {
            throw RestError.BadRequest(21211, $"The phone number you are attempting to call, {to}, is not valid");
        }

        if (!PhoneNumbers.IsE164(from))
        {
            throw RestError.BadRequest(21212, $"{from} is not a valid phone number");
        }

        if (call.Account.FindNumber(from) is not { Voice: true })
        {
            throw RestError.BadRequest(21210, $"The source phone number provided, {from}, is not yet verified for your account");
        }

        return (from, to);
    }

    public static ProgressReporter? Progress(RestCall call)
    {
        if (call.Address("StatusCallback", 21609, "StatusCallbackMethod") is not { } told)
        {
            return null;
        }

        // A list in one value is a common mistake: names must be repeated.
        var events = call.Form.All("StatusCallbackEvent").ToImmutableHashSet();
        foreach (var unknown in events.Except(ProgressReporter.AllEvents))
        {
            call.Account.Report(21626, $"StatusCallbackEvent {unknown} is unknown", "/Calls.json");
        }

        return new ProgressReporter(call.Account, told, events.Count == 0 ? ["completed"] : events);
    }

    /// <summary>How long a call may last; a day at most.</summary>
    public static TimeSpan? TimeLimit(RestCall call) => call.Number("TimeLimit", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static JsonObject Render(Call leg)
    {
        var uri = $"/2010-04-01/Accounts/{leg.Account.Sid}/Calls/{leg.Sid}";
        return new JsonObject
        {
            ["sid"] = leg.Sid,
            ["account_sid"] = leg.Account.Sid,
            ["parent_call_sid"] = leg.Parent?.Sid,
            ["phone_number_sid"] = leg.Account.FindNumber(leg.IsInbound ? leg.To : leg.From)?.Sid,
            ["to"] = leg.To,
            ["to_formatted"] = leg.To,
            ["from"] = leg.From,
            ["from_formatted"] = leg.From,
            ["status"] = leg.Status,
            ["direction"] = leg.Direction,
            ["start_time"] = Rfc2822.Of(leg.StartedAt),
            ["end_time"] = Rfc2822.Of(leg.EndedAt),
            ["duration"] = leg.IsOver ? ((int)Math.Round(leg.Duration.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null,
            ["price"] = null,
            ["price_unit"] = "USD",
            ["answered_by"] = null,
            ["api_version"] = "2010-04-01",
            ["forwarded_from"] = null,
            ["group_sid"] = null,
            ["caller_name"] = null,
            ["queue_time"] = ((long)leg.QueueTime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            ["trunk_sid"] = "",
            ["date_created"] = Rfc2822.Of(leg.Created),
            ["date_updated"] = Rfc2822.Of(leg.Updated),
            ["uri"] = $"{uri}.json",
            ["subresource_uris"] = new JsonObject
            {
                ["events"] = $"{uri}/Events.json",
                ["notifications"] = $"{uri}/Notifications.json",
                ["recordings"] = $"{uri}/Recordings.json",
            },
        };
    }

    /// <summary>Url wins over Twiml (32019); Twiml is at most 4000 characters (32018).</summary>
    private static Fetch? FirstDocument(RestCall call)
    {
        if (call.Address("Url", 21205, "Method") is { } url)
        {
            if (call.Form.Has("Twiml"))
            {
                call.Account.Report(32019, "both Url and Twiml: Url wins", url.Url);
            }

            return new Fetch(url.Url, url.Method);
        }

        return call.Form["Twiml"] switch
        {
            null or "" => null,
            { Length: > LongestTwiml } => throw RestError.BadRequest(32018, $"Twiml is longer than {LongestTwiml} characters"),
            var given => Twiml.Fetch.Inline(given),
        };
    }

    private static void End(Call leg, string status)
    {
        var allowed = status switch
        {
            CallStatus.Completed => !leg.IsOver,
            CallStatus.Canceled => leg.Status is CallStatus.Queued or CallStatus.Ringing,
            _ => throw RestError.BadRequest(21218, $"Status must be completed or canceled, not {status}"),
        };
        if (!allowed)
        {
            throw RestError.BadRequest(21220, $"Call is {leg.Status}: it cannot become {status}");
        }

        // A call that nobody answered cannot have been completed: assumed (check 6).
        leg.Finish(leg.StartedAt is null ? CallStatus.Canceled : CallStatus.Completed, leg.StartedAt is null ? 487 : null);
    }
}
