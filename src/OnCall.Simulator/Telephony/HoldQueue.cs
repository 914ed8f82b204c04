using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>Callers who wait, first come first served. Source: https://www.twilio.com/docs/voice/api/queue-resource.</summary>
internal sealed class HoldQueue(Account account, string name)
{
    private TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.TrySetResult();
        return member;
    }

    /// <summary>Gives the front caller to somebody, as soon as there is one.</summary>
    public async Task<QueueMember> TakeFrontAsync(Dequeuer by, CancellationToken cancellation)
    {
        while (Members.Count == 0)
        {
            await joined.Task.WaitAsync(cancellation);
        }

        var front = Members[0];
        Members.RemoveAt(0);
        front.TakenBy(by);
        return front;
    }
}

/// <summary>A caller in a queue.</summary>
internal sealed class QueueMember(Account account, HoldQueue queue, Call call)
{
    private readonly TaskCompletionSource<Dequeuer> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HoldQueue Queue => queue;

    public Call Call => call;

    public DateTimeOffset Since { get; } = account.Loop.Now;

    public TimeSpan Wait => account.Loop.Now - Since;

    /// <summary>From 1.</summary>
    public int Position => queue.Members.IndexOf(this) + 1;

    /// <summary>Completes when a Dial takes the caller out.</summary>
    public Task<Dequeuer> Taken => taken.Task;

    public void TakenBy(Dequeuer by) => taken.TrySetResult(by);

    /// <summary>Of each request for a waiting document. Source: https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl.</summary>
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
    private readonly TaskCompletionSource<Bridge?> bridged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Call Call => call;

    public Callback? Announcement => announcement;

    /// <summary>The bridge to the caller; null if the caller was lost before it.</summary>
    public Task<Bridge?> Bridged => bridged.Task;

    public void Tell(Bridge? bridge) => bridged.TrySetResult(bridge);
}
