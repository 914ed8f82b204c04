using System.Text.Json.Serialization;
using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>What happened to a call on the chain, to be told to the record, now or later. What concerns a dial means the <see cref="ChainState.Dial"/> of the state that comes with it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Began), "began")]
[JsonDerivedType(typeof(RoomEnded), "room-ended")]
[JsonDerivedType(typeof(DeskChosen), "desk-chosen")]
[JsonDerivedType(typeof(Dialled), "dialled")]
[JsonDerivedType(typeof(PickedUp), "picked-up")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Passed), "passed")]
[JsonDerivedType(typeof(Missed), "missed")]
[JsonDerivedType(typeof(AdviserLeft), "adviser-left")]
[JsonDerivedType(typeof(OfficerLeft), "officer-left")]
[JsonDerivedType(typeof(Promised), "promised")]
[JsonDerivedType(typeof(MessageLeft), "message-left")]
[JsonDerivedType(typeof(Returned), "returned")]
public abstract record ChainFact
{
    private ChainFact()
    {
    }

    /// <summary>The officer was led onto the chain.</summary>
    public sealed record Began : ChainFact;

    /// <summary>The talk in the conference has ended with the adviser's line, and the officer is still there.</summary>
    public sealed record RoomEnded : ChainFact;

    /// <param name="Why">For the record: the desk, and by which key.</param>
    public sealed record DeskChosen(string Why) : ChainFact;

    public sealed record Dialled : ChainFact;

    public sealed record PickedUp(string CallSid) : ChainFact;

    /// <summary>Key 1: the two are connected as the document ends.</summary>
    public sealed record Taken(string CallSid) : ChainFact;

    /// <summary>Key 2.</summary>
    public sealed record Passed(string CallSid) : ChainFact;

    /// <summary>The dial came to nothing.</summary>
    /// <param name="Status">Twilio's DialCallStatus: completed = picked up, and no key took it; busy, failed, no-answer, canceled.</param>
    public sealed record Missed(string? CallSid, string Status) : ChainFact;

    /// <summary>The talk is over, and the officer is still there.</summary>
    public sealed record AdviserLeft(string CallSid) : ChainFact;

    public sealed record OfficerLeft : ChainFact;

    /// <summary>All rounds are through: a call back is promised, or a message is asked for.</summary>
    public sealed record Promised(OwedBecause Because) : ChainFact;

    public sealed record MessageLeft(string RecordingSid, Duration Length) : ChainFact;

    /// <summary>The officer is led back to where calls usually wait: the steps go on from the state's.</summary>
    public sealed record Returned : ChainFact;
}
