using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Calls;

/// <summary>One thing that a leg hears or does. A document is a list of them, carried out in order; after the last one the leg is hung up.</summary>
public abstract record CallStep
{
    private CallStep()
    {
    }

    public sealed record Say(Spoken Words) : CallStep
    {
        public string Text => Words.Text;
    }

    /// <summary>The hold sound.</summary>
    public sealed record HoldSound : CallStep;

    /// <summary>What the officer recorded.</summary>
    /// <param name="Enquiry">The enquiry's id in 32 hexadecimal digits.</param>
    public sealed record PlayMessage(string Enquiry) : CallStep;

    public sealed record Pause(Duration Length) : CallStep;

    /// <summary>Speaks, with keys live, and goes to <paramref name="Then"/> with the key, or with none after <paramref name="Timeout"/>.</summary>
    /// <param name="Prompt">Only Say, PlayMessage and Pause.</param>
    /// <param name="Timeout">From the end of the prompt; never under 10 s, since some callers come through a text relay.</param>
    public sealed record Ask(ValueList<CallStep> Prompt, Duration Timeout, Destination Then) : CallStep;

    /// <summary>Speaks, with keys live, and goes to <paramref name="Then"/> with the number that is keyed in and ended with '#', or with none after <paramref name="Timeout"/>.</summary>
    /// <param name="Prompt">Only Say and Pause.</param>
    public sealed record AskNumber(ValueList<CallStep> Prompt, Duration Timeout, Destination Then) : CallStep;

    /// <summary>Speaks and plays, and goes to <paramref name="Then"/> as soon as a key is pressed meanwhile, or in the second after it; without one it goes on.</summary>
    /// <param name="Prompt">Only Say, HoldSound and Pause.</param>
    public sealed record WithKeys(ValueList<CallStep> Prompt, Destination Then) : CallStep;

    /// <summary>Waits in the enquiry's queue; <paramref name="Wait"/> is fetched again and again for what is heard there.</summary>
    public sealed record Hold(string Queue, Destination Wait, Destination Then) : CallStep;

    /// <summary>Talks in the enquiry's room.</summary>
    /// <param name="Label">Unique in the room.</param>
    /// <param name="EndsRoom">Whether the room ends when this leg leaves it.</param>
    /// <param name="WaitsLong">Whether the other one comes only after a while: until then the hold sound is heard, in place of silence.</param>
    public sealed record Connect(string Room, string Label, bool EndsRoom, Destination RoomEvents, Destination Then, bool WaitsLong = false) : CallStep;

    /// <summary>Rings one adviser from the officer's own leg. Who picks up hears <paramref name="Screen"/>, and the two are connected when that document ends by itself.</summary>
    /// <param name="From">The number that the adviser sees.</param>
    /// <param name="Then">What comes when nobody was connected, or the talk is over.</param>
    public sealed record Dial(PhoneNumber To, PhoneNumber From, Duration Ring, Destination Screen, Destination Then) : CallStep;

    /// <summary>Records a message, until '#', silence, or <paramref name="Longest"/>.</summary>
    public sealed record Record(Duration Longest, Destination Then) : CallStep;

    public sealed record GoTo(Destination Then) : CallStep;

    /// <summary>Leaves the queue; what comes next is the queue's <c>Then</c>.</summary>
    public sealed record StopHolding : CallStep;

    public sealed record HangUp : CallStep;
}

/// <summary>Where a leg asks what comes next.</summary>
/// <param name="Door">The last part of the webhook's path.</param>
/// <param name="Subject">The enquiry's id in 32 hexadecimal digits, a page's id, or, at the chain's doors, its state, signed.</param>
/// <param name="Ask">Which hearing of a question is answered, from 1; 0 = no question.</param>
public sealed record Destination(Door Door, string Subject, int Ask = 0);

/// <summary>The webhooks of a call.</summary>
public enum Door
{
    /// <summary>The menu's key.</summary>
    Menu,

    /// <summary>The force that a caller in doubt keys in.</summary>
    Force,

    /// <summary>What the officer hears in the queue.</summary>
    Hold,

    /// <summary>The key of an officer who is held.</summary>
    HoldKey,

    /// <summary>The key of an officer who asked to be called back: this number, another one, or hold after all.</summary>
    CallBack,

    /// <summary>The number on which the officer wants to be called back.</summary>
    Number,

    /// <summary>The key of an officer who calls again: the same enquiry or a new one.</summary>
    Again,

    /// <summary>What the officer's leg does now.</summary>
    Officer,

    /// <summary>The officer, whose adviser dropped, is still there.</summary>
    Stayed,

    /// <summary>The message is recorded.</summary>
    Message,

    /// <summary>An adviser picked up.</summary>
    Offer,

    /// <summary>The adviser's key.</summary>
    OfferKey,

    /// <summary>The adviser's leg left the room.</summary>
    Adviser,

    /// <summary>The adviser has heard the officer's message.</summary>
    Heard,

    /// <summary>The officer, called back, picked up.</summary>
    Back,

    /// <summary>The key of the officer who was called back.</summary>
    BackKey,

    /// <summary>Who joined and left the room.</summary>
    Room,

    /// <summary>The key of an officer on the chain: the menu's, or the force of a caller in doubt.</summary>
    ChainMenu,

    /// <summary>A dial of the chain is over.</summary>
    ChainNext,

    /// <summary>An officer on the chain has recorded a message.</summary>
    ChainMessage,

    /// <summary>An adviser whom the chain dialled picked up.</summary>
    ChainOffer,

    /// <summary>The key of that adviser.</summary>
    ChainKey,
}
