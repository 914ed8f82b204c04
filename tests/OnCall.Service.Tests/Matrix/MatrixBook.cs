using OnCall.Testing;

namespace OnCall.Service.Tests.Matrix;

/// <summary>A desk for each stage. Its first step rings two advisers together, its second a third one; three rounds.</summary>
internal static class MatrixBook
{
    public const int Places = 3;

    public static string Document { get; } = $$"""
        timeZone: Europe/London
        advisers:
        {{Lines(stage => Enumerable.Range(1, Places).Select(place => $$"""  - { id: {{Adviser(stage, place)}}, name: Adviser {{stage}}{{place}}, phone: "{{Number(stage, place)}}" }"""))}}
        desks:
        {{Lines(stage => [$$"""  - { id: desk{{stage}}, name: Desk {{stage}}, policy: desk{{stage}} }"""])}}
        policies:
        {{Lines(stage => [$$"""  - { id: desk{{stage}}, rounds: 3, steps: [ {{Step(stage, 1, 2)}}, {{Step(stage, 3)}} ] }"""])}}
        lines:
          - number: "{{World.Line}}"
            name: National advice line
            greeting: Good day.
            menu:
        {{Lines(stage => [$$"""      - { key: "{{Key(stage)}}", desk: desk{{stage}}, say: desk {{stage}} }"""])}}
            default: desk0
        topics: [extradition, other]
        """;

    /// <summary>The key of a stage's desk, in the menu.</summary>
    public static string Key(int stage) => $"{stage + 1}";

    /// <summary>The id of an adviser.</summary>
    /// <param name="place">1 and 2 are rung by the first step, 3 by the second.</param>
    public static string Adviser(int stage, int place) => $"{CallStage.All[stage].Name}.{place}";

    public static string Number(int stage, int place) => $"+447700900{300 + (stage * 10) + place}";

    private static string Step(int stage, params int[] places) =>
        $$"""{ notify: [{{string.Join(", ", places.Select(place => $"\"adviser:{Adviser(stage, place)}\""))}}], ring: PT15S }""";

    private static string Lines(Func<int, IEnumerable<string>> of) => string.Join('\n', Enumerable.Range(0, CallStage.All.Count).SelectMany(of));
}
