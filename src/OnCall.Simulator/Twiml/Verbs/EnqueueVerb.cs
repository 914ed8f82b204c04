using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Enqueue: the leg waits in a queue, made on demand, and hears its waiting document again and again. Source: https://www.twilio.com/docs/voice/twiml/enqueue.
/// Assumed: the action of a leg that was redirected is told so and its answer runs nowhere (check 9); a waiting document that takes no time is asked for once a second (check 10); Leave leads to the action if there is one (check 38).
/// </summary>
internal static class EnqueueVerb
{
    private const int LongestName = 64;

    public static async Task<Step> PerformAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        var name = verb.Words();
        if (name.Length is 0 or > LongestName)
        {
            throw new TwimlFailure(name.Length == 0 ? 14204 : 14205, $"Enqueue: the queue's name has {name.Length} characters", performance.Document.Url);
        }

        var queue = performance.Account.Queue(name);
        performance.TakeHold($"queue {name}");
        if (queue.IsFull)
        {
            return performance.Act(verb, Result("queue-full", queue, TimeSpan.Zero));
        }

        var call = performance.Call;
        call.Hear("system", "waits in a queue");
        var member = queue.Join(call);
        var result = "error";
        try
        {
            result = await WaitAsync(performance, verb, member, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var wasBridged = member.TakenBy is not null;
            var left = call.IsOver ? (wasBridged ? "bridged" : "hangup") : wasBridged ? "redirected-from-bridged" : "redirected";
            performance.TellAction(verb, Result(left, queue, member.Wait));
            throw;
        }
        finally
        {
            queue.Members.Remove(member);
        }

        if (result == "hangup")
        {
            performance.TellAction(verb, Result(result, queue, member.Wait));
            return new Step.Stop(TwimlEnd.HungUp);
        }

        return performance.Act(verb, Result(result, queue, member.Wait));
    }

    private static async Task<string> WaitAsync(Performance performance, XElement verb, QueueMember member, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (verb.Text("waitUrl") is { Length: > 0 } waitUrl)
        {
            var fetch = new Fetch(performance.Document.Resolve(waitUrl), verb.Method("waitUrlMethod"));
            performance.Loop.Start(async () => member.Outcome.Set(await HearAsync(performance, fetch, member, waiting.Token)));
        }
        else
        {
            performance.Hear("play", "hold music");
        }

        try
        {
            var outcome = await member.Outcome.WaitAsync(cancellation);
            if (member.TakenBy is not { } by)
            {
                return outcome;
            }

            waiting.Cancel();
            await BridgeAsync(performance, member, by, cancellation);
            return outcome;
        }
        finally
        {
            waiting.Cancel();
        }
    }

    private static async Task BridgeAsync(Performance performance, QueueMember member, Dequeuer by, CancellationToken cancellation)
    {
        try
        {
            if (by.Announcement is { } announcement)
            {
                Parameters Extra() => new Parameters().Add("QueueSid", member.Queue.Sid).Add("QueueTime", (int)member.Wait.TotalSeconds).Add("DequeingCallSid", by.Call.Sid);
                await new TwimlRunner(Scene.Aside(performance.Call, TwimlRules.RoomWait, Extra)).RunAsync(new Fetch(announcement.Url, announcement.Method), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            by.Bridged.Set(null);
            throw;
        }

        if (by.Call.IsOver)
        {
            by.Bridged.Set(null);
            return;
        }

        var bridge = new Bridge(performance.Call, by.Call);
        by.Bridged.Set(bridge);
        try
        {
            await bridge.Ended.WaitAsync(cancellation);
        }
        finally
        {
            bridge.End();
        }
    }

    /// <summary>Ends only by Leave, Hangup or a failure: a document that has ended is asked for again, at most once a second.</summary>
    private static async Task<string> HearAsync(Performance performance, Fetch fetch, QueueMember member, CancellationToken cancellation)
    {
        while (true)
        {
            var began = performance.Loop.Now;
            switch (await new TwimlRunner(Scene.Aside(performance.Call, TwimlRules.QueueWait, member.Describe)).RunAsync(fetch, cancellation))
            {
                case TwimlEnd.Left:
                    return "leave";
                case TwimlEnd.HungUp:
                    return "hangup";
                case TwimlEnd.Failed:
                    return "error";
                default:
                    await performance.Loop.Delay(began + TimeSpan.FromSeconds(1) - performance.Loop.Now, cancellation);
                    break;
            }
        }
    }

    private static Parameters Result(string result, HoldQueue queue, TimeSpan wait) =>
        new Parameters().Add("QueueResult", result).Add("QueueSid", queue.Sid).Add("QueueTime", (int)wait.TotalSeconds);
}
