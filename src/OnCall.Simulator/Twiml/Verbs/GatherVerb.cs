using System.Xml.Linq;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Gather: keys. A key stops the prompt; the time-out counts from the end of the prompt or from the last key. Without any key the next verb follows, unless
/// <c>actionOnEmptyResult</c>. Source: https://www.twilio.com/docs/voice/twiml/gather. Keys pressed before it are lost: assumed (check 8).
/// </summary>
internal static class GatherVerb
{
    public static async Task<Step> PerformAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        if (verb.Text("input") is { } input && input != "dtmf")
        {
            performance.Account.ReportStrict($"the simulator has no ears: Gather input=\"{input}\" takes keys only", performance.Document.Url);
        }

        performance.TakeHold("gathering");
        var call = performance.Call;
        using var prompt = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var keys = new KeyCollector(performance.Loop, verb.Number("numDigits", int.MaxValue), verb.Text("finishOnKey") ?? "#", verb.Seconds("timeout", 5), prompt.Cancel);
        call.KeyPressed = keys.Press;
        try
        {
            await PromptAsync(performance, verb, prompt.Token, cancellation);
            performance.TakeHold("gathering");
            keys.StartTimeout();
            await keys.Done.WaitAsync(cancellation);
        }
        finally
        {
            call.KeyPressed = null;
        }

        if (keys.Digits.Length == 0 && !verb.Flag("actionOnEmptyResult", otherwise: false))
        {
            return Step.Next.Verb;
        }

        var parameters = new Parameters().Add("Digits", keys.Digits).Add("FinishedOnKey", keys.FinishedOn);
        return performance.Go(verb.Text("action") ?? "", verb.Method(), parameters);
    }

    private static async Task PromptAsync(Performance performance, XElement verb, CancellationToken prompt, CancellationToken cancellation)
    {
        try
        {
            await performance.PerformInsideAsync(verb, prompt);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A key was pressed: the rest of the prompt is not heard.
        }
    }
}
