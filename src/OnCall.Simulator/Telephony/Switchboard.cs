using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>Brings calls in from phones, and sends the account's calls out at its rate.</summary>
internal sealed class Switchboard(Account account)
{
    private readonly RateQueue<Placement> outgoing = new(account.Loop, account.Options.CallsPerSecond, p => !p.Call.IsOver, p => p.Call.Place(p.RingFor, p.OnAnswer));

    /// <summary>A phone calls a number of the account: its Voice URL is asked, its fallback if that fails. Source: https://www.twilio.com/docs/voice/twiml.</summary>
    public Call Receive(Phone phone, string to, bool withheld)
    {
        var number = account.FindNumber(to) ?? throw new ArgumentException($"the account has no number {to}", nameof(to));
        // That a withheld number reads "anonymous" is assumed (check 27): keypad-spelled pseudo numbers are seen as well.
        var call = new Call(account, "inbound", withheld ? "anonymous" : phone.Number, to, phone)
        {
            Fallback = Callback.From(number.VoiceFallbackUrl, number.VoiceFallbackMethod),
        };
        if (Callback.From(number.StatusCallback, number.StatusCallbackMethod) is { } told)
        {
            call.Progress = new ProgressReporter(account, told, ["completed"]);
        }

        if (number.VoiceUrl is not { Length: > 0 } url)
        {
            account.Report(11100, "the number has no Voice URL", to);
            call.Arrive(_ => Task.CompletedTask);
            return call;
        }

        call.Arrive(TwimlRunner.For(call, new Fetch(url, Callback.From(url, number.VoiceMethod)!.Method)));
        return call;
    }

    /// <summary>Queues a call made by REST. Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource.</summary>
    public void Send(Call call, TimeSpan ringFor, Func<CancellationToken, Task> onAnswer) => outgoing.Add(new Placement(call, ringFor, onAnswer));

    private sealed record Placement(Call Call, TimeSpan RingFor, Func<CancellationToken, Task> OnAnswer);
}
