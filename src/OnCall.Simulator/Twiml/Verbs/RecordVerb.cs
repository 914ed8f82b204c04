using System.Xml.Linq;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Record: until a key, the longest length, silence or the end of the call; then its action. Source: https://www.twilio.com/docs/voice/twiml/record.
/// Assumed: an empty recording falls through to the next verb (check 22); one that a redirect interrupts is kept, and no action is asked (check 24).
/// </summary>
internal static class RecordVerb
{
    public static async Task<Step> PerformAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        performance.TakeHold("recording");
        if (verb.Flag("playBeep", otherwise: true))
        {
            performance.Hear("system", "beep");
        }

        var call = performance.Call;
        var began = performance.Loop.Now;
        var told = Callback.From(verb.Text("recordingStatusCallback") is { Length: > 0 } url ? performance.Document.Resolve(url) : null, verb.Text("recordingStatusCallbackMethod"));
        using var keys = new KeyCollector(performance.Loop, int.MaxValue, verb.Text("finishOnKey") ?? "1234567890*#", TimeSpan.MaxValue, () => { });
        call.KeyPressed = key => PressFinishing(keys, verb, key);
        try
        {
            await ListenAsync(performance, verb, keys, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var cut = new Recording(performance.Account, call, began, told, call.Speaks);
            if (call.IsOver)
            {
                performance.TellAction(verb, cut.Describe().Add("Digits", "hangup"));
            }

            throw;
        }
        finally
        {
            call.KeyPressed = null;
        }

        if (!call.Speaks)
        {
            return Step.Next.Verb;
        }

        var recording = new Recording(performance.Account, call, began, told, call.Speaks);
        return performance.Go(verb.Text("action") ?? "", verb.Method(), recording.Describe().Add("Digits", keys.FinishedOn));
    }

    private static void PressFinishing(KeyCollector keys, XElement verb, char key)
    {
        if ((verb.Text("finishOnKey") ?? "1234567890*#").Contains(key))
        {
            keys.Press(key);
        }
    }

    private static async Task ListenAsync(Performance performance, XElement verb, KeyCollector keys, CancellationToken cancellation)
    {
        var silence = verb.Seconds("timeout", 5);
        var most = verb.Seconds("maxLength", 3600);
        var limit = performance.Call.Speaks || silence == TimeSpan.Zero || silence > most ? most : silence;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var end = performance.Loop.After(limit, enough.Cancel);
        try
        {
            await keys.Done.WaitAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The longest length, or silence.
        }
        finally
        {
            end.Cancel();
        }
    }
}
