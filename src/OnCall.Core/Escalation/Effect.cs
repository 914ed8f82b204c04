using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>What is to be done outside because of a decision. Stored with it in one transaction, carried out afterwards at least once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(PlaceCall), "place-call")]
[JsonDerivedType(typeof(CallBack), "call-back")]
[JsonDerivedType(typeof(MoveOfficer), "move-officer")]
[JsonDerivedType(typeof(MoveAdviser), "move-adviser")]
[JsonDerivedType(typeof(HangUp), "hang-up")]
[JsonDerivedType(typeof(LookAfter), "look-after")]
[JsonDerivedType(typeof(KeepMessage), "keep-message")]
[JsonDerivedType(typeof(FindMessage), "find-message")]
[JsonDerivedType(typeof(SendText), "send-text")]
[JsonDerivedType(typeof(PageByText), "page-by-text")]
[JsonDerivedType(typeof(Relay), "relay")]
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Rings an adviser. Dropped when the page no longer waits for it.</summary>
    public sealed record PlaceCall(string Page, PhoneNumber To, PhoneNumber From, Duration Ring) : Effect;

    /// <summary>Rings the officer back, to be joined with the adviser who waits in the room.</summary>
    public sealed record CallBack(PhoneNumber To, PhoneNumber From) : Effect;

    /// <summary>Fetches the officer's leg out of wherever it is, to hear its present document.</summary>
    public sealed record MoveOfficer(string CallSid) : Effect;

    /// <summary>Fetches the adviser's leg out of the prompt or the room, to hear its present document.</summary>
    public sealed record MoveAdviser(string CallSid, string Page) : Effect;

    /// <param name="UnlessAnswered">The phone rings no longer, and who has picked up by now is left on the line.</param>
    public sealed record HangUp(string CallSid, bool UnlessAnswered = false) : Effect;

    /// <summary>Asks whether a leg is over, and says so if it is.</summary>
    /// <param name="Page">The page whose call it is; null = the officer's leg.</param>
    public sealed record LookAfter(string CallSid, string? Page) : Effect;

    /// <summary>Brings the officer's recorded message home, and deletes it at Twilio.</summary>
    public sealed record KeepMessage(string RecordingSid) : Effect;

    /// <summary>Asks whether the officer left a message of which no word has come.</summary>
    /// <param name="CallSid">The officer's leg, which is over.</param>
    public sealed record FindMessage(string CallSid) : Effect;

    /// <param name="Adviser">Whom it is for; null = somebody who is no adviser.</param>
    public sealed record SendText(PhoneNumber To, PhoneNumber From, string Body, string? Adviser) : Effect;

    /// <summary>Texts an adviser of a step. Dropped when the page no longer waits for it.</summary>
    public sealed record PageByText(string Page, PhoneNumber To, PhoneNumber From, string Body, string Adviser) : Effect;

    /// <summary>Passes on what somebody wrote. The words are looked up when it is sent, so that they lie in one place only.</summary>
    /// <param name="Message">Twilio's name of the text that came in.</param>
    /// <param name="Before">What stands before the words.</param>
    /// <param name="Part">Which part of them, from 1: they may not fit into one text.</param>
    /// <param name="Adviser">Whom it is for; null = the officer.</param>
    public sealed record Relay(string Message, PhoneNumber To, PhoneNumber From, string Before, int Part, int Parts, string? Adviser) : Effect;
}
