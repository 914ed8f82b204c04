using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Enqueue: the leg waits in a queue, made on demand, and hears its waiting document again and again. Source: https://www.twilio.com/docs/voice/twiml/enqueue.
/// Assumed: the action of a leg that was redirected or rang off is told so, and its answer runs nowhere.
/// </summary>
internal static class EnqueueVerb
{
    private const int LongestName = 64;

    public static async Task<Step> PerformAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        var name = verb.Words();
        if (name.Length is 0 or > LongestName)
        {
            throw new TwimlFailure(13254, $"Enqueue: the queue's name has {name.Length} characters", performance.Document.Url);
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
            var wasBridged = member.Taken.IsCompleted;
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
        var hearing = HearAsync(performance, verb, member, waiting.Token);
        await Task.WhenAny(hearing, member.Taken).WaitAsync(cancellation);
        if (!member.Taken.IsCompleted)
        {
            return await hearing;
        }

        await waiting.CancelAsync();
        await BridgeAsync(performance, member, await member.Taken, cancellation);
        return "bridged";
    }

    private static async Task BridgeAsync(Performance performance, QueueMember member, Dequeuer by, CancellationToken cancellation)
    {
        try
        {
            if (by.Announcement is { } announcement)
            {
                Parameters Extra() => new Parameters().Add("QueueSid", member.Queue.Sid).Add("QueueTime", (int)member.Wait.TotalSeconds).Add("DequeingCallSid", by.Call.Sid);
                await new TwimlRunner(Scene.Aside(performance.Call, TwimlRules.Whisper, Extra)).RunAsync(new Fetch(announcement.Url, announcement.Method), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            by.Tell(bridge: null);
            throw;
        }

        if (by.Call.IsOver)
        {
            by.Tell(bridge: null);
            return;
        }

        var bridge = new Bridge(performance.Call, by.Call);
        by.Tell(bridge);
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
    private static async Task<string> HearAsync(Performance performance, XElement verb, QueueMember member, CancellationToken cancellation)
    {
        if (verb.Text("waitUrl") is not { Length: > 0 } waitUrl)
        {
            performance.Hear("play", "hold music");
            await Task.Delay(Timeout.InfiniteTimeSpan, performance.Account.Options.Time, cancellation);
        }

        var fetch = new Fetch(performance.Document.Resolve(verb.Text("waitUrl")!), verb.Method("waitUrlMethod"));
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
