using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core;

/// <content>Texts to coordinators.</content>
public static partial class Phrases
{
    /// <param name="age">How long ago it came in, an hour at least.</param>
    public static string NobodyHasIt(Language to, string shortRef, string desk, Duration age) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): nobody has this enquiry, which came in {Age(Language.English, age)} ago. Please see to it.",
        $"{shortRef} ({RotaName(desk)}): mae'r ymholiad hwn yn aros ers {Age(Language.Welsh, age)}, ac nid oes neb wedi'i gymryd. Rhowch sylw iddo.");

    public static string NobodyIsOnDuty(Language to, string shortRef, string desk) => In(
        to,
        $"{shortRef} ({RotaName(desk)}): nobody who could be asked is on duty, and an officer waits. Please find somebody, or pass it on.",
        $"{shortRef} ({RotaName(desk)}): nid oes neb ar ddyletswydd y gellid gofyn iddo, ac mae swyddog yn aros. Trefnwch rywun, neu trosglwyddwch ef.");

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

    public static string IsSick(Language to, string adviser, string until, IReadOnlyList<string> standIns) => In(
        to,
        $"{adviser} reported sick until {until}. {(standIns.Count == 0 ? "NOBODY is on duty in their place: please find cover." : $"On duty now: {string.Join(", ", standIns)}.")}",
        $"Mae {adviser} i ffwrdd oherwydd salwch tan {until}. {(standIns.Count == 0 ? "NID OES NEB arall ar ddyletswydd: trefnwch rywun." : $"Ar ddyletswydd nawr: {string.Join(", ", standIns)}.")}");

    public static string IsBack(Language to, string adviser) => In(to, $"{adviser} is back on duty.", $"Mae {adviser} ar ddyletswydd eto.");

    private static string Age(Language to, Duration age) => (int)age.TotalHours switch
    {
        <= 1 => In(to, "an hour", "awr"),
        < 48 and var hours => In(to, $"{hours} hours", $"{hours} awr"),
        < 72 => In(to, "2 days", "2 ddiwrnod"),
        var hours => In(to, $"{hours / 24} days", $"{hours / 24} diwrnod"),
    };
}
