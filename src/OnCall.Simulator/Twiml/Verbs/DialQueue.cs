using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Dial with a Queue: the front caller, or the first who comes until the time-out. Source: https://www.twilio.com/docs/voice/twiml/queue.
/// Assumed (check 12): an unknown queue reads <c>failed</c>, a queue that stays empty <c>no-answer</c>.
/// </summary>
internal static class DialQueue
{
    public static async Task<Parameters> PerformAsync(Performance performance, XElement dial, XElement noun, CancellationToken cancellation)
    {
        if (performance.Account.Queues.Find(q => q.Name == noun.Words()) is not { } queue)
        {
            return Outcome("failed");
        }

        var announcement = Callback.From(noun.Text("url") is { Length: > 0 } url ? performance.Document.Resolve(url) : null, noun.Text("method"));
        var by = new Dequeuer(performance.Call, announcement);
        if (await TakeAsync(performance, dial, queue, by, cancellation) is not { } member)
        {
            return Outcome("no-answer");
        }

        performance.Call.Answer();
        if (await by.Bridged.WaitAsync(cancellation) is not { } bridge)
        {
            return Outcome("no-answer");
        }

        var since = performance.Loop.Now;
        var hangupOnStar = dial.Flag("hangupOnStar", otherwise: false);
        performance.Call.KeyPressed = key =>
        {
            if (hangupOnStar && key == '*')
            {
                bridge.End();
            }
        };
        try
        {
            await bridge.Ended.WaitAsync(cancellation);
        }
        finally
        {
            performance.Call.KeyPressed = null;
            bridge.End();
        }

        return Outcome("completed")
            .Add("DialCallSid", member.Call.Sid)
            .Add("DialCallDuration", (int)(performance.Loop.Now - since).TotalSeconds)
            .Add("DialBridged", value: true)
            .Add("QueueSid", queue.Sid)
            .Add("QueueTime", (int)(since - member.Since).TotalSeconds);
    }

    private static async Task<QueueMember?> TakeAsync(Performance performance, XElement dial, HoldQueue queue, Dequeuer by, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var limit = performance.Loop.After(DialVerb.RingTime(dial), patience.Cancel);
        try
        {
            return await queue.TakeFrontAsync(by, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            limit.Cancel();
        }
    }

    private static Parameters Outcome(string status) => new Parameters().Add("DialCallStatus", status);
}
