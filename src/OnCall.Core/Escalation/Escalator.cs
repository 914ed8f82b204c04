using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>
/// The one place where an enquiry changes. Pure: the same enquiry, event, roster and instant always give the same decision; nothing throws,
/// and an event that is late, doubled or meant for another call changes nothing.
/// </summary>
public static class Escalator
{
    /// <summary>How long an officer is held, in all, before what follows all rounds comes.</summary>
    public static readonly Duration LongestHold = Duration.FromMinutes(15);

    /// <summary>How long the prompt at an adviser's ear lasts at most, with the time for a late key: after it a leg that sent no word is given up.</summary>
    public static readonly Duration LongestPrompt = Duration.FromSeconds(45);

    /// <summary>How long a menu may stay without a word before it counts as "no key": greeting, menu and 10 s, twice, with room to spare.</summary>
    public static readonly Duration LongestMenu = Duration.FromMinutes(3);

    /// <summary>How long the call back to an officer rings at most, and how long the prompt lasts then: after it one that sent no word is given up, since the adviser waits for it.</summary>
    public static readonly Duration LongestCallBack = Duration.FromSeconds(90);

    /// <summary>A deadline that is looked at later than this was overlooked because the database, or every node, was away.</summary>
    public static readonly Duration LongestOversight = Duration.FromSeconds(5);

    /// <summary>How long it takes the nodes, after that, to begin to tell what happened to a call meanwhile.</summary>
    public static readonly Duration MeanwhileIsTold = Duration.FromSeconds(3);

    /// <summary>How long after a call was taken, or its talk took a turn, its legs are looked after for the first time.</summary>
    public static readonly Duration FirstLook = Duration.FromSeconds(10);

    /// <summary>The same, where the officer was found outside of the room: time enough for Twilio to know that the adviser's leg is over.</summary>
    public static readonly Duration LookAtOnce = Duration.FromSeconds(1);

    /// <summary>How often they are looked after from then on.</summary>
    public static readonly Duration NextLook = Duration.FromMinutes(5);

    /// <summary>When those who were paged for an officer who hung up are texted once more.</summary>
    public static readonly Duration AbandonedReminder = Duration.FromMinutes(5);

    /// <summary>How long nobody has an enquiry, with no officer waiting on the line, before the coordinators are told.</summary>
    public static readonly Duration CoordinatorsAreTold = Duration.FromHours(1);

    /// <summary>How long at most until they are told again: at first after an hour, then each time when it is twice as old, and so often from then on.</summary>
    public static readonly Duration CoordinatorsAreToldAgain = Duration.FromHours(4);

    /// <summary>They are not told of the same enquiry within so long, however often its officer calls again or they pass it on in vain.</summary>
    public static readonly Duration CoordinatorsRest = Duration.FromMinutes(15);

    /// <summary>How long after an officer's line ended a call from the same number is asked whether it goes on with the same enquiry.</summary>
    public static readonly Duration JoinWithin = Duration.FromMinutes(10);

    /// <summary>So many calls, and enquiries by text, from one number that no force lists are taken as they come; who calls or writes oftener within <see cref="FloodWithin"/> is asked for key and force.</summary>
    public const int FloodCalls = 10;

    /// <summary>The time within which calls of one number are counted.</summary>
    public static readonly Duration FloodWithin = Duration.FromMinutes(10);

    /// <summary>How long an enquiry by text goes through its rounds at most, however long its steps wait: then what follows all rounds comes.</summary>
    public static readonly Duration LongestRounds = Duration.FromHours(1);

    /// <summary>How long after the last text an enquiry that somebody has is gone on with by the officer's next text; a later one is a new matter.</summary>
    public static readonly Duration TalkByTextLasts = Duration.FromHours(24);

    /// <summary>How many texts of a conversation are handed on to who takes it later.</summary>
    public const int MostWords = 50;

    /// <summary>Whether a text from the officer's number goes on with the enquiry.</summary>
    public static bool MayBeTexted(Enquiry enquiry, Instant now) => enquiry.Stage switch
    {
        Stage.Closed => false,
        Stage.Accepted => now - Instant.Max(enquiry.AcceptedAt ?? enquiry.OpenedAt, enquiry.LastTextAt ?? enquiry.OpenedAt) <= TalkByTextLasts,
        _ => true,
    };

