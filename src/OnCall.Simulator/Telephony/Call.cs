using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>
/// One leg between Twilio and a phone: its state, what it hears, and the run of whatever holds it (TwiML, a bridge, a room).
/// Source of states and fields: https://www.twilio.com/docs/voice/api/call-resource.
/// </summary>
internal sealed class Call
{
    private readonly List<Deadline> plans = [];
    private readonly LegRun run = new();

    /// <summary>Four hours unless told. Source: https://www.twilio.com/docs/voice/api/call-resource (TimeLimit).</summary>
    private TimeSpan timeLimit = TimeSpan.FromHours(4);


    public Call(Account account, string direction, string from, string to, Phone phone, Call? parent = null)
    {
        Account = account;
        Direction = direction;
        From = from;
        To = to;
        Phone = phone;
        Parent = parent;
        Speaks = phone.Speaks;
        Created = Updated = account.Loop.Now;
        Handle = new PhoneCall(this);
        Sid = account.Add(this);
    }

    public Account Account { get; }

    public string Sid { get; }

    public string Direction { get; }

    public string From { get; }

    public string To { get; }

    /// <summary>The phone at the far end.</summary>
    public Phone Phone { get; }

    public Call? Parent { get; }

    public PhoneCall Handle { get; }

    public string Status { get; private set; } = CallStatus.Queued;

    public string Position { get; set; } = "queued";

    public DateTimeOffset Created { get; }

    public DateTimeOffset Updated { get; private set; }

    public DateTimeOffset? RangAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How long the call waited for its turn under the calls-per-second limit.</summary>
    public TimeSpan QueueTime { get; private set; }

    /// <summary>The SIP answer that ended an attempt; null when there was none to tell.</summary>
    public int? SipResponse { get; private set; }

    public List<Heard> Heard { get; } = [];

    public bool Speaks { get; set; }

    /// <summary>Cookies that the customer's server set in this call. Source: https://www.twilio.com/docs/usage/webhooks/webhooks-overview.</summary>
    public CookieJar Cookies { get; } = new();

    /// <summary>Where failures of this call's TwiML are taken.</summary>
    public Callback? Fallback { get; set; }

    /// <summary>Who is told of the call's progress.</summary>
    public ProgressReporter? Progress { get; set; }

    /// <summary>Steps of the callee's script that its cue has set off already.</summary>
    public HashSet<CalleeStep> CuesTaken { get; } = [];

    public Action<char>? KeyPressed { get; set; }

    public Action? Ended { get; set; }

    public Action? Answered { get; set; }

    public Participant? Seat { get; set; }

    public Bridge? Bridge { get; set; }

    public bool IsOver => CallStatus.IsOver(Status);

    public bool WasRedirected { get; private set; }

    public bool IsInbound => Direction == "inbound";

    public TimeSpan Duration => StartedAt is { } start && EndedAt is { } end ? end - start : TimeSpan.Zero;

    public IEnumerable<Call> TalksTo => Seat?.TalksTo ?? Bridge?.OthersThan(this) ?? [];

    private EventLoop Loop => Account.Loop;

    public T Read<T>(Func<Call, T> question) => Loop.Read(() => question(this));

    public void Do(Action<Call> action) => Loop.Invoke(() => action(this));

    public void Touch() => Updated = Loop.Now;

    /// <summary>The call has its turn: the network is asked for the phone, which rings at most so long.</summary>
    public void Place(TimeSpan ringFor, Func<CancellationToken, Task> onAnswer)
    {
        QueueTime = Loop.Now - Created;
        Position = "setting up";
        Progress?.Report(this, CallStatus.Initiated, CallStatus.Initiated);
        plans.Add(Loop.After(Account.Options.CallSetup, () => Reach(ringFor, onAnswer)));
    }

    /// <summary>A phone calls one of the account's numbers.</summary>
    public void Arrive(Func<CancellationToken, Task> first)
    {
        Status = CallStatus.Ringing;
        Position = "ringing";
        RangAt = Loop.Now;
        Live(first);
    }

