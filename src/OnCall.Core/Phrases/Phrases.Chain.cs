using OnCall.Core.People;

namespace OnCall.Core;

/// <content>What an officer hears while documents alone lead the call on.</content>
public static partial class Phrases
{
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
}
