using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>
/// A room. It starts with two participants one of whom starts it; it ends when the last one leaves, or one who ends it.
/// Sources: https://www.twilio.com/docs/voice/twiml/conference, https://www.twilio.com/docs/voice/api/conference-resource. The order of the callbacks within one
/// instant is assumed (check 13): join before start, leaves before end. So is silence for one who is left alone in a room that has started (check 14).
/// </summary>
internal sealed class Conference(Account account, string name)
{
    public const string Completed = "completed";
    private readonly CallbackLine line = new(account, "conference", 16011);
    private Seating? first;
    private int sequence;

    public string Sid { get; } = Account.NewSid("CF");

    public string Name => name;

    public string Status { get; private set; } = "init";

    public DateTimeOffset Created { get; } = account.Loop.Now;

    public DateTimeOffset Updated { get; private set; } = account.Loop.Now;

    public string? ReasonEnded { get; private set; }

    public Call? EndedBy { get; private set; }

    public List<Participant> Participants { get; } = [];

    public bool IsStarted => Status == "in-progress";

    /// <summary>Whether two ever talked here.</summary>
    public bool WasStarted { get; private set; }

    /// <summary>Why a leg cannot join (16025, 16020); 0 if it can.</summary>
    public int Refusal(Seating seating) =>
        seating.Label is { } label && Participants.Exists(p => p.Label == label) ? 16025
        : Participants.Count >= (first ?? seating).MostParticipants ? 16020
        : 0;

    /// <summary>The leg sits in the room until it leaves, the room ends, or the token interrupts it.</summary>
    public async Task SitAsync(Call call, Seating seating, CancellationToken cancellation)
    {
        first ??= seating;
        var seat = new Participant(this, call, seating, account.Loop.Now);
        Participants.Add(seat);
        call.Seat = seat;
        call.Position = $"conference {name}";
        call.Hear("system", "enters a room");
        Tell("join", "participant-join", seat.Describe());
        Start();
        try
        {
            if (!IsStarted)
            {
                WaitWithMusic(seat, seating);
            }

            await seat.Left.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Leave(seat, call.IsOver ? "participant_hung_up" : "participant_updated_via_api");
            throw;
        }
        finally
        {
            call.Seat = null;
        }
    }

    public void Leave(Participant seat, string reason, string? kicked = null)
    {
        if (!Participants.Remove(seat))
        {
            return;
        }

        seat.GetUp();
        Touch();
        Tell("leave", "participant-leave", seat.Describe().Add("ParticipantCallStatus", seat.Call.Status).Add("ReasonParticipantLeft", reason));
        if (seat.EndsRoom)
        {
            End($"participant-with-end-conference-on-exit-{kicked ?? "left"}", seat, "moderator_ended_conference");
        }
        else if (Participants.Count == 0)
        {
            End($"last-participant-{kicked ?? "left"}", seat, "moderator_ended_conference");
        }
    }

    /// <summary>Everybody goes on with their own documents.</summary>
    public void End(string reason, Participant? by, string reasonLeft)
    {
        if (Status == Completed)
        {
            return;
        }

        (Status, ReasonEnded, EndedBy) = (Completed, reason, by?.Call);
        Touch();
        foreach (var seat in Participants.ToArray())
        {
            Leave(seat, reasonLeft);
        }

        Tell("end", "conference-end", new Parameters()
            .Add("ReasonConferenceEnded", reason)
            .Add("CallSidEndingConference", by?.Call.Sid)
            .Add("ParticipantLabelEndingConference", by?.Label)
            .Add("Reason", reason.Replace('-', ' ')));
    }

    /// <summary>What a room tells of itself, when the first participant asked for it.</summary>
    public void Tell(string word, string happened, Parameters parameters)
    {
        if (first is { StatusCallback: { } to } && first.Events.Contains(word))
        {
            line.Send(to, Describe()
                .Add("StatusCallbackEvent", happened)
                .Add("SequenceNumber", sequence++)
                .Add("Timestamp", Rfc2822.Of(account.Loop.Now))
                .AddRange(parameters));
        }
    }

    public Parameters Describe() => new Parameters().Add("ConferenceSid", Sid).Add("FriendlyName", name).Add("AccountSid", account.Sid);

    /// <summary>Plays a document to one participant until it is stopped; at its end there is silence.</summary>
    public void PlayTo(Participant seat, Callback document, Action? onFirstFailure = null)
    {
        seat.StopMusic();
        var music = seat.Music = CancellationTokenSource.CreateLinkedTokenSource(account.Stopping);
        account.Loop.Start(async () =>
        {
            var end = await new TwimlRunner(Scene.Aside(seat.Call, TwimlRules.RoomWait, Describe)).RunAsync(new Fetch(document.Url, document.Method), music.Token);
            if (end == TwimlEnd.Failed)
            {
                onFirstFailure?.Invoke();
            }
        });
    }

    public void Touch() => Updated = account.Loop.Now;

    private void Start()
    {
        if (Status != "init" || Participants.Count < 2 || !Participants.Exists(p => p.StartsRoom))
        {
            AnnounceArrival();
            return;
        }

        Status = "in-progress";
        WasStarted = true;
        Touch();
        Participants.ForEach(p => p.StopMusic());
        Participants.ForEach(p => p.Call.Hear("system", $"connected with {string.Join(", ", p.TalksTo.Select(c => c.Phone.Number))}"));
        Tell("start", "conference-start", []);
    }

    private void AnnounceArrival()
    {
        if (IsStarted)
        {
            Participants.ForEach(p => p.Call.Hear("system", $"connected with {string.Join(", ", p.TalksTo.Select(c => c.Phone.Number))}"));
        }
    }

    /// <summary>A waiting document that fails takes the leg out of the room. Source: https://www.twilio.com/docs/voice/twiml/conference; for a later failure assumed (check 36).</summary>
    private void WaitWithMusic(Participant seat, Seating seating)
    {
        if (seating.WaitUrl is { } document)
        {
            PlayTo(seat, document, () => Leave(seat, "participant_add_failed"));
        }
        else if (!seating.Silent)
        {
            seat.Call.Hear("play", "hold music");
        }
    }
}
