using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>A leg in a room.</summary>
internal sealed class Participant(Conference room, Call call, Seating seating, DateTimeOffset since)
{
    public Conference Room => room;

    public Call Call => call;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Updated { get; set; } = since;

    public string? Label => seating.Label;

    public bool StartsRoom => seating.StartsRoom;

    public bool Muted { get; set; } = seating.Muted;

    public bool Hold { get; set; }

    public bool EndsRoom { get; set; } = seating.EndsRoom;

    /// <summary>Set when the leg is out of the room.</summary>
    public Signal<bool> Left { get; } = new();

    public IEnumerable<Call> TalksTo => room.IsStarted && !Hold ? room.Participants.Where(p => p != this && !p.Hold).Select(p => p.Call) : [];

    /// <summary>The document that this leg alone hears, waiting or on hold.</summary>
    public CancellationTokenSource? Music { get; set; }

    public void StopMusic()
    {
        Music?.Cancel();
        Music = null;
    }

    public void GetUp()
    {
        StopMusic();
        Left.Set(true);
    }

    public Parameters Describe() => new Parameters()
        .Add("CallSid", call.Sid)
        .Add("Muted", Muted)
        .Add("Hold", Hold)
        .Add("Coaching", value: false)
        .Add("EndConferenceOnExit", EndsRoom)
        .Add("StartConferenceOnEnter", StartsRoom)
        .Add("ParticipantLabel", Label);
}
