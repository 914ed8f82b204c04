using OnCall.Testing;

namespace OnCall.Service.Tests.Schedule;

/// <summary>A rota document in which Ash and Birch take turns. The world begins on Wednesday, 25 November 2026, at 09:00, when Ash is on duty.</summary>
internal static class DutyBook
{
    public const string Coordinator = "+447700900150";

    /// <summary>Hands over every day at half past nine.</summary>
    public const string Daily = """{ name: daily, rotation: { start: 2026-11-24T09:30, turn: P1D, advisers: [ash, birch] } }""";

    /// <param name="layers">The layers of the rota, YAML.</param>
    /// <param name="overrides">The overrides of the rota, YAML.</param>
    /// <param name="more">Further sections.</param>
    /// <param name="birch">What else there is to say of Birch.</param>
    public static string Of(string layers = Daily, string overrides = "", string more = "", string birch = "") => $$"""
        timeZone: Europe/London
        advisers:
          - { id: ash, name: Alex Ash, phone: "{{Books.Ash}}" }
          - { id: birch, name: Billie Birch, phone: "{{Books.Birch}}"{{birch}} }
          - { id: cedar, name: Chris Cedar, phone: "{{Books.Cedar}}" }
        desks: [ { id: extradition, name: Extradition, policy: extradition } ]
        rotas:
          - { id: extradition, name: Extradition desk, layers: [ {{layers}} ], overrides: [ {{overrides}} ] }
        policies: [ { id: extradition, steps: [ { notify: ["rota:extradition"] } ] } ]
        lines: [ { number: "{{World.Line}}", name: National advice line, greeting: Good day., default: extradition } ]
        {{more}}
        """;
}
