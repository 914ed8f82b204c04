using System.Collections.Immutable;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Webhooks;

/// <summary>
/// Tells the customer how a call fares. Source: https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent.
/// That the sequence numbers count the events subscribed to is assumed (check 29).
/// </summary>
internal sealed class ProgressReporter(Account account, Callback to, ImmutableHashSet<string> events)
{
    private readonly CallbackLine line = new(account, "call-status", 15003);
    private int sequence;

    /// <summary>The events that can be asked for; only the last comes unasked.</summary>
    public static ImmutableHashSet<string> AllEvents { get; } = ["initiated", "ringing", "answered", "completed"];

    public void Report(Call call, string happened, string status)
    {
        if (!events.Contains(happened))
        {
            return;
        }

        var parameters = CallParameters.Of(call, status)
            .Add("SequenceNumber", sequence++)
            .Add("Timestamp", Rfc2822.Of(account.Loop.Now))
            .Add("CallbackSource", "call-progress-events");
        if (happened == "completed")
        {
            var seconds = (int)Math.Round(call.Duration.TotalSeconds);
            parameters.Add("CallDuration", seconds).Add("Duration", (seconds + 59) / 60).Add("SipResponseCode", call.SipResponse ?? 200);
        }

        line.Send(to, parameters);
    }
}
