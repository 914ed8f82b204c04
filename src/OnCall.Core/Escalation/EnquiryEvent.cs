using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>What happened to an enquiry. Each may come late, twice, or never: it names the call or the attempt it means, and one that no longer fits changes nothing.</summary>
public abstract record EnquiryEvent
{
    private EnquiryEvent()
    {
    }

    /// <summary>It is now so late; nothing else happened.</summary>
    public sealed record TimePassed : EnquiryEvent;

    /// <param name="Ask">Which hearing of the menu is answered.</param>
    /// <param name="Key">What was pressed; null = nothing.</param>
    public sealed record MenuAnswered(string CallSid, int Ask, string? Key) : EnquiryEvent;

    /// <summary>A caller in doubt was asked for the force.</summary>
    /// <param name="Ask">Which hearing of the question is answered.</param>
    /// <param name="Digits">The force's place in the list, from 1, as it was keyed in; null = nothing.</param>
    public sealed record ForceSaid(string CallSid, int Ask, string? Digits) : EnquiryEvent;

    /// <summary>Twilio has taken the call of a page.</summary>
    public sealed record PagePlaced(string Page, string CallSid) : EnquiryEvent;

    /// <summary>Twilio refused the call of a page, or never got it.</summary>
    /// <param name="Reason">For the timeline: no numbers.</param>
    public sealed record PageRefused(string Page, string Reason) : EnquiryEvent;

    /// <summary>Somebody picked up: the page's document was fetched.</summary>
    public sealed record PageAnswered(string Page, string CallSid) : EnquiryEvent;

    /// <summary>Key 1.</summary>
    public sealed record PageTaken(string Page, string CallSid) : EnquiryEvent;

    /// <summary>Key 2.</summary>
    public sealed record PagePassed(string Page, string CallSid) : EnquiryEvent;

    /// <summary>The page's call is over.</summary>
    /// <param name="Status">Twilio's CallStatus: completed, busy, failed, no-answer, canceled.</param>
    /// <param name="Found">It was found when the leg was looked after: whatever should have told of it was lost.</param>
    public sealed record PageHungUp(string Page, string CallSid, string Status, bool Found = false) : EnquiryEvent;

    /// <summary>Both are in the room.</summary>
    public sealed record Bridged : EnquiryEvent;

    /// <summary>The officer's leg is over.</summary>
    public sealed record OfficerHungUp(string CallSid) : EnquiryEvent;

    /// <summary>The officer has called again, and goes on with this enquiry.</summary>
    /// <param name="Flooding">The number is not known, and calls too often.</param>
    public sealed record OfficerCalledAgain(string CallSid, bool Flooding = false) : EnquiryEvent;

    /// <summary>The officer had called again, and hung up before anybody answered: no node heard of it, and it was found afterwards.</summary>
    /// <param name="At">When the call came in.</param>
    public sealed record OfficerCalledInVain(string CallSid, Instant At) : EnquiryEvent;

    /// <summary>The officer, held, pressed star.</summary>
    public sealed record CallBackAsked(string CallSid) : EnquiryEvent;

    /// <summary>The officer keyed in a number to be called back on.</summary>
    public sealed record CallBackNumberGiven(string CallSid, PhoneNumber Number) : EnquiryEvent;

    /// <summary>The officer, held, pressed the hash key.</summary>
    public sealed record MessageAsked(string CallSid) : EnquiryEvent;

    /// <summary>The officer goes on holding after all.</summary>
    public sealed record HoldsAgain(string CallSid) : EnquiryEvent;

    /// <summary>The officer's leg asks what to do, and no room is known to have let it go: what came before was lost.</summary>
    public sealed record OfficerReturned(string CallSid) : EnquiryEvent;

    /// <summary>The officer, whose adviser's line dropped, did not hang up.</summary>
    public sealed record OfficerStayed(string CallSid) : EnquiryEvent;

    /// <summary>The officer, called back, pressed 1.</summary>
    public sealed record OfficerBack(string CallSid) : EnquiryEvent;