    /// <summary>
    /// Whether a new call from the enquiry's number may go on with it: it is open, and its officer left a while ago, or is being called back. A line may have ended without Twilio knowing it
    /// yet, as a mobile's does that has lost its network, unless several officers call from that number, or that line itself dials. An officer who wrote may call at any time.
    /// </summary>
    public static bool MayBeJoined(Enquiry enquiry, Roster roster, Instant now) => enquiry.Stage is not Stage.Closed
        && (enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack }
            || (enquiry.OfficerCall is not null ? !(enquiry.IsLedByDocuments || roster.IsShared(enquiry.From)) : now - enquiry.OfficerLeftAt <= JoinWithin || (enquiry.Channel == Channel.Sms && MayBeTexted(enquiry, now))));

    /// <summary>Whether its officer counts as on the line, and is not one who is being called back.</summary>
    public static bool IsOnTheLine(Enquiry enquiry) => enquiry is { OfficerCall: not null, Stage: not Stage.Accepted { Talk: Talk.CallingBack } };

    /// <summary>Whether it can be passed on: the desk is chosen, and no adviser is connected with the officer or on the way to it.</summary>
    public static bool MayBePassed(Enquiry enquiry) => enquiry.Stage is Stage.Paging or Stage.Owed or Stage.Accepted { Talk: Talk.Over };

    /// <summary>Whether it can be closed: somebody has it, or no officer waits on the line for whoever takes it.</summary>
    public static bool MayBeClosed(Enquiry enquiry) => enquiry.Stage is Stage.Accepted or Stage.Owed || (enquiry.OfficerCall is null && enquiry.Stage is not Stage.Closed);

    /// <summary>A call has come in on a line.</summary>
    /// <param name="id">A new random id.</param>
    /// <param name="shortRef">A ref that nobody else has.</param>
    /// <param name="line">The number that was called.</param>
    /// <param name="from">The number that calls; null = withheld.</param>
    /// <param name="callSid">Twilio's name of the officer's leg.</param>
    /// <param name="flooding">The number is not known, and has called too often.</param>
    /// <param name="outOfReach">The number may be neither called nor texted.</param>
    public static Decision Open(
        Guid id, string shortRef, PhoneNumber line, PhoneNumber? from, string callSid, Roster roster, Instant now, bool flooding = false, bool outOfReach = false)
    {
        var enquiry = new Enquiry
        {
            Id = id,
            Ref = shortRef,
            Channel = Channel.Call,
            Line = line,
            From = from,
            FromIsOutOfReach = outOfReach ? true : null,
            OfficerCall = callSid,
            OpenedAt = now,
            Stage = new Stage.Menu(1, now + LongestMenu),
        };
        var deciding = new Deciding(enquiry, roster, now) { AnswersOfficer = true };
        deciding.Received();
        if (roster.IsBlocked(from, now) || flooding)
        {
            deciding.Doubt();
        }
        else if (roster.Line(line) is not { Menu.Count: > 0 } known || HasOneDesk(known))
        {
            deciding.BeginPaging(null, "the line has one desk");
        }

        return deciding.Done();
    }

    /// <summary>A text has come in from somebody who has no open enquiry.</summary>
    /// <param name="line">The number of the line for calls, since its advisers may be called.</param>
    /// <param name="from">The number that wrote.</param>
    /// <param name="message">Twilio's name of the text.</param>
    /// <param name="words">What it says: read for the desk, and not kept.</param>
    /// <param name="asksForCall">Whether it asks to be called.</param>
    /// <param name="flooding">The number is not known, and has called or written too often.</param>
    /// <param name="outOfReach">The number may be neither called nor texted.</param>
    public static Decision OpenByText(
        Guid id, string shortRef, PhoneNumber line, PhoneNumber from, string message, string words, Roster roster, Instant now,
        bool asksForCall = false, bool flooding = false, bool outOfReach = false)
    {
        var enquiry = new Enquiry
        {
            Id = id,
            Ref = shortRef,
            Channel = Channel.Sms,
            Line = line,
            From = from,
            FromIsOutOfReach = outOfReach ? true : null,
            OpenedAt = now,
            Stage = new Stage.Paging(1, -1, now + LongestRounds),
        };
        var deciding = new Deciding(enquiry, roster, now);
        deciding.Received();
        deciding.OpenByText(new EnquiryEvent.OfficerTexted(message, words.Length, asksForCall), TextDesk.Of(words, line, roster), roster.IsBlocked(from, now) || flooding);
        return deciding.Done();
    }

    /// <summary>What follows from <paramref name="happened"/>.</summary>
    public static Decision Decide(Enquiry enquiry, EnquiryEvent happened, Roster roster, Instant now)
    {
        var deciding = new Deciding(enquiry, roster, TimeOf(happened, now))
        {
            AnswersOfficer = happened is EnquiryEvent.MenuAnswered or EnquiryEvent.ForceSaid or EnquiryEvent.OfficerCalledAgain or EnquiryEvent.OfficerStayed,
        };
        switch (happened)
        {
            case EnquiryEvent.TimePassed:
                deciding.TimePassed();
                break;
            case EnquiryEvent.MenuAnswered answered:
                deciding.MenuAnswered(answered);
                break;
            case EnquiryEvent.ForceSaid said:
                deciding.ForceSaid(said);
                break;
            case EnquiryEvent.PagePlaced placed:
                deciding.PagePlaced(placed);
                break;
            case EnquiryEvent.PageRefused refused:
                deciding.PageRefused(refused);
                break;
            case EnquiryEvent.PageAnswered answered:
                deciding.PageAnswered(answered);
                break;
            case EnquiryEvent.PageTaken taken:
                deciding.PageTaken(taken);
                break;
            case EnquiryEvent.PagePassed passed:
                deciding.PagePassed(passed);
                break;
            case EnquiryEvent.PageHungUp hungUp:
                deciding.PageHungUp(hungUp);
                break;
            case EnquiryEvent.Bridged:
                deciding.Bridged();
                break;
            case EnquiryEvent.OfficerHungUp hungUp:
                deciding.OfficerHungUp(hungUp);
                break;
            case EnquiryEvent.OfficerCalledAgain again:
                deciding.OfficerCalledAgain(again);
                break;
            case EnquiryEvent.OfficerCalledInVain again:
                deciding.OfficerCalledInVain(again);
                break;
            case EnquiryEvent.CallBackAsked asked:
                deciding.CallBackAsked(asked);
                break;
            case EnquiryEvent.CallBackNumberGiven given:
                deciding.CallBackNumberGiven(given);
                break;
            case EnquiryEvent.MessageAsked asked:
                deciding.MessageAsked(asked);
                break;
            case EnquiryEvent.HoldsAgain again:
                deciding.HoldsAgain(again);
                break;
            case EnquiryEvent.OfficerReturned returned:
                deciding.OfficerReturned(returned);
                break;
            case EnquiryEvent.OfficerStayed stayed:
                deciding.OfficerStayed(stayed);
                break;
            case EnquiryEvent.OfficerBack back:
                deciding.OfficerBack(back);
                break;
            case EnquiryEvent.CallBackPlaced placed:
                deciding.CallBackPlaced(placed);
                break;
            case EnquiryEvent.CallBackRefused refused:
                deciding.CallBackRefused(refused);
                break;
            case EnquiryEvent.MessageLeft left:
                deciding.MessageLeft(left);
                break;
            case EnquiryEvent.MessageHeard heard:
                deciding.MessageHeard(heard);
                break;
            case EnquiryEvent.PageTexted texted:
                deciding.PageTexted(texted);
                break;
            case EnquiryEvent.PageTextFailed failed:
                deciding.PageTextFailed(failed);
                break;
            case EnquiryEvent.RelayFailed failed:
                deciding.RelayFailed(failed);
                break;
            case EnquiryEvent.OfficerTexted texted:
                deciding.OfficerTexted(texted);
                break;
            case EnquiryEvent.AdviserTexted texted:
                deciding.AdviserTexted(texted);
                break;
            case EnquiryEvent.PassedByText passed:
                deciding.PassedByText(passed);
                break;
            case EnquiryEvent.CallWanted wanted:
                deciding.CallWanted(wanted);
                break;
            case EnquiryEvent.TakenByText taken:
                deciding.TakenByText(taken);
                break;
            case EnquiryEvent.Chained chained:
                deciding.Chained(chained, now);
                break;
            case EnquiryEvent.Close close:
                deciding.Close(close);
                break;
            case EnquiryEvent.NoteWritten note:
                deciding.NoteWritten(note);
                break;
            case EnquiryEvent.PassedOn pass:
                deciding.PassedOn(pass);
                break;
        }

        return deciding.Done();
    }

    /// <summary>What is told of a chain counts from when it happened, however late it is told; but whoever goes on ringing rings now.</summary>
    private static Instant TimeOf(EnquiryEvent happened, Instant now) => happened is EnquiryEvent.Chained { Fact: not ChainFact.Returned } told ? told.At : now;

    private static bool HasOneDesk(Line line) =>
        line.Menu.All(entry => entry.Desk == line.Default && entry.Policy is null && entry.Priority == Priority.Routine);
}
