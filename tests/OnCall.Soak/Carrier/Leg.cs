using NodaTime;
using OnCall.Core;
using OnCall.Core.Calls;

namespace OnCall.Soak.Carrier;

/// <summary>One telephone line of Twilio's, which does what the documents say, step by step, and asks for the next.</summary>
internal abstract class Leg(World world, string sid)
{
    /// <summary>A gather without words waits a second for a key; what comes after it is fetched at once.</summary>
    private static readonly Duration KeyPause = Duration.FromSeconds(1);

    private static readonly Duration HoldSound = Duration.FromSeconds(8);
    private static readonly Duration Message = Duration.FromSeconds(20);

    /// <summary>Grows with everything that takes the leg elsewhere: what was to come before is void.</summary>
    private int _turn;
    private Instant _queuedAt;

    protected World World { get; } = world;

    public string Sid { get; } = sid;

    public Guid Enquiry { get; protected set; }

    public bool IsOver { get; private set; }

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

    public void Goes(Destination door, string? key = null, bool letGo = false)
    {
        var turn = ++_turn;
        var request = new Request(door, key, Queue is null ? Duration.Zero : World.Now - _queuedAt, letGo);
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

        return fails ? AskAgain(request) : World.Defect.Document(steps);
    }

    private IReadOnlyList<CallStep> AskAgain(Request request) => [new CallStep.Say(OnCall.Core.Phrases.PleaseBear), new CallStep.GoTo(TriedAgainAt(request.Door))];

    public void IsHungUp() => Ends("completed");

    /// <returns>False = it is over.</returns>
    public bool IsMoved()
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

    private void Does(int turn, IReadOnlyList<CallStep> steps)
    {
        if (turn != _turn || IsOver)
        {
            return;
        }

        IsQuietFor = Queue is null ? Duration.Zero : steps.Any(Speaks) ? Duration.Zero : steps.Aggregate(IsQuietFor, (length, step) => length + LastsWithKeys(step));
        World.Watch.Hears(this, steps);
        Does(steps, 0);
    }

    private static bool Speaks(CallStep step) => step is CallStep.Say or CallStep.Ask or CallStep.AskNumber or CallStep.StopHolding || (step is CallStep.WithKeys held && held.Prompt.Any(Speaks));

    private void Does(IReadOnlyList<CallStep> steps, int first)
    {
        var length = Duration.Zero;
        for (var place = first; place < steps.Count; place++)
        {
            switch (steps[place])
            {
                case CallStep.WithKeys held:
                    var stretch = LastsWithKeys(held);
                    if (PressesWhileHeld(length + stretch) is { } key)
                    {
                        Then(length + stretch, () => Goes(held.Then, key));
                        return;
                    }

                    length += stretch;
                    break;
                case var step when Lasts(step) is { } lasts:
                    length += lasts;
                    break;
                case var step:
                    Then(length, () => Comes(step, () => Does(steps, place + 1)));
                    return;
            }
        }

        Then(length, AtTheEnd);
    }

    /// <summary>A document of the queue is fetched again; after another one, the line is hung up.</summary>
    private void AtTheEnd()
    {
        if (Queue is { } queue)
        {
            Goes(queue.Wait);
        }
        else
        {
            Ends("completed");
        }
    }

    private void Comes(CallStep step, Action goOn)
    {
        switch (step)
        {
            case CallStep.Ask ask:
                Asks(Lasts(ask.Prompt), ask.Timeout, ask.Then);
                break;
            case CallStep.AskNumber ask:
                Asks(Lasts(ask.Prompt), ask.Timeout, ask.Then);
                break;
            case CallStep.Hold hold:
                (Queue, _queuedAt) = (hold, World.Now);
                Goes(hold.Wait);
                break;
            case CallStep.StopHolding:
                var queue = Queue;
                Queue = null;
                Goes(queue?.Then ?? Present);
                break;
            case CallStep.Connect connect:
                (Room, AfterRoom) = (World.Network.RoomOf(Enquiry), connect.Then);
                Room.Enters(this);
                break;
            case CallStep.Record record when Speaks() is { } spoken:
                Then(spoken, () => Goes(record.Then, Seconds(spoken)));
                break;
            case CallStep.Record:
                Then(Duration.FromSeconds(5), goOn);
                break;
            case CallStep.GoTo to:
                Goes(to.Then);
                break;
            default:
                Ends("completed");
                break;
        }
    }

    private void Asks(Duration prompt, Duration timeout, Destination then)
    {
        if (Presses(then, prompt) is { } pressed && pressed.After < prompt + timeout)
        {
            Then(pressed.After, () => Goes(then, pressed.Key));
        }
        else
        {
            Then(prompt + timeout, () => Goes(then));
        }
    }

    private static string Seconds(Duration spoken) => ((int)spoken.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void LeavesRoom(bool hungUp)
    {
        var room = Room;
        Room = null;
        room?.Leaves(this, hungUp);
    }

    private static Duration Lasts(ValueList<CallStep> steps) => steps.Aggregate(Duration.Zero, (length, step) => length + (Lasts(step) ?? Duration.Zero));

    private static Duration LastsWithKeys(CallStep step) => step is CallStep.WithKeys held ? Lasts(held.Prompt) + KeyPause : Lasts(step) ?? Duration.Zero;

    /// <summary>How long a step lasts that only speaks or plays; null = it does something else.</summary>
    private static Duration? Lasts(CallStep step) => step switch
    {
        CallStep.Say say => Duration.FromMilliseconds(300 + (60 * say.Text.Length)),
        CallStep.Pause pause => pause.Length,
        CallStep.HoldSound => HoldSound,
        CallStep.PlayMessage => Message,
        _ => null,
    };
}
