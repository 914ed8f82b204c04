using NodaTime;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Rotas.Documents;

namespace OnCall.Core.Tests.Duty.Checks;

/// <summary>Books of advisers a to g, looked at on Monday, 4 January 2027, 00:00 in London.</summary>
internal static class CheckedBook
{
    public static readonly Instant Now = Instant.FromUtc(2027, 1, 4, 0, 0);

    /// <param name="rotas">JSON, without the brackets of the list.</param>
    /// <param name="more">Further sections, with a comma before each.</param>
    public static RotaBook Of(string rotas, string more = "") => new(1, JsonDraft.Content($$"""
        {
          "timeZone": "Europe/London",
          "advisers": [{{string.Join(", ", "abcdefg".Select((id, index) => $$"""{ "id": "{{id}}", "name": "{{id}}", "phone": "+44770090010{{index}}" }"""))}}],
          "rotas": [{{rotas}}]
          {{more}}
        }
        """));

    public static string Rota(string id, string layers, string more = "") => $$"""{ "id": "{{id}}", "layers": [{{layers}}]{{more}} }""";

    /// <summary>A week each: nobody has more than seven days in a row.</summary>
    public static string Weekly(string advisers, string start = "2026-12-07T00:00") => GivenRota.Rotation(start, "P1W", advisers);

    /// <param name="cycle">Codes and "off", with blanks between.</param>
    public static string Pattern(string shifts, string cycle, params string[] teams) => $$"""
        { "name": "shifts", "pattern": {
            "start": "2026-12-07", "shifts": {{shifts}}, "cycle": [{{string.Join(", ", cycle.Split(' ').Select(code => $"\"{code}\""))}}],
            "teams": [{{string.Join(", ", teams.Select((team, index) => $$"""{ "advisers": ["{{team}}"], "offset": {{index}} }"""))}}] } }
        """;

    public static string Policy(string id, params string[] steps) =>
        $$"""{ "id": "{{id}}", "steps": [{{string.Join(", ", steps.Select(step => $$"""{ "notify": [{{step}}] }"""))}}] }""";

    public static IReadOnlyList<string> Sentences(RotaBook book, DutyRule rule, CallsTaken? calls = null) =>
        [.. DutyCheck.Of(book, Now, calls).Where(finding => finding.Rule == rule).Select(finding => finding.Sentence)];
}
