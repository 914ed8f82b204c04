using System.Collections.Immutable;
using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Dial with Numbers: all ring together (or one after another if <c>sequential</c>), and the first that picks up, whoever or whatever it is, silences the others.
/// It hears its <c>url</c> document, and is bridged at that document's end unless a Hangup prevents it. Source: https://www.twilio.com/docs/voice/twiml/number.
/// Assumed: numbers silenced by another are <c>canceled</c> (check 20); one that its own document hung up reads <c>completed</c>, not bridged (check 21).
/// </summary>
internal sealed class DialNumbers(Performance performance, XElement dial, List<XElement> nouns)
{
    private const int MostNumbers = 10;

    private readonly Signal<(Call Child, Bridge? Bridge)?> outcome = new();
    private readonly List<Call> children = [];

    public async Task<Parameters> PerformAsync(CancellationToken cancellation)
    {
        if (nouns.Count > MostNumbers)
        {
            throw new TwimlFailure(13223, $"Dial has more than {MostNumbers} numbers", performance.Document.Url);
        }

        try
        {
            CallNext(cancellation);
            if (await outcome.WaitAsync(cancellation) is not { } first)
            {
                return Describe(Unreached(), child: null, bridged: false);
            }

            if (first.Bridge is { } bridge)
            {
                await TalkAsync(bridge, cancellation);
            }

            return Describe(CallStatus.Completed, first.Child, first.Bridge is not null);
        }
        finally
        {
            // A leg that was redirected elsewhere has its own life now.
            HangUp(c => !c.WasRedirected);
        }
    }

    /// <summary>Calls all numbers, or the next one of a sequence.</summary>
    private void CallNext(CancellationToken cancellation)
    {
        var next = nouns.Skip(children.Count).Take(dial.Flag("sequential", otherwise: false) ? 1 : MostNumbers).ToList();
        foreach (var noun in next)
        {
            var child = Create(noun);
            children.Add(child);
            child.Ended = () => OnEnded(cancellation);
            child.Answered = () => HangUp(c => c != child);
        }

        foreach (var (child, noun) in children.TakeLast(next.Count).Zip(next).ToList())
        {
            child.Place(DialVerb.RingTime(dial), answered => MeetAsync(child, noun, answered));
        }
    }

    private Call Create(XElement noun)
    {
        var to = noun.Words();
        if (!PhoneNumbers.IsE164(to))
        {
            throw new TwimlFailure(13223, $"Dial: {to} is no E.164 number", performance.Document.Url);
        }

        var parent = performance.Call;
        var child = new Call(performance.Account, "outbound-dial", dial.Text("callerId") ?? parent.From, to, performance.Account.Phone(to), parent);
        if (noun.Text("statusCallback") is { Length: > 0 } told)
        {
            var events = (noun.Text("statusCallbackEvent") ?? "completed").Split(' ').ToImmutableHashSet();
            child.Progress = new ProgressReporter(performance.Account, new Callback(performance.Document.Resolve(told), noun.Method("statusCallbackMethod")), events);
        }

        return child;
    }

    /// <summary>What a number does that picked up.</summary>
    private async Task MeetAsync(Call child, XElement noun, CancellationToken cancellation)
    {
        if (noun.Text("url") is { Length: > 0 } url)
        {
            var end = await new TwimlRunner(Scene.Aside(child, TwimlRules.Whisper)).RunAsync(new Fetch(performance.Document.Resolve(url), noun.Method()), cancellation);
            if (end != TwimlEnd.Document)
            {
                outcome.Set((child, null));
                return;
            }
        }

        performance.Call.Answer();
        var bridge = new Bridge(performance.Call, child);
        if (!outcome.Set((child, bridge)))
        {
            bridge.End();
        }

        try
        {
            await bridge.Ended.WaitAsync(cancellation);
        }
        finally
        {
            bridge.End();
        }
    }

    private async Task TalkAsync(Bridge bridge, CancellationToken cancellation)
    {
        var limit = performance.Loop.After(dial.Seconds("timeLimit", 14_400), bridge.End);
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
            limit.Cancel();
            bridge.End();
        }
    }

    private void OnEnded(CancellationToken cancellation)
    {
        if (!children.TrueForAll(c => c.IsOver) || outcome.IsSet)
        {
            return;
        }

        if (children.Exists(c => c.StartedAt is not null))
        {
            outcome.Set((children.First(c => c.StartedAt is not null), null));
        }
        else if (children.Count < nouns.Count && !cancellation.IsCancellationRequested)
        {
            CallNext(cancellation);
        }
        else
        {
            outcome.Set(null);
        }
    }

    private void HangUp(Func<Call, bool> which)
    {
        foreach (var child in children.Where(c => !c.IsOver && which(c)).ToList())
        {
            child.Finish(child.StartedAt is null ? CallStatus.Canceled : CallStatus.Completed, child.StartedAt is null ? 487 : null);
        }
    }

    private string Unreached()
    {
        var statuses = children.Select(c => c.Status).Distinct(StringComparer.Ordinal).ToList();
        return statuses.Count == 1 ? statuses[0]
            : statuses.Contains(CallStatus.NoAnswer) ? CallStatus.NoAnswer
            : statuses.Contains(CallStatus.Busy) ? CallStatus.Busy
            : CallStatus.Failed;
    }

    private Parameters Describe(string status, Call? child, bool bridged)
    {
        var end = child?.EndedAt ?? performance.Loop.Now;
        return new Parameters()
            .Add("DialCallStatus", status)
            .Add("DialCallSid", (child ?? children[^1]).Sid)
            .Add("DialCallDuration", child?.StartedAt is { } start ? (int)(end - start).TotalSeconds : null)
            .Add("DialBridged", bridged);
    }
}
