using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;

namespace OnCall.Soak.Carrier;

/// <summary>One telephone line of Twilio's, which does what the documents say, step by step, and asks for the next.</summary>
internal abstract partial class Leg(World world, string sid)
{
    /// <summary>Grows with everything that takes the leg elsewhere: what was to come before is void.</summary>
    private int _turn;
    private Instant _queuedAt;

    protected World World { get; } = world;

    public string Sid { get; } = sid;

    public Guid Enquiry { get; protected set; }

    /// <summary>The enquiry as it is stored; null = the record knows nothing of the call.</summary>
    public Enquiry? Known => World.Nodes.Find(Enquiry)?.Enquiry;

    public bool IsOver { get; private set; }

    /// <summary>Somebody, or something, is on the line.</summary>
    public bool IsPickedUp { get; protected set; }

    /// <summary>The queue in which it waits; null = in none.</summary>
    public CallStep.Hold? Queue { get; private set; }

    /// <summary>How long, held, no word is heard until the document that it has begun speaks, or ends.</summary>
    public Duration IsQuietFor { get; private set; }

    public Room? Room { get; private set; }

    /// <summary>Where the leg goes after the room.</summary>
    public Destination? AfterRoom { get; private set; }

    public abstract bool IsOfficers { get; }

    /// <summary>The document for a request, with what the enquiry is told by it.</summary>
    protected abstract IReadOnlyList<CallStep> Answer(Request request);

    /// <summary>Which key is pressed at a question, and how long after it begins; null = none.</summary>
    protected abstract (string? Key, Duration After)? Presses(Destination then, Duration prompt);

    /// <summary>The key that is pressed within a stretch of the hold; null = none.</summary>
    protected virtual string? PressesWhileHeld(Duration stretch) => null;

    /// <summary>How long a message is; null = none is spoken.</summary>
    protected virtual Duration? Speaks() => null;

    /// <summary>The line ended: those who should know are told.</summary>
    protected abstract void Ended(string status, bool wasQueued);

    public void Goes(Destination door, string? key = null, bool letGo = false, DialEnd? dial = null)
    {
        var turn = ++_turn;
        var request = new Request(door, key, Queue is null ? Duration.Zero : World.Now - _queuedAt, letGo, dial);
        World.After(World.Chance.Seconds(0.05, World.Weather.GoesWrong(0.01) ? 20 : 0.3), () => Does(turn, Answered(request)));
    }

    /// <summary>A webhook may fail inside, before or after the enquiry was told; it may also come twice.</summary>
    private IReadOnlyList<CallStep> Answered(Request request)
    {
        var (fails, early) = (World.Weather.GoesWrong(0.003), World.Chance.Is(0.5));
        if (fails && early)
        {
            return AskAgain(request);
        }

        var steps = Answer(request);
        if (World.Weather.GoesWrong(0.005))
        {
            steps = Answer(request);
        }

        return fails ? AskAgain(request) : World.Defect.Document(this, steps);
    }

    protected virtual IReadOnlyList<CallStep> AskAgain(Request request) => [new CallStep.Say(Core.Phrases.PleaseBear(Language.English)), new CallStep.GoTo(TriedAgainAt(request.Door))];

    public void IsHungUp() => Ends("completed");

    /// <returns>False = it is over.</returns>
    public virtual bool IsMoved()
    {
        if (IsOver)
        {
            return false;
        }

        LeavesRoom(hungUp: false);
        Queue = null;
        Goes(Present);
        return true;
    }

    public void Ends(string status)
    {
        if (IsOver)
        {
            return;
        }

        _turn++;
        IsOver = true;
        LeavesRoom(hungUp: true);
        World.Network.Ends(this);
        Ended(status, Queue is not null);
    }

    /// <summary>The room has ended, and lets the leg go.</summary>
    public void IsLetGo()
    {
        Room = null;
        if (!IsOver)
        {
            Goes(AfterRoom!, letGo: true);
        }
    }

    /// <summary>Where the leg asks what it is to do now.</summary>
    protected abstract Destination Present { get; }

    /// <summary>Where it asks again when a webhook failed inside.</summary>
    protected abstract Destination TriedAgainAt(Destination door);

    /// <summary>Something that the person does, unless the line is over or was taken elsewhere meanwhile.</summary>
    protected void Then(Duration wait, Action what)
    {
        var turn = _turn;
        World.After(wait, () => Unless(turn, what));
    }

    private void Unless(int turn, Action what)
    {
        if (turn == _turn && !IsOver)
        {
            what();
        }
    }

    private void LeavesRoom(bool hungUp)
    {
        var room = Room;
        Room = null;
        room?.Leaves(this, hungUp);
    }
}
