using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Rotas.Documents;

namespace OnCall.Core.Tests.Duty;

/// <summary>One rota of advisers a to f, and questions about it in text. Times with <c>Z</c> or an offset; answers in the rota's zone.</summary>
internal sealed class GivenRota
{
    private readonly RotaBook _book;
    private readonly Rota _rota;

    private GivenRota(BookContent content) => (_book, _rota) = (new RotaBook(1, content), content.Rotas[0]);

    /// <param name="layers">JSON, without the brackets of the list.</param>
    public static GivenRota In(
        string zone, string layers, string overrides = "", string absences = "", int cover = 1, string adviserA = "", string? rotaZone = null) => new(JsonDraft.Content($$"""
        {
          "timeZone": "{{zone}}",
          "advisers": [
            { "id": "a", "name": "A", "phone": "+447700900101"{{adviserA}} }, { "id": "b", "name": "B", "phone": "+447700900102" },
            { "id": "c", "name": "C", "phone": "+447700900103" }, { "id": "d", "name": "D", "phone": "+447700900104" },
            { "id": "e", "name": "E", "phone": "+447700900105" }, { "id": "f", "name": "F", "phone": "+447700900106" }
          ],
          "rotas": [{ "id": "r", "timeZone": "{{rotaZone ?? zone}}", "cover": {{cover}}, "layers": [{{layers}}], "overrides": [{{overrides}}] }],
          "absences": [{{absences}}]
        }
        """));

    public RotaBook Book => _book;

    public Rota Rota => _rota;

    public static string Rotation(string start, string turn, string advisers, string more = "") =>
        $$"""{ "name": "{{advisers}} {{turn}}", {{more}} "rotation": { "start": "{{start}}", "turn": "{{turn}}", "advisers": [{{List(advisers)}}] } }""";

    public static string Override(string start, string end, string adviser, string more = "") =>
        $$"""{ "start": "{{start}}", "end": "{{end}}", "adviser": "{{adviser}}"{{more}} }""";

    public static string Replacing(string replaced, string adviser, string start = "2026-06-01T00:00", string end = "2026-06-02T00:00") =>
        Override(start, end, adviser, $", \"replaces\": \"{replaced}\"");

    public static string Absence(string adviser, string start, string? end = null) =>
        end is null
            ? $$"""{ "adviser": "{{adviser}}", "start": "{{start}}" }"""
            : $$"""{ "adviser": "{{adviser}}", "start": "{{start}}", "end": "{{end}}" }""";

    /// <summary>Ids with blanks between; empty = nobody.</summary>
    public string At(string time) => string.Join(' ', Answer(time).Advisers.Select(on => on.Id));

    public DutyAnswer Answer(string time) => DutyTimeline.At(_book, _rota, Time(time));

    /// <summary>Periods as <c>28 00:00+0 to 29 00:00+1: a b</c>: day of the month, time, offset in hours.</summary>
    public IReadOnlyList<string> Periods(string from, string to) =>
        [.. Between(from, to).Periods.Select(period => $"{Show(period.Start)} to {Show(period.End)}: {string.Join(' ', period.Advisers)}")];

    public IReadOnlyList<string> Gaps(string from, string to) =>
        [.. Between(from, to).Gaps.Select(gap => $"{Show(gap.Start)} to {Show(gap.End)}: {gap.Missing}")];

    /// <summary>Stays as <c>28 00:00+0 to 29 00:00+1: a: layer nights, turn 3 of a</c>.</summary>
    public IReadOnlyList<string> Reasons(string from, string to) =>
        [.. DutyTimeline.Why(_book, _rota, Time(from), Time(to)).Select(stay => $"{Show(stay.Start)} to {Show(stay.End)}: {stay.Adviser}: {stay.Reason}")];

    public DutyPeriods Between(string from, string to) => DutyTimeline.Between(_book, _rota, Time(from), Time(to));

    public string Show(Instant instant)
    {
        var zoned = instant.InZone(_rota.Zone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{zoned.Day:00} {zoned.Hour:00}:{zoned.Minute:00}{(zoned.Offset < Offset.Zero ? "-" : "+")}{Math.Abs(zoned.Offset.Seconds) / 3600m:0.##}");
    }

    public static Instant Time(string text) =>
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>").Parse(text).Value.ToInstant();

    private static string List(string advisers) => string.Join(", ", advisers.Split(' ').Select(adviser => $"\"{adviser}\""));
}
