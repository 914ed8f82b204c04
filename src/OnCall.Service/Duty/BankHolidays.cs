using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Duty.Rehearsing;

namespace OnCall.Service.Duty;

/// <summary>The United Kingdom's bank holidays and festive days that the program carries; the source stands in the file itself, <c>uk-bank-holidays.json</c>.</summary>
/// <remarks>They are never computed: a year may gain a day at short notice. The list holds the substitute day of one that falls on a weekend; the day itself is among the festive days.</remarks>
internal sealed class BankHolidays
{
    public const string Source = "GOV.UK, as of 21 August 2026";

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly List<Occasion.Holiday> _all;

    private BankHolidays(Content content)
    {
        var listed = content.Divisions
            .SelectMany(division => division.Value, (division, day) => (Division: division.Key, Day: day))
            .GroupBy(pair => (pair.Day.Date, pair.Day.Title, pair.Day.Substitute), pair => pair.Division)
            .Select(day => new Occasion.Holiday(
                DateOf(day.Key.Date),
                $"{day.Key.Title}{(day.Key.Substitute ? ", substitute day" : "")}{(day.Count() == content.Divisions.Count ? "" : $" ({string.Join(", ", day.Select(Name))})")}"))
            .ToList();
        var festive = content.FestiveDaysToFlag.Select(day => new Occasion.Holiday(DateOf(day.Date), $"{day.Title}, no bank holiday"))
            .Where(day => !listed.Exists(other => other.Day == day.Day));
        _all = [.. listed.Concat(festive).OrderBy(day => day.Day)];
    }

    /// <summary>Reads them from the program.</summary>
    public static BankHolidays Load()
    {
        using var resource = typeof(BankHolidays).Assembly.GetManifestResourceStream("uk-bank-holidays.json")!;
        return new BankHolidays(JsonSerializer.Deserialize<Content>(resource, Form)!);
    }

    /// <summary>The first and the last year that is known.</summary>
    public (int First, int Last) Years => (_all[0].Day.Year, _all[^1].Day.Year);

    /// <summary>In order of time; empty where nothing is known of the year.</summary>
    public IReadOnlyList<Occasion.Holiday> Of(int year) => [.. _all.Where(day => day.Day.Year == year)];

    private static LocalDate DateOf(string date) => LocalDatePattern.Iso.Parse(date).Value;

    /// <summary><c>england-and-wales</c> → England and Wales.</summary>
    private static string Name(string division) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(division.Replace('-', ' ')).Replace(" And ", " and ", StringComparison.Ordinal);

    private sealed record Content(Dictionary<string, List<Day>> Divisions, List<Day> FestiveDaysToFlag);

    private sealed record Day(string Date, string Title, [property: JsonPropertyName("substitute")] bool Substitute = false);
}
