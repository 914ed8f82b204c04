using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <content>Texts to advisers about an enquiry, and by the clock of the rota.</content>
public static partial class Phrases
{
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

    /// <summary>What stands before words that are passed on to an adviser.</summary>
    /// <param name="adviser">Who wrote them; null = the officer.</param>
    public static string Wrote(Language to, string shortRef, string? adviser) => $"{shortRef} {adviser ?? In(to, "officer", "swyddog")}: ";

    /// <summary>What stands where a desk's name would, before one is chosen.</summary>
    public static string NoDesk(Language to) => In(to, "no desk", "dim desg");

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

    /// <summary>To whoever is on duty next, where nobody takes the place of one who is sick.</summary>
    /// <param name="until">When the reader's own duty begins.</param>
    public static string CanYouCover(Language to, string adviser, string rota, string until) => In(
        to,
        $"{adviser} reported sick, and nobody stands in until {until} ({rota}). You are next in line: if you can cover, please tell the coordinators.",
        $"{adviser}: i ffwrdd oherwydd salwch, heb neb yn ei le tan {until} ({rota}). Chi sydd nesaf: os gallwch lenwi'r bwlch, dywedwch wrth y cydlynwyr.");
}
