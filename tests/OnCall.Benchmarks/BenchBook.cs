using System.Globalization;
using System.Text;

namespace OnCall.Benchmarks;

/// <summary>A book of a hundred lines, each with a desk and two advisers of its own, so that no adviser is busy with two calls.</summary>
internal static class BenchBook
{
    private const int Lines = 100;
    private const int Officers = 11_000;

    // Numbers that Ofcom keeps for drama.
    private static readonly string[] Areas =
        ["+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441184960", "+441214960", "+441314960", "+441414960", "+441514960", "+441614960"];

    /// <summary>Together with <see cref="Officer"/> no two calls of a run have the same: a caller who is known to a line would be asked whether this is about the same.</summary>
    public static string Line(int number) => Number("+4420794600", (number + (number / Officers)) % Lines);

    /// <summary>A number that is no adviser's.</summary>
    public static string Officer(int number) => string.Create(CultureInfo.InvariantCulture, $"{Areas[number / 1000 % Areas.Length]}{number % 1000:000}");

    /// <summary>Key 1 rings the first adviser for 20 s, then the second for 10 min; key 2 rings the first for 10 min.</summary>
    public static string Yaml()
    {
        var (advisers, desks, policies, lines) = (new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Lines; i++)
        {
            advisers.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: first-{{i}}, name: First {{i}}, phone: "{{Number("+4477009001", i)}}" }""");
            advisers.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: second-{{i}}, name: Second {{i}}, phone: "{{Number("+4477009002", i)}}" }""");
            desks.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: desk-{{i}}, name: Desk {{i}}, policy: usual-{{i}} }""");
            policies.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - { id: usual-{{i}}, steps: [ { notify: ["rota:rota-{{i}}"], ring: PT20S }, { notify: ["adviser:second-{{i}}"], ring: PT10M } ] }
                  - { id: patient-{{i}}, steps: [ { notify: ["rota:rota-{{i}}"], ring: PT10M } ] }
                """);
            lines.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - number: "{{Line(i)}}"
                    name: Line {{i}}
                    greeting: This is the advice line.
                    menu: [ { key: "1", desk: desk-{{i}}, say: extradition }, { key: "2", desk: desk-{{i}}, policy: patient-{{i}}, say: records } ]
                    default: desk-{{i}}
                """);
        }

        return $"timeZone: Europe/London\nadvisers:\n{advisers}desks:\n{desks}rotas:\n{Rotas()}policies:\n{policies}lines:\n{lines}topics: [extradition, other]\n";
    }

    private static string Rotas() => string.Concat(Enumerable.Range(0, Lines).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
          - id: rota-{{i}}
            name: Rota {{i}}
            layers:
              - { name: week by week, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [first-{{i}}] } }

        """)));

    private static string Number(string prefix, int last) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{last:00}");
}
