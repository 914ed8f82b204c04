namespace OnCall.Testing;

/// <summary>Small rota documents for scenarios.</summary>
public static class Books
{
    public const string Ash = "+447700900101";
    public const string Birch = "+447700900102";
    public const string Cedar = "+447700900103";
    public const string Dogwood = "+447700900104";

    private const string Policy = """
          steps:
              - { notify: ["rota:extradition"], ring: PT20S }
              - { notify: ["adviser:cedar"], ring: PT20S }
        """;

    private const string Menu = """
        menu:
              - { key: "1", desk: extradition, say: extradition }
              - { key: "2", desk: records, say: foreign records }
        """;

    /// <summary>Two desks; the first step of extradition rings Ash and Birch together, the second Cedar. The other desk rings Dogwood.</summary>
    /// <param name="rounds">Rounds of the extradition policy.</param>
    /// <param name="then">callback or voicemail.</param>
    public static string TwoDesks(int rounds = 1, string then = "callback") => Book(Policy, rounds, then, Menu);

    /// <summary>One desk and no menu; its one step rings Ash.</summary>
    /// <param name="ash">Ash's number.</param>
    public static string OneDesk(int rounds = 1, string ash = Ash) =>
        Book("""steps: [ { notify: ["adviser:ash"], ring: PT20S } ]""", rounds, "callback", "", ash);

    private static string Book(string steps, int rounds, string then, string menu, string ash = Ash) => $$"""
        timeZone: Europe/London
        advisers:
          - { id: ash, name: Alex Ash, phone: "{{ash}}" }
          - { id: birch, name: Billie Birch, phone: "{{Birch}}" }
          - { id: cedar, name: Chris Cedar, phone: "{{Cedar}}" }
          - { id: dogwood, name: Dana Dogwood, phone: "{{Dogwood}}" }
        desks:
          - { id: extradition, name: Extradition, policy: extradition }
          - { id: records, name: Foreign records, policy: records }
        rotas:
          - id: extradition
            name: Extradition, first on call
            cover: 2
            layers:
              - { name: ash, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [ash] } }
            overrides:
              - { start: 2026-01-05T09:00, end: 2030-01-05T09:00, adviser: birch, adds: true }
        policies:
          - id: extradition
            {{steps.Trim()}}
            rounds: {{rounds}}
            then: {{then}}
            chase: [PT2M, PT5M, PT10M]
          - { id: records, steps: [ { notify: ["adviser:dogwood"], ring: PT20S } ] }
        lines:
          - number: "{{World.Line}}"
            name: National advice line
            greeting: This is the national advice line.
            {{menu}}
            default: extradition
        topics: [extradition, records, other]
        """;
}
