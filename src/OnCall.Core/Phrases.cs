using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <summary>
/// Every sentence that a person hears or reads, in English and, below it, in Welsh. Texts to advisers carry no case detail, and fit one segment (160 characters of GSM-7) with
/// names of usual length: the Welsh of texts is in words that need none of â ê î ô û ŵ ŷ, which would halve a segment and more. The words that the service reads (DONE, TAKE, CALL
/// …) are the same in both languages.
/// </summary>
public static class Phrases
{
    private static readonly string[] EnglishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly string[] WelshDays = ["Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"];
    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] WelshMonths = ["Ion", "Chwe", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"];

    // The officer hears

    /// <param name="orHold">Whether no key leads to the default desk.</param>
    public static Spoken Menu(Language to, IEnumerable<MenuEntry> menu, bool orHold = true) => Say(
        to,
        string.Join(" ", menu.Select(entry => $"For {entry.Say}, press {entry.Key}.")) + (orHold ? " Or hold for the duty desk." : ""),
        string.Join(" ", menu.Select(entry => $"Ar gyfer {entry.Say}, pwyswch {entry.Key}.")) + (orHold ? " Neu arhoswch am y ddesg ar ddyletswydd." : ""));

    public static Spoken PleasePressAKey(Language to) => Say(
        to,
        "Please press one of these keys, so that we can put you through.",
        "Pwyswch un o'r bysellau hyn, os gwelwch yn dda, er mwyn i ni allu eich cysylltu.");

    public static Spoken WhichForce(Language to, IEnumerable<Force> forces)
    {
        var list = string.Join(" ", forces.Select((force, place) => $"{place + 1}: {force.Name}."));
        return Say(
            to,
            $"Which force are you calling from? Key in its number, and then the hash key. {list}",
            $"O ba heddlu ydych chi'n galw? Bysellwch ei rif, ac yna pwyswch y fysell hash. {list}");
    }

    public static Spoken HeldInDoubt(Language to, string shortRef) => Say(
        to,
        $"Please hold. The experts will be told of your call, and call you back if you hang up. Your reference is {Spell(shortRef)}.",
        $"Arhoswch, os gwelwch yn dda. Bydd yr arbenigwyr yn cael gwybod am eich galwad, ac yn eich ffonio'n ôl os rhowch y ffôn i lawr. Eich cyfeirnod yw {Spell(shortRef)}.");

    public static Spoken WrongKey(Language to) => Say(
        to,
        "Sorry, that key leads nowhere.",
        "Mae'n ddrwg gennym, nid yw'r fysell honno'n arwain i unman.");

    public static Spoken PleaseHold(Language to, string shortRef) => Say(
        to,
        $"Please hold while we ring the expert on duty. Your reference is {Spell(shortRef)}.",
        $"Arhoswch, os gwelwch yn dda, tra byddwn yn ffonio'r arbenigwr ar ddyletswydd. Eich cyfeirnod yw {Spell(shortRef)}.");

    public static Spoken KeysWhileHeld(Language to) => Say(
        to,
        "At any time, press star to be called back instead, or hash to leave a message.",
        "Unrhyw bryd, pwyswch seren i gael galwad yn ôl yn lle aros, neu hash i adael neges.");

    public static Spoken StillHolding(Language to, string shortRef, int attempt) => attempt switch
    {
        <= 1 => Say(
            to,
            $"Thank you for holding. We are ringing the expert on duty. Your reference is {Spell(shortRef)}.",
            $"Diolch am aros. Rydym yn ffonio'r arbenigwr ar ddyletswydd. Eich cyfeirnod yw {Spell(shortRef)}."),
        _ => Say(
            to,
            $"Thank you for holding. We are now ringing further experts. Your reference is {Spell(shortRef)}.",
            $"Diolch am aros. Rydym nawr yn ffonio rhagor o arbenigwyr. Eich cyfeirnod yw {Spell(shortRef)}."),
    };

    /// <summary>One second, at 15 characters a second, and with the second for a late key two: longer they would keep the officer from being fetched, and shorter it would be said twice in a row. It may be a voicemail that picked up.</summary>
    public static Spoken SomebodyAnswers(Language to) => Say(
        to,
        "Being answered.",
        "Mae rhywun yno.");

    /// <param name="onNumberGiven">Whether the officer keyed a number in.</param>
    public static Spoken CallBackPromised(Language to, string shortRef, bool onNumberGiven) => Say(
        to,
        $"We are sorry: no expert could take your call yet. We keep trying, and an expert will call you back on the number you {(onNumberGiven ? "gave" : "are calling from")}. "
        + $"Your reference is {Spell(shortRef)}. {InDanger(Language.English)}",
        $"Mae'n ddrwg gennym: nid yw'r un arbenigwr wedi gallu cymryd eich galwad eto. Rydym yn dal i geisio, a bydd arbenigwr yn eich ffonio'n ôl ar y rhif "
        + $"{(onNumberGiven ? "a roesoch" : "yr ydych yn galw ohono")}. Eich cyfeirnod yw {Spell(shortRef)}. {InDanger(Language.Welsh)}");

    public static Spoken LeaveMessage(Language to, string shortRef) => Say(
        to,
        $"We are sorry: no expert could take your call yet. We keep trying, and your reference is {Spell(shortRef)}. {AfterTheTone(Language.English)}",
        $"Mae'n ddrwg gennym: nid yw'r un arbenigwr wedi gallu cymryd eich galwad eto. Rydym yn dal i geisio, a'ch cyfeirnod yw {Spell(shortRef)}. {AfterTheTone(Language.Welsh)}");

    public static Spoken LeaveMessageInstead(Language to, string shortRef) => Say(
        to,
        $"We go on ringing the experts for you. Your reference is {Spell(shortRef)}. {AfterTheTone(Language.English)}",
        $"Rydym yn dal i ffonio'r arbenigwyr ar eich rhan. Eich cyfeirnod yw {Spell(shortRef)}. {AfterTheTone(Language.Welsh)}");

    public static Spoken CallBackOn(Language to, PhoneNumber number) => Say(
        to,
        $"We will call you back on {Spell(National(number))}. Press 1 if that is right, 2 to give another number, 3 to go on holding.",
        $"Byddwn yn eich ffonio'n ôl ar {Spell(National(number))}. Pwyswch 1 os yw hynny'n gywir, 2 i roi rhif arall, 3 i barhau i aros.");

    public static Spoken CallBackNoted(Language to, string shortRef) => Say(
        to,
        $"Thank you. An expert will call you back. Your reference is {Spell(shortRef)}. {InDanger(Language.English)} Goodbye.",
        $"Diolch. Bydd arbenigwr yn eich ffonio'n ôl. Eich cyfeirnod yw {Spell(shortRef)}. {InDanger(Language.Welsh)} Hwyl fawr.");

    public static Spoken KeyInNumber(Language to) => Say(
        to,
        "Please key in the number on which we reach you, with its area code, and then the hash key.",
        "Bysellwch y rhif y gallwn eich cyrraedd arno, gan gynnwys cod yr ardal, ac yna pwyswch y fysell hash.");

    public static Spoken NumberNotUsable(Language to) => Say(
        to,
        "Sorry, we cannot call that number. Please key in a number of the United Kingdom, beginning with zero, and then the hash key.",
        "Mae'n ddrwg gennym, ni allwn ffonio'r rhif hwnnw. Bysellwch rif yn y Deyrnas Unedig, yn dechrau gyda sero, ac yna pwyswch y fysell hash.");

    /// <param name="orNew">What holding without a key leads to.</param>
    public static Spoken GoOnOrNew(Language to, string shortRef, bool orNew) => Say(
        to,
        $"You called about enquiry {Spell(shortRef)}. Press 1 to go on with it, or 2 for a new enquiry. Hold {(orNew ? "for a new one" : "to go on")}.",
        $"Rydych wedi galw ynglŷn ag ymholiad {Spell(shortRef)}. Pwyswch 1 i barhau ag ef, neu 2 am ymholiad newydd. Arhoswch {(orNew ? "am un newydd" : "i barhau")}.");

    public static Spoken MessageKept(Language to, string shortRef) => Say(
        to,
        $"Thank you. Your message is kept, and an expert will call you back. Your reference is {Spell(shortRef)}.",
        $"Diolch. Mae eich neges wedi'i chadw, a bydd arbenigwr yn eich ffonio'n ôl. Eich cyfeirnod yw {Spell(shortRef)}.");

    public static Spoken NoMessage(Language to, string shortRef) => Say(
        to,
        $"No message was recorded. We keep trying to reach an expert for you. Your reference is {Spell(shortRef)}; please call again at any time.",
        $"Ni recordiwyd neges. Rydym yn dal i geisio cael gafael ar arbenigwr i chi. Eich cyfeirnod yw {Spell(shortRef)}; ffoniwch eto unrhyw bryd.");

    /// <summary>The officer, or another one behind the same number, has called again: this is the line of before.</summary>
    public static Spoken CalledAgain(Language to, string shortRef) => Say(
        to,
        $"Your number has called again since, so this line ends here. If it was not you who called, please call again. Your reference is {Spell(shortRef)}.",
        $"Mae eich rhif wedi galw eto ers hynny, felly mae'r llinell hon yn dod i ben yma. Os nad chi a alwodd, ffoniwch eto. Eich cyfeirnod yw {Spell(shortRef)}.");

    public static Spoken ExpertHasIt(Language to, string shortRef) => Say(
        to,
        $"An expert has your enquiry, and you will be called back. Your reference is {Spell(shortRef)}; please call again at any time.",
        $"Mae eich ymholiad gydag arbenigwr, a chewch alwad yn ôl. Eich cyfeirnod yw {Spell(shortRef)}; ffoniwch eto unrhyw bryd.");

    public static Spoken AdviserDropped(Language to) => Say(
        to,
        "The expert's line has ended. If you have what you need, please hang up. Otherwise stay on the line, and we ring the expert again.",
        "Mae'r cysylltiad gyda'r arbenigwr wedi dod i ben. Os oes gennych bopeth sydd ei angen arnoch, rhowch y ffôn i lawr. Fel arall, arhoswch ar y llinell, a byddwn yn ffonio'r arbenigwr eto.");

    public static Spoken Closed(Language to, string shortRef) => Say(
        to,
        $"Enquiry {Spell(shortRef)} is closed. Please call again if you need advice.",
        $"Mae ymholiad {Spell(shortRef)} wedi'i gau. Ffoniwch eto os bydd angen cyngor arnoch.");

    /// <param name="lineName">Null = the line is no longer in the book.</param>
    public static Spoken CallBackForYou(Language to, string? lineName, string shortRef) => Say(
        to,
        $"This is the {lineName ?? "advice line"}, about your enquiry {Spell(shortRef)}. Press 1 to speak to the expert.",
        $"{(lineName is null ? "Dyma'r llinell gyngor" : $"Dyma {lineName}")}, ynglŷn â'ch ymholiad {Spell(shortRef)}. Pwyswch 1 i siarad â'r arbenigwr.");

    public static Spoken NobodyPressed(Language to) => Say(
        to,
        "Key 1 was not pressed. The expert will try again. Goodbye.",
        "Ni phwyswyd bysell 1. Bydd yr arbenigwr yn rhoi cynnig arall arni. Hwyl fawr.");

    /// <summary>For what must never happen: whatever fails inside, the officer hears words and stays in a loop that leads somewhere.</summary>
    public static Spoken PleaseBear(Language to) => Say(
        to,
        "Please stay on the line. We are connecting you.",
        "Arhoswch ar y llinell, os gwelwch yn dda. Rydym yn eich cysylltu.");

    public static Spoken ServiceAway(Language to) => Say(
        to,
        "You have reached the advice line. Our usual service is away for the moment, so we ring the experts on duty one after the other. "
        + $"{InDanger(Language.English)} If you reach a voicemail, press star for the next expert.",
        "Rydych wedi cyrraedd y llinell gyngor. Nid yw ein gwasanaeth arferol ar gael ar hyn o bryd, felly byddwn yn ffonio'r arbenigwyr ar ddyletswydd y naill ar ôl y llall. "
        + $"{InDanger(Language.Welsh)} Os byddwch yn cyrraedd peiriant ateb, pwyswch seren am yr arbenigwr nesaf.");

    public static Spoken TryingTheNext(Language to) => Say(
        to,
        "If you have what you need, please hang up. Otherwise hold, and we ring the next expert.",
        "Os oes gennych bopeth sydd ei angen arnoch, rhowch y ffôn i lawr. Fel arall, arhoswch, a byddwn yn ffonio'r arbenigwr nesaf.");

    public static Spoken ServiceAwayMessage(Language to) => Say(
        to,
        "We are sorry: nobody answered. After the tone, please leave your force and a number on which we reach you, and no names or case detail. You will be called back.",
        "Mae'n ddrwg gennym: nid atebodd neb. Ar ôl y tôn, dywedwch o ba heddlu yr ydych yn galw ac ar ba rif y gallwn eich cyrraedd, ond peidiwch â rhoi enwau na manylion achos. "
        + "Byddwch yn cael galwad yn ôl.");

    // The officer hears while documents alone lead the call on

    /// <param name="shortRef">Null = there is none yet.</param>
    /// <param name="byText">Whether it will be texted.</param>
    public static string YourReference(Language to, string? shortRef, bool byText) => (shortRef, byText) switch
    {
        ({ Length: > 0 }, _) => In(to, $"Your reference is {Spell(shortRef)}.", $"Eich cyfeirnod yw {Spell(shortRef)}."),
        (_, true) => In(to, "Your reference follows by text.", "Bydd eich cyfeirnod yn dilyn mewn neges destun."),
        _ => In(to, "The expert will tell you your reference.", "Bydd yr arbenigwr yn rhoi eich cyfeirnod i chi."),
    };

    /// <param name="reference">A sentence of <see cref="YourReference"/>.</param>
    public static Spoken ChainHold(Language to, string reference) => Say(
        to,
        $"Please hold while we ring the expert on duty. {reference}",
        $"Arhoswch, os gwelwch yn dda, tra byddwn yn ffonio'r arbenigwr ar ddyletswydd. {reference}");

    public static Spoken ChainStillHolding(Language to) => Say(
        to,
        "Thank you for holding. We are now ringing further experts.",
        "Diolch am aros. Rydym nawr yn ffonio rhagor o arbenigwyr.");

    public static Spoken ChainHeldInDoubt(Language to, string reference) => Say(
        to,
        $"The experts will be told of your call, and call you back. {reference}",
        $"Bydd yr arbenigwyr yn cael gwybod am eich galwad, ac yn eich ffonio'n ôl. {reference}");

    public static Spoken ChainCallBackPromised(Language to, string reference, bool onNumberGiven) => Say(
        to,
        $"We are sorry: no expert could take your call yet. We keep trying, and an expert will call you back on the number you {(onNumberGiven ? "gave" : "are calling from")}. "
        + $"{reference} {InDanger(Language.English)}",
        "Mae'n ddrwg gennym: nid yw'r un arbenigwr wedi gallu cymryd eich galwad eto. Rydym yn dal i geisio, a bydd arbenigwr yn eich ffonio'n ôl ar y rhif "
        + $"{(onNumberGiven ? "a roddoch" : "yr ydych yn galw ohono")}. {reference} {InDanger(Language.Welsh)}");

    public static Spoken ChainLeaveMessage(Language to, string reference) => Say(
        to,
        $"We are sorry: no expert could take your call yet. We keep trying. {reference} {AfterTheTone(Language.English)}",
        $"Mae'n ddrwg gennym: nid yw'r un arbenigwr wedi gallu cymryd eich galwad eto. Rydym yn dal i geisio. {reference} {AfterTheTone(Language.Welsh)}");

    public static Spoken ChainMessageKept(Language to, string reference) => Say(
        to,
        $"Thank you. Your message is kept, and an expert will call you back. {reference}",
        $"Diolch. Mae eich neges wedi'i chadw, a bydd arbenigwr yn eich ffonio'n ôl. {reference}");

    public static Spoken ChainNoMessage(Language to, string reference) => Say(
        to,
        $"No message was recorded. We keep trying to reach an expert for you. {reference} Please call again at any time.",
        $"Ni recordiwyd neges. Rydym yn dal i geisio cael gafael ar arbenigwr i chi. {reference} Ffoniwch eto unrhyw bryd.");

    public static Spoken TryAgainLater(Language to) => Say(
        to,
        "We are sorry: we cannot connect you just now. We keep your enquiry, and an expert will try again. Goodbye.",
        "Mae'n ddrwg gennym: ni allwn eich cysylltu ar hyn o bryd. Rydym yn cadw eich ymholiad, a bydd arbenigwr yn rhoi cynnig arall arni. Hwyl fawr.");

    // The adviser hears

    public static Spoken CannotConnectNow(Language to) => Say(
        to,
        "We are sorry: this call cannot be connected just now. The officer is led on to an expert. Thank you. Goodbye.",
        "Mae'n ddrwg gennym: ni ellir cysylltu'r alwad hon ar hyn o bryd. Mae'r swyddog yn cael ei arwain at arbenigwr. Diolch. Hwyl fawr.");

    /// <param name="caller">How the caller's number is spoken of: a sentence of <see cref="CallersNumber"/>.</param>
    public static Spoken Offer(Language to, Priority priority, string caller, string desk, int attempt, long waitedSeconds) => Say(
        to,
        $"{(priority == Priority.Urgent ? "Urgent" : "Routine")}. {Capital(caller)}. {desk}. Attempt {attempt} after {Lasted(Language.English, waitedSeconds)}. {PressOneOrTwo(Language.English).Text}",
        $"{(priority == Priority.Urgent ? "Brys" : "Arferol")}. {Capital(caller)}. {desk}. Ymgais {attempt} ar ôl {Lasted(Language.Welsh, waitedSeconds)}. {PressOneOrTwo(Language.Welsh).Text}");

    /// <summary>How a caller's number is spoken of without saying it: it is a claim, and listed for a force at best.</summary>
    /// <param name="force">The force for which it is listed; null = for none.</param>
    public static string CallersNumber(Language to, bool isWithheld, string? force) => (isWithheld, force) switch
    {
        (true, _) => In(to, "number withheld", "rhif cudd"),
        (_, not null) => In(to, $"number listed for {force}", $"rhif dan enw {force}"),
        _ => In(to, "number not known", "rhif anhysbys"),
    };

    /// <param name="force">The force that the caller has named; null = nothing was said.</param>
    public static string Says(Language to, string caller, string? force) => force is null ? caller : In(to, $"{caller}, says {force}", $"{caller}, yn dweud {force}");

    /// <param name="caller">How the caller's number is spoken of: a sentence of <see cref="CallersNumber"/>.</param>
    public static Spoken OfferCallBack(Language to, Priority priority, string caller, string desk) => Say(
        to,
        $"{(priority == Priority.Urgent ? "Urgent" : "Routine")} call back. {Capital(caller)}. {desk}. {PressOneOrTwo(Language.English).Text}",
        $"{(priority == Priority.Urgent ? "Brys" : "Arferol")}, galwad yn ôl. {Capital(caller)}. {desk}. {PressOneOrTwo(Language.Welsh).Text}");

    public static Spoken PressOneOrTwo(Language to) => Say(
        to,
        "Press 1 to take the call, 2 to pass.",
        "Pwyswch 1 i gymryd yr alwad, 2 i basio.");

    public static Spoken NoKeyGoodbye(Language to) => Say(
        to,
        "No key was pressed. Goodbye.",
        "Ni phwyswyd unrhyw fysell. Hwyl fawr.");

    public static Spoken GoneOn(Language to) => Say(
        to,
        "This call has gone on to others by now. Thank you. Goodbye.",
        "Mae'r alwad hon wedi mynd ymlaen at eraill erbyn hyn. Diolch. Hwyl fawr.");

    public static Spoken AlreadyTaken(Language to) => Say(
        to,
        "This call is already taken. Thank you. Goodbye.",
        "Mae'r alwad hon eisoes wedi'i chymryd. Diolch. Hwyl fawr.");

    public static Spoken Withdrawn(Language to) => Say(
        to,
        "The officer has hung up. You will get a text about it. Goodbye.",
        "Mae'r swyddog wedi rhoi'r ffôn i lawr. Cewch neges destun am hyn. Hwyl fawr.");

    public static Spoken PassedOn(Language to) => Say(
        to,
        "Passed on. Thank you. Goodbye.",
        "Mae'r alwad wedi'i phasio ymlaen. Diolch. Hwyl fawr.");

    public static Spoken CallingTheOfficer(Language to) => Say(
        to,
        "You have taken the call. We are ringing the officer now; please stay on the line.",
        "Rydych wedi cymryd yr alwad. Rydym yn ffonio'r swyddog nawr; arhoswch ar y llinell.");

    public static Spoken NumberNotKnown(Language to) => Say(
        to,
        "The enquiry is yours. The officer is not on the line, and the number was withheld, so we cannot ring. Goodbye.",
        "Chi piau'r ymholiad. Nid yw'r swyddog ar y llinell, ac roedd y rhif yn gudd, felly ni allwn ffonio. Hwyl fawr.");

    /// <summary>Also after a talk.</summary>
    public static Spoken NumberOutOfReach(Language to, PhoneNumber number) => Say(
        to,
        $"The enquiry is yours. The officer is not on the line, and this service may not ring the number. If you have not spoken, please ring it yourself: {Spell(National(number))}. "
        + $"Once more: {Spell(National(number))}. Goodbye.",
        $"Chi piau'r ymholiad. Nid yw'r swyddog ar y llinell, ac ni chaiff y gwasanaeth hwn ffonio'r rhif. Os nad ydych wedi siarad, ffoniwch ef eich hun: {Spell(National(number))}. "
        + $"Unwaith eto: {Spell(National(number))}. Hwyl fawr.");

    public static Spoken HereIsTheMessage(Language to) => Say(
        to,
        "You have taken the enquiry. Here is the officer's message.",
        "Rydych wedi cymryd yr ymholiad. Dyma neges y swyddog.");

    /// <param name="outOfReach">The officer's number, which may not be called; null = it was withheld.</param>
    public static Spoken HearAgain(Language to, PhoneNumber? outOfReach) => outOfReach is null
        ? Say(
            to,
            "That was the message. The officer's number was withheld. Press 1 to hear the message again, or hang up.",
            "Dyna'r neges. Roedd rhif y swyddog yn gudd. Pwyswch 1 i glywed y neges eto, neu rhowch y ffôn i lawr.")
        : Say(
            to,
            $"That was the message. This service may not ring the officer's number; please ring it yourself: {Spell(National(outOfReach))}. Press 1 to hear the message again, or hang up.",
            $"Dyna'r neges. Ni chaiff y gwasanaeth hwn ffonio rhif y swyddog; ffoniwch ef eich hun: {Spell(National(outOfReach))}. Pwyswch 1 i glywed y neges eto, neu rhowch y ffôn i lawr.");

    public static Spoken HearAgainOrCallBack(Language to) => Say(
        to,
        "That was the message. Press 1 to hear it again, 2 to ring the officer now.",
        "Dyna'r neges. Pwyswch 1 i'w chlywed eto, 2 i ffonio'r swyddog nawr.");

    public static Spoken OfficerHasHungUp(Language to) => Say(
        to,
        "The officer has hung up. The number was texted to you. Goodbye.",
        "Mae'r swyddog wedi rhoi'r ffôn i lawr. Anfonwyd y rhif atoch mewn neges destun. Hwyl fawr.");

    public static Spoken OfficerNotReached(Language to) => Say(
        to,
        "The officer was not reached. The number was texted to you; please try again. Goodbye.",
        "Ni chafwyd gafael ar y swyddog. Anfonwyd y rhif atoch mewn neges destun; rhowch gynnig arall arni. Hwyl fawr.");

    // Texts to advisers

    public static string YouHaveIt(Language to, string shortRef, string desk, PhoneNumber? from) => In(
        to,
        $"{shortRef} is yours ({desk}). Officer's number: {from?.Value ?? "withheld"}. No names or case detail by text.",
        $"Chi sy'n gyfrifol am {shortRef} ({desk}). Rhif y swyddog: {from?.Value ?? "cudd"}. Dim enwau na manylion achos mewn neges destun.");

    public static string SomebodyElseHasIt(Language to, string shortRef, string adviser) => In(
        to,
        $"{shortRef} was taken by {adviser}. Nothing for you to do.",
        $"Cymerwyd {shortRef} gan {adviser}. Nid oes dim i chi ei wneud.");

    public static string PassedOnFromYou(Language to, string shortRef, string other) => In(
        to,
        $"{shortRef} was passed on to {other}. Nothing more for you to do.",
        $"Trosglwyddwyd {shortRef} i {other}. Nid oes dim rhagor i chi ei wneud.");

    public static string OfficerHungUp(Language to, string shortRef, string desk, PhoneNumber? from) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): the officer hung up before anybody took the call{(from is null ? ", number withheld" : $". Please call back: {from}")}. Reply 1 to take it.",
        $"{shortRef} ({RotaName(desk)}): daeth yr alwad i ben cyn i neb ei chymryd{(from is null ? ", rhif cudd" : $". Ffoniwch: {from}")}. Atebwch 1 i gymryd yr ymholiad.");

    public static string OfficerCalledInVain(Language to, string shortRef, string desk, PhoneNumber? from) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): the officer called again, and hung up before anybody answered{(from is null ? ", number withheld" : $". Please call back: {from}")}.",
        $"{shortRef} ({RotaName(desk)}): ffoniodd y swyddog eto, a daeth yr alwad i ben cyn i neb ateb{(from is null ? ", rhif cudd" : $". Ffoniwch: {from}")}.");

    public static string OfficerLeftMessage(Language to, string shortRef, string desk) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): the officer left a message. To hear it and be connected, reply CALL {shortRef}.",
        $"{shortRef} ({RotaName(desk)}): gadawodd y swyddog neges. I'w chlywed a chael eich cysylltu, atebwch CALL {shortRef}.");

    public static string CallBackOwed(Language to, string shortRef, string desk, Priority priority, bool byText = false) => In(
        to,
        $"{shortRef} {(priority == Priority.Urgent ? "URGENT" : "routine")} ({RotaName(desk)}): an officer waits for {(byText ? "an answer by text" : "a call back")} and nobody has it yet. Reply 1 to take it.",
        $"{shortRef} {(priority == Priority.Urgent ? "BRYS" : "arferol")} ({RotaName(desk)}): mae swyddog yn aros am {(byText ? "ateb drwy neges" : "alwad")} ac nid oes neb wedi'i gymryd eto. Atebwch 1 i'w gymryd.");

    /// <summary>Never the officer's words: nobody has taken it yet.</summary>
    public static string TextOffer(Language to, string shortRef, Priority priority, string forceOrNumber, string desk) => In(
        to,
        $"{shortRef} {(priority == Priority.Urgent ? "URGENT" : "routine")} ({RotaName(desk)}): a text from {Person(forceOrNumber)}. Reply 1 to take it, 2 to pass.",
        $"{shortRef} {(priority == Priority.Urgent ? "BRYS" : "arferol")} ({RotaName(desk)}): neges destun gan {Person(forceOrNumber)}. Atebwch 1 i'w chymryd, 2 i basio.");

    public static string YouHaveText(Language to, string shortRef, string desk, PhoneNumber? from) => In(
        to,
        $"{shortRef} is yours ({RotaName(desk)}), from {from?.Value ?? "a withheld number"}. Texts here go to the officer; CALL rings you both. No names or case detail.",
        $"Chi piau {shortRef} ({RotaName(desk)}), gan {from?.Value ?? "rif cudd"}. Aiff negeseuon at y swyddog; CALL: ffonio'r ddau. Dim enwau na manylion achos.");

    /// <summary>The same of an officer who wrote from a number that takes no texts.</summary>
    public static string YouHaveToPhone(Language to, string shortRef, string desk, PhoneNumber from) => In(
        to,
        $"{shortRef} is yours ({RotaName(desk)}). {from} takes no texts: please phone, or reply CALL {shortRef} and we ring both. No case detail.",
        $"Chi piau {shortRef} ({RotaName(desk)}). Nid yw {from} yn cael negeseuon: ffoniwch, neu atebwch CALL {shortRef}. Dim manylion achos.");

    public static string YouHaveToRing(Language to, string shortRef, string desk, PhoneNumber outOfReach) => In(
        to,
        $"{shortRef} is yours ({RotaName(desk)}). We may neither ring nor text {outOfReach}: please ring it yourself. No case detail by text.",
        $"Chi piau {shortRef} ({RotaName(desk)}). Ni chawn ffonio na thecstio {outOfReach}: ffoniwch y rhif eich hun. Dim manylion achos.");

    public static string CannotBeTexted(Language to, string shortRef) => In(
        to,
        $"{shortRef}: the officer's number takes no texts. Please reply CALL {shortRef}, and we ring you both.",
        $"{shortRef}: ni ellir anfon neges destun at rif y swyddog. Atebwch CALL {shortRef}, a byddwn yn eich ffonio eich dau.");

    public static string NotDelivered(Language to, string shortRef) => In(
        to,
        $"{shortRef}: your text did not reach the officer. Please reply CALL {shortRef}, and we ring you both.",
        $"{shortRef}: ni chyrhaeddodd eich neges y swyddog. Atebwch CALL {shortRef}, a byddwn yn eich ffonio eich dau.");

    /// <summary>What stands before words that are passed on to an adviser.</summary>
    /// <param name="adviser">Who wrote them; null = the officer.</param>
    public static string Wrote(Language to, string shortRef, string? adviser) => $"{shortRef} {adviser ?? In(to, "officer", "swyddog")}: ";

    /// <summary>What stands where a desk's name would, before one is chosen.</summary>
    public static string NoDesk(Language to) => In(to, "no desk", "dim desg");

    // Texts to coordinators

    /// <param name="age">How long ago it came in, an hour at least.</param>
    public static string NobodyHasIt(Language to, string shortRef, string desk, Duration age) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): nobody has this enquiry, which came in {Age(Language.English, age)} ago. Please see to it.",
        $"{shortRef} ({RotaName(desk)}): mae'r ymholiad hwn yn aros ers {Age(Language.Welsh, age)}, ac nid oes neb wedi'i gymryd. Rhowch sylw iddo.");

    public static string NobodyIsOnDuty(Language to, string shortRef, string desk) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): nobody who could be asked is on duty, and an officer waits. Please find somebody, or pass it on.",
        $"{shortRef} ({RotaName(desk)}): nid oes neb ar ddyletswydd y gellid gofyn iddo, ac mae swyddog yn aros. Trefnwch rywun, neu trosglwyddwch ef.");

    /// <param name="topics">As many of the first as fit are named.</param>
    public static string PleaseClose(Language to, string shortRef, IEnumerable<string> topics)
    {
        var all = topics.DefaultIfEmpty("other").ToList();
        return Enumerable.Range(1, all.Count).Reverse().Select(Ask).FirstOrDefault(text => Segments.Of(text) == 1) ?? Ask(1);

        string Ask(int count)
        {
            var named = $"{string.Join(", ", all.Take(count))}{(count < all.Count ? ", ..." : "")}";
            return In(
                to,
                $"When done, reply DONE {shortRef} and a topic ({named}); no names, no case detail.",
                $"Wedi gorffen, atebwch DONE {shortRef} a phwnc ({named}); dim enwau na manylion achos.");
        }
    }

    /// <summary>Instead of <see cref="PleaseClose"/>, where the call that was to connect the two is over without.</summary>
    public static string NotSpokenYet(Language to, string shortRef) => In(
        to,
        $"You have not spoken to the officer of {shortRef} yet. To be connected, reply CALL {shortRef}; when done, DONE {shortRef} and a topic, no names, no case detail.",
        $"Nid ydych wedi siarad gyda swyddog {shortRef} eto. I gael eich cysylltu, atebwch CALL {shortRef}; wedi gorffen, DONE {shortRef} a phwnc, dim enwau na manylion achos.");

    // Texts by the clock of the rota

    /// <param name="until">When the duty ends, as people read it; null = nobody knows.</param>
    /// <param name="before">Who had it until now; empty = nobody, or somebody who still has it.</param>
    public static string OnDuty(Language to, string rota, string? until, IReadOnlyList<string> before)
    {
        var first = before.Count == 0 ? "" : Person(before[0]);
        var english = before.Count == 0 ? "" : $", after {first}{(before.Count > 1 ? $" and {before.Count - 1} more" : "")}";
        var welsh = before.Count == 0 ? "" : $", yn dilyn {first}{(before.Count > 1 ? $" a {before.Count - 1} arall" : "")}";
        return In(
            to,
            $"You are on duty for {RotaName(rota)} {(until is null ? "until further notice" : $"until {until}")}{english}.",
            $"Rydych ar ddyletswydd ar gyfer {RotaName(rota)} {(until is null ? "hyd nes y clywch yn wahanol" : $"tan {until}")}{welsh}.");
    }

    /// <param name="now">Who is on duty now.</param>
    public static string OffDuty(Language to, string rota, IReadOnlyList<string> now)
    {
        var next = now.Count switch
        {
            0 => In(to, "nobody is on duty now", "nid oes neb ar ddyletswydd nawr"),
            1 => In(to, $"{Person(now[0])} has taken over", $"mae {Person(now[0])} wedi cymryd drosodd"),
            _ => In(to, $"{Person(now[0])} and {now.Count - 1} more are on duty now", $"mae {Person(now[0])} a {now.Count - 1} arall ar ddyletswydd nawr"),
        };
        return In(to, $"Your duty for {RotaName(rota)} has ended; {next}.", $"Mae eich dyletswydd ar gyfer {RotaName(rota)} wedi dod i ben; {next}.");
    }

    /// <param name="gaps">In order of time, at least one; as many of the first as fit are named.</param>
    public static string Gaps(Language to, int days, IReadOnlyList<(string Rota, string When)> gaps)
    {
        return Enumerable.Range(1, Math.Min(gaps.Count, 10)).Reverse().Select(List).FirstOrDefault(text => Segments.Of(text) == 1) ?? List(1);

        string List(int count)
        {
            var named = string.Join("; ", gaps.Take(count).Select(gap => $"{RotaName(gap.Rota)} {gap.When}"));
            return In(to, $"Not covered in the next {days} days: {named}", $"Heb neb ar ddyletswydd yn y {days} diwrnod nesaf: {named}")
                + (count < gaps.Count ? In(to, $"; and {gaps.Count - count} more; oncall gaps", $"; a {gaps.Count - count} arall; oncall gaps") : "");
        }
    }

    // Texts to officers

    public static string RefByText(Language to, string shortRef) => In(
        to,
        $"Your enquiry is {shortRef}. Please quote it when you call again. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Dyfynnwch y rhif os ffoniwch eto. Os oes bywyd mewn perygl, defnyddiwch eich ystafell reoli neu 999.");

    /// <param name="on">On which number, as it is told; null = on the one that is texted.</param>
    public static string WillBeCalled(Language to, string shortRef, PhoneNumber? on) => In(
        to,
        $"Your enquiry is {shortRef}. An expert will call you on {(on is null ? "this number" : National(on))}. No names or case detail, please. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Bydd arbenigwr yn eich ffonio ar {(on is null ? "y rhif hwn" : National(on))}. Dim enwau na manylion achos. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string Receipt(Language to, string shortRef) => In(
        to,
        $"Your enquiry is {shortRef}. An expert will text you. For a call, text CALL ME. No names or case detail, please. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Cewch neges gan arbenigwr. Am alwad, anfonwch CALL ME. Dim enwau na manylion achos. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string NobodyYet(Language to, string shortRef) => In(
        to,
        $"{shortRef}: no expert could answer yet. We keep trying, and one will text or call you. If life is in danger, use your control room or 999.",
        $"{shortRef}: nid oes arbenigwr wedi gallu ateb eto. Rydym yn dal i geisio, a chewch neges neu alwad. Perygl i fywyd: eich ystafell reoli neu 999.");

    // Answers to texts

    public static string YouTookIt(Language to, string shortRef) => In(
        to,
        $"You have {shortRef}. The number comes in a text of its own.",
        $"Mae {shortRef} gennych. Daw'r rhif mewn neges arall.");

    public static string NothingToTake(Language to) => In(
        to,
        "Nothing is open for you to take just now.",
        "Nid oes dim ar agor i chi ei gymryd ar hyn o bryd.");

    public static string HasIt(Language to, string shortRef, string adviser) => In(
        to,
        $"{shortRef} was already taken by {adviser}.",
        $"Mae {shortRef} eisoes wedi'i gymryd gan {adviser}.");

    public static string DoneKept(Language to, string shortRef, string topic) => In(
        to,
        $"{shortRef} is closed as {topic}. Thank you.",
        $"Mae {shortRef} wedi'i gau fel {topic}. Diolch.");

    public static string DoneNotFound(Language to) => In(
        to,
        "No open enquiry of yours has that reference. Write DONE, the four digits, and a topic.",
        "Nid oes gennych ymholiad agored gyda'r cyfeirnod hwnnw. Ysgrifennwch DONE, y pedwar digid, a phwnc.");

    public static string NotUnderstood(Language to) => In(
        to,
        "Not understood. Reply 1 to take the enquiry you were texted about, DONE with its reference and a topic, or ? for all commands.",
        "Ni ddeallwyd. Atebwch 1 i gymryd yr ymholiad y cawsoch neges amdano, DONE gyda'i gyfeirnod a phwnc, neu ? am bob gorchymyn.");

    public static string Commands(Language to) => In(
        to,
        "1 take, 2 pass, PASS desk hand over, CALL rings you and the officer, WHO, WHO desk, DUTY, SICK, BACK, DONE ref topic, NEW text. All else goes to the officer.",
        "1 cymryd, 2 pasio, PASS desg, CALL ffonio chi a'r swyddog, WHO, WHO desg, DUTY, SICK, BACK, DONE rhif pwnc, NEW neges. Aiff popeth arall at y swyddog.");

    public static string YouTookItAndAreRung(Language to, string shortRef) => In(
        to,
        $"You have {shortRef}. We ring you now: press 1, and we ring the officer. If you miss it, reply CALL {shortRef}.",
        $"Mae {shortRef} gennych. Rydym yn eich ffonio nawr: pwyswch 1, a byddwn yn ffonio'r swyddog. Os collwch yr alwad, atebwch CALL {shortRef}.");

    public static string OfficerHolds(Language to, string shortRef) => In(
        to,
        $"The officer holds on the line about {shortRef}. Please press 1 on the call that rings you.",
        $"Mae'r swyddog yn aros ar y llinell ynghylch {shortRef}. Pwyswch 1 pan fyddwn yn eich ffonio.");

    public static string PassedText(Language to, string shortRef) => In(
        to,
        $"{shortRef} is passed on. Thank you.",
        $"Mae {shortRef} wedi'i drosglwyddo. Diolch.");

    public static string HandedOver(Language to, string shortRef, string? desk)
    {
        var where = desk is null ? "" : $" ({desk})";
        return In(
            to,
            $"{shortRef} is handed over{where}. What was written goes along. Thank you.",
            $"Mae {shortRef} wedi'i drosglwyddo{where}. Aiff yr hyn a ysgrifennwyd gydag ef. Diolch.");
    }

    public static string StillTalking(Language to, string shortRef) => In(
        to,
        $"{shortRef} is on a call just now. Please try again after it.",
        $"Mae galwad am {shortRef} ar waith. Rhowch gynnig arall arni wedyn.");

    /// <param name="toHear">There is a message, and no number that we may call.</param>
    public static string RingingYou(Language to, string shortRef, bool toHear) => toHear
        ? In(to, $"We ring you now about {shortRef}: press 1 to hear the officer's message.", $"Rydym yn eich ffonio nawr am {shortRef}: pwyswch 1 i glywed neges y swyddog.")
        : In(to, $"We ring you now about {shortRef}: press 1, and we ring the officer.", $"Rydym yn eich ffonio nawr am {shortRef}: pwyswch 1, a byddwn yn ffonio'r swyddog.");

    /// <param name="outOfReach">The officer's number, which may not be called; null = it was withheld.</param>
    public static string NoNumber(Language to, string shortRef, PhoneNumber? outOfReach) => outOfReach is null
        ? In(to, $"{shortRef}: the officer's number was withheld, so we cannot ring.", $"{shortRef}: roedd rhif y swyddog yn gudd, felly ni allwn ffonio.")
        : In(
            to,
            $"{shortRef}: we may neither ring nor text {outOfReach}. Please ring it yourself; when done, reply DONE {shortRef} and a topic, no names.",
            $"{shortRef}: ni chawn ffonio na thecstio {outOfReach}. Ffoniwch y rhif eich hun; wedi gorffen, atebwch DONE {shortRef} a phwnc, dim enwau.");

    public static string NothingOfYours(Language to) => In(
        to,
        "You have no open enquiry. Reply 1 to take one you were texted about, or ? for all commands.",
        "Nid oes gennych ymholiad agored. Atebwch 1 i gymryd un y cawsoch neges amdano, neu ? am bob gorchymyn.");

    public static string NotYours(Language to, string shortRef) => In(
        to,
        $"{shortRef} is not yours, so nothing was passed on. Reply ? for all commands.",
        $"Nid eich ymholiad chi yw {shortRef}, felly ni throsglwyddwyd dim. Atebwch ? am bob gorchymyn.");

    public static string WhichOne(Language to, IEnumerable<string> refs) => In(
        to,
        $"Which one? Please begin your text with its reference: {string.Join(" or ", refs)}.",
        $"Pa un? Dechreuwch eich neges gyda'i gyfeirnod: {string.Join(" neu ", refs)}.");

    public static string NoSuchDesk(Language to, IEnumerable<string> desks)
    {
        var list = Fitting(to, ", ", desks.Order(StringComparer.Ordinal));
        return In(to, $"No desk has that name. The desks: {list}.", $"Nid oes desg o'r enw hwnnw. Y desgiau: {list}.");
    }

    /// <param name="desks">Each with the names of those who would be paged first.</param>
    public static string WhoIsOnDuty(Language to, IEnumerable<(string Desk, IReadOnlyList<string> Advisers)> desks) => Fitting(to, "\n", desks.Select(desk =>
        $"{desk.Desk}: {(desk.Advisers.Count == 0 ? In(to, "nobody on duty", "neb ar ddyletswydd") : string.Join(", ", desk.Advisers))}"));

    /// <param name="duties">When each begins and ends, as people read it.</param>
    public static string Duties(Language to, IEnumerable<(string Rota, string Start, string End)> duties) => string.Join("\n", duties
        .Select(duty => $"{duty.Rota}: {duty.Start} {In(to, "to", "tan")} {duty.End}")
        .DefaultIfEmpty(In(to, "You have no duty in the next 60 days.", "Nid oes gennych ddyletswydd yn y 60 diwrnod nesaf.")));

    public static string NotOnDuty(Language to) => In(
        to,
        "You are not on duty now, so nothing was changed. Please tell your coordinator of later duties.",
        "Nid ydych ar ddyletswydd nawr, felly ni newidiwyd dim. Rhowch wybod i'ch cydlynydd am ddyletswyddau diweddarach.");

    public static string YouAreSick(Language to, string until) => In(
        to,
        $"You are off duty until {until}. The coordinators are told. Get well soon. Reply BACK to undo it.",
        $"Rydych oddi ar ddyletswydd tan {until}. Mae'r cydlynwyr wedi cael gwybod. Gwellhad buan. Atebwch BACK i'w ddadwneud.");

    /// <summary>The same for who had not reported sick: a text that is told of twice is answered alike.</summary>
    public static string YouAreBack(Language to) => In(
        to,
        "You are not reported sick, and are on duty as the rota says. Thank you.",
        "Nid ydych wedi'ch cofnodi'n absennol drwy salwch, ac rydych ar ddyletswydd fel y dywed y rota. Diolch.");

    /// <summary>While the database is away.</summary>
    /// <param name="line">The line's number for calls.</param>
    public static string OfficersTextWaits(Language to, PhoneNumber line) => In(
        to,
        $"We have your text. An expert will be asked within minutes. If it cannot wait, call {line}. If life is in danger, use your control room or 999.",
        $"Mae eich neges gennym. Gofynnir i arbenigwr o fewn munudau. Os na all aros, ffoniwch {line}. Perygl i fywyd: eich ystafell reoli neu 999.");

    /// <inheritdoc cref="OfficersTextWaits"/>
    public static string AdvisersTextWaits(Language to) => In(
        to,
        "We have your text. It is done within minutes, and answered then: please do not send it again.",
        "Mae eich neges gennym. Caiff ei thrin o fewn munudau, a'i hateb bryd hynny: peidiwch ag anfon y neges eto.");

    public static string AdvisersTextCameLate(Language to) => In(
        to,
        "A text of yours reached us only now, and was not acted upon. Please send it again if it still holds.",
        "Dim ond nawr y cyrhaeddodd neges gennych, ac ni weithredwyd arni. Anfonwch y neges eto os yw'n dal yn berthnasol.");

    public static string NoPictures(Language to) => In(
        to,
        "Pictures cannot be passed on here, so that they are kept in no phone. Please describe it, without names or case detail.",
        "Ni ellir trosglwyddo lluniau yma, rhag iddynt gael eu cadw ar unrhyw ddyfais. Disgrifiwch y llun, heb enwau na manylion achos.");

    /// <summary>What stands in the place of words that were kept long enough.</summary>
    public static string WordsAreErased(Language to) => In(
        to,
        "(these words were erased, as they were kept long enough)",
        "(mae'r geiriau hyn wedi'u tynnu, gan iddynt gael eu cadw'n ddigon hir)");

    public static string NoLinks(Language to) => In(
        to,
        "Links cannot be passed on here, since nobody can see where they lead. Please say it in words, without names or case detail.",
        "Ni ellir trosglwyddo dolenni yma, gan na all neb weld i ble maent yn arwain. Dywedwch hyn mewn geiriau, heb enwau na manylion achos.");

    /// <summary>What stands in the place of a link.</summary>
    public static string LinkLeftOut(Language to) => In(to, "(link left out)", "(dolen wedi'i hepgor)");

    // Texts to senders in doubt

    /// <param name="force">The name of one, as an example; null = none is asked for.</param>
    public static string WhoAsks(Language to, string shortRef, IEnumerable<MenuEntry> menu, string? force)
    {
        var (keys, first) = (string.Join(", ", menu.Select(entry => $"{entry.Key} {Gsm7.Fold(entry.Say)}")), menu.FirstOrDefault()?.Key ?? "1");
        var example = force is null ? "" : $"{first} {Gsm7.Fold(force)}";
        return In(
            to,
            $"{shortRef}: before an expert is asked, please reply with a number ({keys}){(force is null ? "" : $" and your force, for example: {example}")}. If life is in danger, use your control room or 999.",
            $"{shortRef}: cyn gofyn i arbenigwr, atebwch gyda rhif ({keys}){(force is null ? "" : $" a'ch heddlu, er enghraifft: {example}")}. Perygl i fywyd: eich ystafell reoli neu 999.");
    }

    public static string PleaseCall(Language to, string shortRef, PhoneNumber line) => In(
        to,
        $"{shortRef}: we could not read your desk and force. Please call {line}, where somebody asks you. If life is in danger, use your control room or 999.",
        $"{shortRef}: ni allem ddarllen eich desg a'ch heddlu. Ffoniwch {line}, lle bydd rhywun yn gofyn i chi. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string NeverSaidWho(Language to, string shortRef) => In(
        to,
        $"{shortRef} is closed: a text from a blocked number, or one that writes too often, whose sender never gave a desk and a force. It stands in the record.",
        $"{shortRef} wedi cau: neges o rif sydd wedi ei rwystro, neu sy'n ysgrifennu'n rhy aml. Ni roddodd neb ddesg na heddlu. Mae ar gofnod.");

    // Texts to coordinators about an adviser's number

    /// <param name="reason">As the end of a sentence.</param>
    public static string TakesNoTexts(Language to, string adviser, string reason) => In(
        to,
        $"{Person(adviser)} takes no texts: {reason}. They are called instead. Please look into it.",
        $"Nid yw {Person(adviser)} yn cael negeseuon: {reason}. Gwneir galwadau yn lle hynny. Rhowch sylw i hyn.");

    /// <inheritdoc cref="TakesNoTexts"/>
    public static string CannotBeCalled(Language to, string adviser, string reason) => In(
        to,
        $"{Person(adviser)} cannot be called: {reason}. Please put the number right in the book.",
        $"Ni ellir ffonio {Person(adviser)}: {reason}. Cywirwch y rhif yn y llyfr.");

    // Texts about duty

    public static string IsSick(Language to, string adviser, string until, IReadOnlyList<string> standIns) => In(
        to,
        $"{adviser} reported sick until {until}. {(standIns.Count == 0 ? "NOBODY is on duty in their place: please find cover." : $"On duty now: {string.Join(", ", standIns)}.")}",
        $"Mae {adviser} i ffwrdd oherwydd salwch tan {until}. {(standIns.Count == 0 ? "NID OES NEB arall ar ddyletswydd: trefnwch rywun." : $"Ar ddyletswydd nawr: {string.Join(", ", standIns)}.")}");

    /// <summary>To whoever is on duty next, where nobody takes the place of one who is sick.</summary>
    /// <param name="until">When the reader's own duty begins.</param>
    public static string CanYouCover(Language to, string adviser, string rota, string until) => In(
        to,
        $"{adviser} reported sick, and nobody stands in until {until} ({rota}). You are next in line: if you can cover, please tell the coordinators.",
        $"{adviser}: i ffwrdd oherwydd salwch, heb neb yn ei le tan {until} ({rota}). Chi sydd nesaf: os gallwch lenwi'r bwlch, dywedwch wrth y cydlynwyr.");

    public static string IsBack(Language to, string adviser) => In(to, $"{adviser} is back on duty.", $"Mae {adviser} ar ddyletswydd eto.");

    /// <summary>A day as it stands in a text: <c>Mon 30 Nov</c>, <c>Llun 30 Tach</c>.</summary>
    public static string Day(Language to, LocalDate date)
    {
        var (day, month) = ((int)date.DayOfWeek - 1, date.Month - 1);
        return $"{In(to, EnglishDays[day], WelshDays[day])} {date.Day} {In(to, EnglishMonths[month], WelshMonths[month])}";
    }

    private static Spoken Say(Language to, string english, string welsh) => new(In(to, english, welsh), to);

    private static string In(Language to, string english, string welsh) => to == Language.Welsh ? welsh : english;

    private static string InDanger(Language to) => In(
        to,
        "If life is in danger, use your control room or 999.",
        "Os oes bywyd mewn perygl, defnyddiwch eich ystafell reoli neu 9, 9, 9.");

    private static string AfterTheTone(Language to) => In(
        to,
        "After the tone, please leave your force, a number on which we reach you, and no names or case detail. Press the hash key when you have done.",
        "Ar ôl y tôn, dywedwch o ba heddlu yr ydych yn galw ac ar ba rif y gallwn eich cyrraedd, ond peidiwch â rhoi enwau na manylion achos. Pwyswch y fysell hash ar ôl gorffen.");

    /// <summary>Digit by digit, with a short pause between them when spoken: <c>4821</c> → <c>4, 8, 2, 1</c>.</summary>
    private static string Spell(string digits) => string.Join(", ", digits.ToCharArray());

    /// <summary>A number as it is dialled within the United Kingdom.</summary>
    private static string National(PhoneNumber number) =>
        number.Value.StartsWith("+44", StringComparison.Ordinal) ? $"0{number.Value[3..]}" : $"00{number.Value[1..]}";

    private static string RotaName(string name) => Cut(name, 40);

    private static string Age(Language to, Duration age) => (int)age.TotalHours switch
    {
        <= 1 => In(to, "an hour", "awr"),
        < 48 and var hours => In(to, $"{hours} hours", $"{hours} awr"),
        < 72 => In(to, "2 days", "2 ddiwrnod"),
        var hours => In(to, $"{hours / 24} days", $"{hours / 24} diwrnod"),
    };

    private static string Person(string name) => Cut(name, 30);

    /// <summary>A name as a text can hold it.</summary>
    private static string Cut(string name, int most)
    {
        var folded = Gsm7.Fold(name);
        return folded.Length <= most ? folded : $"{folded[..(most - 2)].TrimEnd()}..";
    }

    /// <summary>As many of the list as one text of 1,600 characters holds (https://www.twilio.com/docs/errors/21617), and how many are left out.</summary>
    private static string Fitting(Language to, string separator, IEnumerable<string> items)
    {
        var (all, length) = (items.ToList(), 0);
        var fitting = all.TakeWhile(item => (length += item.Length + separator.Length) <= 1_500).ToList();
        return string.Join(separator, fitting.Count == all.Count ? all : [.. fitting, In(to, $"and {all.Count - fitting.Count} more", $"a {all.Count - fitting.Count} arall")]);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Lasted(Language to, long seconds) => seconds switch
    {
        < 60 => In(to, $"{seconds} seconds", $"{seconds} eiliad"),
        < 120 => In(to, "1 minute", "1 munud"),
        < 180 => In(to, "2 minutes", "2 funud"),
        _ => In(to, $"{seconds / 60} minutes", $"{seconds / 60} munud"),
    };
}
