using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core;

/// <summary>
/// Every sentence that a person hears or reads, in English and, below it, in Welsh. Texts to advisers carry no case detail, and fit one segment (160 characters of GSM-7) with
/// names of usual length: the Welsh of texts is in words that need none of â ê î ô û ŵ ŷ, which would halve a segment and more. The words that the service reads (DONE, TAKE, CALL
/// …) are the same in both languages.
/// </summary>
public static partial class Phrases
{
    private static readonly string[] EnglishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly string[] WelshDays = ["Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"];
    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] WelshMonths = ["Ion", "Chwe", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"];

    /// <summary>A day as it stands in a text: <c>Mon 30 Nov</c>, <c>Llun 30 Tach</c>.</summary>
    public static string Day(Language to, LocalDate date)
    {
        var (day, month) = ((int)date.DayOfWeek - 1, date.Month - 1);
        return $"{In(to, EnglishDays[day], WelshDays[day])} {date.Day} {In(to, EnglishMonths[month], WelshMonths[month])}";
    }

    private static Spoken Say(Language to, string english, string welsh) => new(In(to, english, welsh), to);

    private static string In(Language to, string english, string welsh) => to == Language.Welsh ? welsh : english;

    /// <summary>Digit by digit, with a short pause between them when spoken: <c>4821</c> → <c>4, 8, 2, 1</c>.</summary>
    private static string Spell(string digits) => string.Join(", ", digits.ToCharArray());

    /// <summary>A number as it is dialled within the United Kingdom.</summary>
    private static string National(PhoneNumber number) =>
        number.Value.StartsWith("+44", StringComparison.Ordinal) ? $"0{number.Value[3..]}" : $"00{number.Value[1..]}";

    private static string RotaName(string name) => Cut(name, 40);

    private static string Person(string name) => Cut(name, 30);

    /// <summary>A name as a text can hold it.</summary>
    private static string Cut(string name, int most)
    {
        var folded = Gsm7.Fold(name);
        return folded.Length <= most ? folded : $"{folded[..(most - 2)].TrimEnd()}..";
    }
}
