using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <content>What an adviser hears.</content>
public static partial class Phrases
{
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

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Lasted(Language to, long seconds) => seconds switch
    {
        < 60 => In(to, $"{seconds} seconds", $"{seconds} eiliad"),
        < 120 => In(to, "1 minute", "1 munud"),
        < 180 => In(to, "2 minutes", "2 funud"),
        _ => In(to, $"{seconds / 60} minutes", $"{seconds / 60} munud"),
    };
}
