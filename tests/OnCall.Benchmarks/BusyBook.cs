using System.Globalization;
using System.Text;

namespace OnCall.Benchmarks;

/// <summary>A book of 250 lines, each with a desk whose policy has three steps of one adviser each. Half of the advisers never answer: of eight lines one has nobody who does.</summary>
internal static class BusyBook
{
    public const int Lines = 250;
    public const int Steps = 3;

    public static readonly TimeSpan Ring = TimeSpan.FromSeconds(10);

    public static string Line(int number) => string.Create(CultureInfo.InvariantCulture, $"+442079460{number % Lines:000}");

    /// <summary>Whether the adviser of a step answers.</summary>
    /// <param name="step">Counted from 0.</param>
    public static bool Answers(int line, int step) => (line >> step & 1) == 1;

    public static string Yaml()
    {
        var (advisers, desks, policies, lines) = (new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Lines; i++)
        {
            for (var step = 0; step < Steps; step++)
            {
                advisers.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: adviser-{{i}}-{{step}}, name: Adviser {{i}} {{step}}, phone: "+447700900{{(i * Steps) + step:000}}" }""");
            }

            var steps = string.Join(", ", Enumerable.Range(0, Steps).Select(step => string.Create(CultureInfo.InvariantCulture, $$"""{ notify: ["adviser:adviser-{{i}}-{{step}}"], ring: PT{{Ring.TotalSeconds}}S }""")));
            desks.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: desk-{{i}}, name: Desk {{i}}, policy: policy-{{i}} }""");
            policies.AppendLine(CultureInfo.InvariantCulture, $$"""  - { id: policy-{{i}}, steps: [ {{steps}} ] }""");
            lines.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - number: "{{Line(i)}}"
                    name: Line {{i}}
                    greeting: This is the advice line.
                    menu: [ { key: "1", desk: desk-{{i}}, say: extradition }, { key: "2", desk: desk-{{(i + 1) % Lines}}, say: records } ]
                    default: desk-{{i}}
                """);
        }

        return $"timeZone: Europe/London\nadvisers:\n{advisers}desks:\n{desks}policies:\n{policies}lines:\n{lines}topics: [extradition, other]\n";
    }
}