    /// <summary>Twilio has taken the call back to the officer.</summary>
    /// <param name="PickedUp">Somebody has picked up: the leg itself asks what to do.</param>
    public sealed record CallBackPlaced(string CallSid, bool PickedUp = false) : EnquiryEvent;

    /// <summary>Twilio refused the call back to the officer, or never got it.</summary>
    public sealed record CallBackRefused(string Reason, bool OutOfReach = false) : EnquiryEvent;

    /// <summary>The officer recorded a message.</summary>
    public sealed record MessageLeft(string CallSid, string RecordingSid, Duration Length) : EnquiryEvent;

    /// <summary>The adviser who took it has heard the message.</summary>
    public sealed record MessageHeard(string Page, string CallSid) : EnquiryEvent;

    /// <summary>Twilio has taken the text of a page.</summary>
    public sealed record PageTexted(string Page, string Message) : EnquiryEvent;

    /// <summary>Twilio refused the text of a page, never got it, or says that it did not arrive.</summary>
    /// <param name="Reason">For the timeline: no numbers.</param>
    public sealed record PageTextFailed(string Page, string Reason) : EnquiryEvent;

    /// <summary>Twilio refused words that were passed on, never got them, or says that they did not arrive.</summary>
    /// <param name="Message">Twilio's name of the text that came in.</param>
    /// <param name="Adviser">Whom they were for; null = the officer.</param>
    /// <param name="Reason">For the timeline: no numbers.</param>
    public sealed record RelayFailed(string Message, string? Adviser, string Reason) : EnquiryEvent;

    /// <summary>The officer wrote. The words themselves are kept elsewhere.</summary>
    /// <param name="Message">Twilio's name of the text.</param>
    /// <param name="Length">In characters.</param>
    /// <param name="AsksForCall">Whether it asks to be called.</param>
    /// <param name="Key">The menu's key that somebody in doubt names; null = none.</param>
    /// <param name="Force">The id of the force that somebody in doubt names; null = none.</param>
    public sealed record OfficerTexted(string Message, int Length, bool AsksForCall = false, string? Key = null, string? Force = null) : EnquiryEvent;

    /// <summary>An adviser wrote to the officer.</summary>
    /// <param name="Message">Twilio's name of the text.</param>
    /// <param name="Length">In characters.</param>
    public sealed record AdviserTexted(string Adviser, string Message, int Length) : EnquiryEvent;

    /// <summary>An adviser took it by a text.</summary>
    /// <param name="Message">Twilio's name of the text; null = not known.</param>
    public sealed record TakenByText(string Adviser, string? Message = null) : EnquiryEvent;

    /// <summary>An adviser passed by a text: what was offered, or, by who has it, the enquiry itself.</summary>
    /// <param name="Desk">The id of the desk for which it is; null = the same desk.</param>
    public sealed record PassedByText(string Adviser, string Message, string? Desk = null) : EnquiryEvent;

    /// <summary>The adviser who has it wants to be connected with the officer by telephone.</summary>
    public sealed record CallWanted(string Adviser, string Message) : EnquiryEvent;

    /// <summary>Something happened while the officer was led on by documents alone.</summary>
    /// <param name="At">When; it may be told long afterwards.</param>
    public sealed record Chained(ChainState State, ChainFact Fact, Instant At) : EnquiryEvent;

    /// <summary>It is done.</summary>
    /// <param name="By">Who says so: an adviser's id, or a person of the console.</param>
    /// <param name="Message">The text that says so; null = it was said otherwise.</param>
    public sealed record Close(string By, string Outcome, string? Note, string? Message = null) : EnquiryEvent;

    /// <summary>Somebody has something to say about it, closed or not.</summary>
    /// <param name="Request">A name of this one wish: told again under it, nothing more happens.</param>
    /// <param name="By">Who: an adviser's id, or a person of the console.</param>
    public sealed record NoteWritten(string Request, string By, string Text) : EnquiryEvent;

    /// <summary>Others are to take it.</summary>
    /// <param name="Request">A name of this one wish: told again under it, nothing more happens.</param>
    /// <param name="By">Who passes it on: an adviser's id, or a person of the console.</param>
    public sealed record PassedOn(string Request, string By, PassTarget To) : EnquiryEvent;
}
