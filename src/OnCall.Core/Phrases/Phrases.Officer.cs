using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <content>What an officer hears.</content>
public static partial class Phrases
{
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

    private static string InDanger(Language to) => In(
        to,
        "If life is in danger, use your control room or 999.",
        "Os oes bywyd mewn perygl, defnyddiwch eich ystafell reoli neu 9, 9, 9.");

    private static string AfterTheTone(Language to) => In(
        to,
        "After the tone, please leave your force, a number on which we reach you, and no names or case detail. Press the hash key when you have done.",
        "Ar ôl y tôn, dywedwch o ba heddlu yr ydych yn galw ac ar ba rif y gallwn eich cyrraedd, ond peidiwch â rhoi enwau na manylion achos. Pwyswch y fysell hash ar ôl gorffen.");
}