    public void PickUp()
    {
        if (Status == CallStatus.Ringing && !IsInbound)
        {
            Answer();
            Phone.Script.Act(this);
            Live(OnAnswer!);
        }
    }

    /// <summary>Twilio's side answers an inbound call; repeated without effect.</summary>
    public void Answer()
    {
        if (Status != CallStatus.Ringing)
        {
            return;
        }

        CancelPlans();
        Plan(timeLimit, () => Finish(CallStatus.Completed));
        Status = CallStatus.InProgress;
        StartedAt = Loop.Now;
        Touch();
        Hear("system", "connected");
        Progress?.Report(this, "answered", Status);
        Answered?.Invoke();
    }

    public void Decline()
    {
        if (Status == CallStatus.Ringing && !IsInbound)
        {
            Finish(CallStatus.Busy, 486);
        }
    }

    public void HangUpByPhone()
    {
        if (IsOver)
        {
            return;
        }

        if (Status == CallStatus.InProgress)
        {
            Finish(CallStatus.Completed);
        }
        else if (IsInbound)
        {
            // Assumed (check 28).
            Finish(CallStatus.NoAnswer);
        }
        else
        {
            Decline();
        }
    }

    /// <summary>Ends the leg in whatever state it is. The final callback is not made for a call that never left the queue.</summary>
    public void Finish(string status, int? sipResponse = null)
    {
        if (IsOver)
        {
            return;
        }

        var neverPlaced = Position == "queued";
        CancelPlans();
        Status = status;
        SipResponse = sipResponse;
        EndedAt = Loop.Now;
        Position = "ended";
        Touch();
        Hear("system", $"call ended: {status}");
        if (!neverPlaced)
        {
            Progress?.Report(this, CallStatus.Completed, status);
        }

        run.Interrupt();
        Ended?.Invoke();
    }

    /// <summary>Interrupts whatever the leg is in, at once, and goes on with something else.</summary>
    public void Redirect(Func<CancellationToken, Task> next)
    {
        Touch();
        WasRedirected = true;
        run.GoTo(next);
    }

    /// <summary>Ends the call so long after it was answered, or from now on if it was; null changes nothing.</summary>
    public void LimitTime(TimeSpan? limit)
    {
        timeLimit = limit ?? timeLimit;
        if (limit is not null && StartedAt is not null)
        {
            Plan(timeLimit, () => Finish(CallStatus.Completed));
        }
    }

    public void Press(string digits)
    {
        foreach (var key in digits.Where(k => char.IsAsciiDigit(k) || k is '*' or '#'))
        {
            if (Status == CallStatus.InProgress)
            {
                Hear("key", key.ToString());
                KeyPressed?.Invoke(key);
            }
        }
    }

    public void Hear(string kind, string text, string? language = null)
    {
        Heard.Add(new Heard(Loop.Now, kind, text, language));
        if (kind == "say" && !IsInbound)
        {
            Phone.Script.ActOnWords(this, text);
        }
    }

    /// <summary>Something that the far end does later, unless the call ends before.</summary>
    public void Plan(TimeSpan after, Action action) => plans.Add(Loop.After(after, action));

    private Func<CancellationToken, Task>? OnAnswer { get; set; }

    private void Reach(TimeSpan ringFor, Func<CancellationToken, Task> onAnswer)
    {
        OnAnswer = onAnswer;
        if (Phone.TurnsAway(this) is { } refusal)
        {
            Finish(refusal.Status, refusal.Sip);
            return;
        }

        Status = CallStatus.Ringing;
        Position = "ringing";
        RangAt = Loop.Now;
        Touch();
        Hear("system", "rings");
        Progress?.Report(this, CallStatus.Ringing, Status);
        Plan(ringFor, () => Finish(CallStatus.NoAnswer, 487));
        Phone.Script.Ring(this);
    }

    private void CancelPlans()
    {
        plans.ForEach(plan => plan.Cancel());
        plans.Clear();
    }

    private void Live(Func<CancellationToken, Task> first) => Loop.Start(async () =>
    {
        await run.LiveAsync(first, () => IsOver);
        Finish(CallStatus.Completed);
    });
}
