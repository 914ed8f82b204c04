using OnCall.Simulator.Telephony;

namespace OnCall.Simulator;

/// <summary>A telephone somewhere in the world. It rings, is picked up by its script or by a test, and keeps its texts.</summary>
public sealed class Phone
{
    private readonly Account account;
    private Callee script = Callee.NoAnswer();

    internal Phone(Account account, string number)
    {
        this.account = account;
        Number = number;
    }

    /// <summary>E.164.</summary>
    public string Number { get; }

    /// <summary>Whose it is, for the page.</summary>
    public string Name { get; set; } = "";

    /// <summary><c>officer</c>, <c>adviser</c> or empty, for the page.</summary>
    public string Role { get; set; } = "";

    /// <summary>What happens when it rings; a change counts from the next call on.</summary>
    public Callee Script
    {
        get => account.Loop.Read(() => script);
        set => account.Loop.Invoke(() => script = value);
    }

    /// <summary>What becomes of texts sent to it.</summary>
    public TextOutcome TextOutcome { get; set; } = TextOutcome.Delivered;

    /// <summary>Whether somebody speaks into it while Twilio records; see <see cref="PhoneCall.Speaks"/>.</summary>
    public bool Speaks { get; set; } = true;

    /// <summary>Whether a second call rings while the first goes on. If not, the second finds it busy.</summary>
    public bool CallWaiting { get; set; } = true;

    /// <summary>Every call from and to this phone, oldest first.</summary>
    public IReadOnlyList<PhoneCall> Calls => account.Loop.Read(() => Legs.Select(c => c.Handle).ToArray());

    /// <summary>The call that rings here now, if any: the newest, if there are several.</summary>
    public PhoneCall? Ringing => account.Loop.Read(() => Legs.LastOrDefault(c => c.Status == CallStatus.Ringing && !c.IsInbound)?.Handle);

    /// <summary>The texts that arrived here, oldest first.</summary>
    public IReadOnlyList<TextMessage> Inbox => account.Loop.Read(() => Received.ToArray());

    /// <summary>The texts sent from here, oldest first.</summary>
    public IReadOnlyList<TextMessage> Outbox => account.Loop.Read(() => Sent.ToArray());

    internal List<Call> Legs { get; } = [];

    internal List<TextMessage> Received { get; } = [];

    internal List<TextMessage> Sent { get; } = [];

    /// <summary>Calls one of the account's numbers.</summary>
    /// <exception cref="ArgumentException">The account has no such number.</exception>
    public PhoneCall Dial(string to, bool withheld = false) => account.Loop.Invoke(() => account.Switchboard.Receive(this, to, withheld).Handle);

    /// <summary>Sends a text to one of the account's numbers.</summary>
    /// <exception cref="ArgumentException">The account has no such number.</exception>
    public TextMessage Text(string to, string body) => account.Loop.Invoke(() => account.TextCentre.Receive(this, to, body));

    /// <summary>Why a call does not even ring here; null when it does. Final states and SIP codes assumed (check 28).</summary>
    internal (string Status, int Sip)? TurnsAway(Call incoming) => script.Mode switch
    {
        CalleeMode.Unreachable => (CallStatus.Failed, 480),
        CalleeMode.Busy => (CallStatus.Busy, 486),
        _ when !CallWaiting && Legs.Any(c => c != incoming && c.Status is CallStatus.Ringing or CallStatus.InProgress) => (CallStatus.Busy, 486),
        _ => null,
    };
}
