using OnCall.Core.People;

namespace OnCall.Core;

/// <content>Answers to texts.</content>
public static partial class Phrases
{
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

    /// <summary>As many of the list as one text of 1,600 characters holds (https://www.twilio.com/docs/errors/21617), and how many are left out.</summary>
    private static string Fitting(Language to, string separator, IEnumerable<string> items)
    {
        var (all, length) = (items.ToList(), 0);
        var fitting = all.TakeWhile(item => (length += item.Length + separator.Length) <= 1_500).ToList();
        return string.Join(separator, fitting.Count == all.Count ? all : [.. fitting, In(to, $"and {all.Count - fitting.Count} more", $"a {all.Count - fitting.Count} arall")]);
    }
}
