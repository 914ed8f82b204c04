using System.Globalization;
using NodaTime;
using OnCall.Core;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Benchmarks;

/// <summary>
/// A year of five desks, each with three layers: week by week; weeknights, day by day, from Monday to Friday; and days, a pattern of two days on, two off. Four overrides
/// and two absences each.
/// </summary>
internal static class DeskYear
{
    public const int Desks = 5;
    public const string WeekByWeek = "week by week";
    public const string Weeknights = "weeknights";
    public const string Days = "days";

    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>A Monday, the start of everything.</summary>
    public static readonly LocalDate FirstDay = new(2026, 12, 28);

    public static readonly Instant From = LocalTimes.StartOfDay(new LocalDate(2027, 1, 1), Zone);
    public static readonly Instant To = LocalTimes.StartOfDay(new LocalDate(2028, 1, 1), Zone);

    public static BookContent Content() => new()
    {
        Zone = Zone,
        Advisers = Enumerable.Range(0, Desks).SelectMany(Ids).Select(id => new Adviser(id, id, PhoneNumber.Parse("+447700900101"), null, null, [], null, null)).ToValueList(),
        Rotas = Enumerable.Range(0, Desks).Select(desk => new Rota(Id("desk", desk, 0), "Desk", Zone, 1, Layers(desk), Overrides(desk))).ToValueList(),
        Absences = Enumerable.Range(0, Desks).SelectMany(Absences).ToValueList(),
    };

    /// <summary>The id of the n-th adviser of a layer of a desk.</summary>
    public static string Id(string layer, int desk, int number) => string.Create(CultureInfo.InvariantCulture, $"{layer.Replace(' ', '-')}-{desk}-{number}");

    private static IEnumerable<string> Ids(int desk) =>
        [.. Enumerable.Range(0, 4).Select(n => Id(WeekByWeek, desk, n)), .. Enumerable.Range(0, 3).Select(n => Id(Weeknights, desk, n)), .. Enumerable.Range(0, 2).Select(n => Id(Days, desk, n))];

    private static ValueList<Layer> Layers(int desk) =>
    [
        new(WeekByWeek, null, null, [], new Rotation(FirstDay.At(new LocalTime(9, 0)), null, new Turn.Days(7), Enumerable.Range(0, 4).Select(n => Id(WeekByWeek, desk, n)).ToValueList())),
        new(
            Weeknights,
            null,
            null,
            [new DutyWindow(DutyWindow.EveryDay.Take(5).ToValueList(), new LocalTime(18, 0), new LocalTime(8, 0))],
            new Rotation(FirstDay.At(new LocalTime(18, 0)), null, new Turn.Days(1), Enumerable.Range(0, 3).Select(n => Id(Weeknights, desk, n)).ToValueList())),
        new(
            Days,
            null,
            null,
            [],
            new ShiftPattern(
                FirstDay,
                [new PatternShift("D", new LocalTime(8, 0), new LocalTime(18, 0))],
                ["D", "D", null, null],
                [new PatternTeam([Id(Days, desk, 0)], 0), new PatternTeam([Id(Days, desk, 1)], 2)])),
    ];

    private static ValueList<Override> Overrides(int desk)
    {
        Override Over(int day, int hours, string adviser, OverrideEffect effect)
        {
            var start = LocalTimes.Resolve(new LocalDate(2027, 1, 1).PlusDays(day + (7 * desk)).At(new LocalTime(12, 0)), Zone);
            return new Override(null, start, start + Duration.FromHours(hours), adviser, effect, "court");
        }

        return
        [
            Over(20, 30, Id(WeekByWeek, desk, 0), new OverrideEffect.Alone()),
            Over(85, 12, Id(WeekByWeek, desk, 1), new OverrideEffect.Adds()),
            Over(150, 200, Id(WeekByWeek, desk, 2), new OverrideEffect.InPlaceOf(Id(Days, desk, 1))),
            Over(300, 72, Id(WeekByWeek, desk, 3), new OverrideEffect.InPlaceOf(Id(Weeknights, desk, 0))),
        ];
    }

    private static IEnumerable<Absence> Absences(int desk)
    {
        var start = LocalTimes.StartOfDay(new LocalDate(2027, 5, 20).PlusDays(desk), Zone);
        yield return new Absence(null, Id(Days, desk, 1), start, start + Duration.FromDays(14), "leave");
        yield return new Absence(null, Id(Weeknights, desk, 2), start + Duration.FromDays(60), start + Duration.FromDays(81), "leave");
    }
}
