using OnCall.Simulator.Telephony;

namespace OnCall.Simulator;

/// <summary>A call as the phone at its far end knows it, with what Twilio knows beside it. Everything may be asked and done from any thread.</summary>
public sealed class PhoneCall
{
    private readonly Call call;

    internal PhoneCall(Call call) => this.call = call;

    public string Sid => call.Sid;

    /// <summary>The call whose <c>Dial</c> made this one; null for others.</summary>
    public string? ParentSid => call.Parent?.Sid;

    /// <summary>As Twilio reports it: E.164, or <c>anonymous</c> for a withheld number.</summary>
    public string From => call.From;

    public string To => call.To;

    /// <summary><c>inbound</c>, <c>outbound-api</c> or <c>outbound-dial</c>.</summary>
    public string Direction => call.Direction;

    /// <summary>In Twilio's words: queued, ringing, in-progress, completed, busy, failed, no-answer, canceled.</summary>
    public string Status => call.Read(c => c.Status);

    public bool IsOver => CallStatus.IsOver(Status);

    public DateTimeOffset CreatedAt => call.Created;

    /// <summary>When the phone began to ring.</summary>
    public DateTimeOffset? RangAt => call.Read(c => c.RangAt);

    public DateTimeOffset? AnsweredAt => call.Read(c => c.StartedAt);

    public DateTimeOffset? EndedAt => call.Read(c => c.EndedAt);

    /// <summary>Everything spoken or played to this phone, and its own keys, in order.</summary>
    public IReadOnlyList<Heard> Heard => call.Read(c => c.Heard.ToArray());

    /// <summary>All that was said to this phone, one sentence a line.</summary>
    public string Words => string.Join('\n', Heard.Where(h => h.Kind == "say").Select(h => h.Text));

    /// <summary>What the leg is in: <c>queued</c>, <c>ringing</c>, <c>fetching</c>, <c>saying</c>, <c>playing</c>, <c>pausing</c>, <c>gathering</c>, <c>recording</c>, <c>dialling</c>, <c>bridged</c>, <c>queue NAME</c>, <c>conference NAME</c>, <c>ended</c>.</summary>
    public string Position => call.Read(c => c.Position);

    /// <summary>The other legs that hear this one: in the same started room, or at the other end of a bridge.</summary>
    public IReadOnlyList<PhoneCall> ConnectedWith => call.Read(c => c.TalksTo.Select(other => other.Handle).ToArray());

    /// <summary>Whether somebody speaks while Twilio records. A silent one leaves an empty recording once the recording's silence time-out has passed.</summary>
    public bool Speaks
    {
        get => call.Read(c => c.Speaks);
        set => call.Do(c => c.Speaks = value);
    }

    /// <summary>Presses keys, one after another, at once.</summary>
    public void Press(string digits) => call.Do(c => c.Press(digits));

    /// <summary>Picks up a ringing phone; nothing happens if it no longer rings.</summary>
    public void Answer() => call.Do(c => c.PickUp());

    /// <summary>Declines a ringing call.</summary>
    public void Decline() => call.Do(c => c.Decline());

    /// <summary>Hangs up, or gives up a call that was not answered.</summary>
    public void HangUp() => call.Do(c => c.HangUpByPhone());

    public override string ToString() => $"{Direction} {From} → {To}: {Status}, {Position}";
}
