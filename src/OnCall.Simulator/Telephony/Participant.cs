using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>A leg in a room.</summary>
internal sealed class Participant(Conference room, Call call, Seating seating, DateTimeOffset since)
{
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Conference Room => room;

    public Call Call => call;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Updated { get; set; } = since;

    public string? Label => seating.Label;

    public bool StartsRoom => seating.StartsRoom;

    public bool Muted { get; set; } = seating.Muted;

    public bool Hold { get; set; }

    public bool EndsRoom { get; set; } = seating.EndsRoom;

    /// <summary>Completes when the leg is out of the room.</summary>
    public Task Left => left.Task;

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
        left.TrySetResult();
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
