using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>Callers who wait, first come first served. Source: https://www.twilio.com/docs/voice/api/queue-resource.</summary>
internal sealed class HoldQueue(Account account, string name)
{
    private Signal<bool> joined = new();

    public string Sid { get; } = Account.NewSid("QU");

    public string Name { get; set; } = name;

    public int MaxSize { get; set; } = 1000;

    public DateTimeOffset Created { get; } = account.Loop.Now;

    public DateTimeOffset Updated { get; set; } = account.Loop.Now;

    public List<QueueMember> Members { get; } = [];

    public bool IsFull => Members.Count >= MaxSize;

    public int AverageWait => Members.Count == 0 ? 0 : (int)Members.Average(m => m.Wait.TotalSeconds);

    public QueueMember Join(Call call)
    {
        var member = new QueueMember(account, this, call);
        Members.Add(member);
        var waiting = joined;
        joined = new Signal<bool>();
        waiting.Set(true);
        return member;
    }

    /// <summary>Gives the front caller to somebody, as soon as there is one.</summary>
    public async Task<QueueMember> TakeFrontAsync(Dequeuer by, CancellationToken cancellation)
    {
        while (Members.Count == 0)
        {
            await joined.WaitAsync(cancellation);
        }

        var front = Members[0];
        Members.RemoveAt(0);
        front.Take(by);
        return front;
    }
}

/// <summary>A caller in a queue.</summary>
internal sealed class QueueMember(Account account, HoldQueue queue, Call call)
{
    public HoldQueue Queue => queue;

    public Call Call => call;

    public DateTimeOffset Since { get; } = account.Loop.Now;

    public TimeSpan Wait => account.Loop.Now - Since;

    /// <summary>From 1.</summary>
    public int Position => queue.Members.IndexOf(this) + 1;

    /// <summary>The leg whose Dial took the caller out.</summary>
    public Dequeuer? TakenBy { get; private set; }

    /// <summary>How the waiting ended: <c>bridged</c> when a Dial takes the caller out, <c>leave</c>, <c>hangup</c> or <c>error</c> by the waiting document.</summary>
    public Signal<string> Outcome { get; } = new();

    public void Take(Dequeuer by)
    {
        TakenBy = by;
        Outcome.Set("bridged");
    }

    /// <summary>Of each request for a waiting document, also of one that a Gather in it leads to (assumed, check 37). Source: https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl.</summary>
    public Parameters Describe() => new Parameters()
        .Add("QueuePosition", Position)
        .Add("QueueSid", queue.Sid)
        .Add("QueueTime", (int)Wait.TotalSeconds)
        .Add("AvgQueueTime", queue.AverageWait)
        .Add("CurrentQueueSize", queue.Members.Count)
        .Add("MaxQueueSize", queue.MaxSize);
}

/// <summary>The leg that takes a caller out of a queue, and what that caller hears first.</summary>
internal sealed class Dequeuer(Call call, Callback? announcement)
{
    public Call Call => call;

    public Callback? Announcement => announcement;

    /// <summary>The bridge to the caller; null if the caller was lost before it.</summary>
    public Signal<Bridge?> Bridged { get; } = new();
}
