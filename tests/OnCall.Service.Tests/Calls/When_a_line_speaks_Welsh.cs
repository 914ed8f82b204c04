using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>A line in Welsh, a force that speaks it, an adviser who has English first and one who has Welsh first: each hears and reads the language that is due, in its voice.</summary>
public sealed class When_a_line_speaks_Welsh(TestDatabase databases)
{
    private const string OfGwent = "+442920180105";

    private static readonly string Book = $$"""
        timeZone: Europe/London
        advisers:
          - { id: ash, name: Alex Ash, phone: "{{Books.Ash}}", languages: [en, cy] }
          - { id: birch, name: Billie Birch, phone: "{{Books.Birch}}", languages: [cy, en] }
        desks:
          - { id: extradition, name: Estraddodi, policy: standard }
          - { id: records, name: Cofnodion tramor, policy: standard }
        policies:
          - { id: standard, steps: [ { notify: ["adviser:ash", "adviser:birch"], ring: PT20S, wait: PT1M } ] }
        lines:
          - number: "{{World.Line}}"
            name: Llinell Gyngor Genedlaethol
            language: cy
            greeting: Dyma'r llinell gyngor.
            menu: [ { key: "1", desk: extradition, say: estraddodi }, { key: "2", desk: records, say: cofnodion tramor } ]
            default: extradition
        forces:
          - { id: gwent, name: Heddlu Gwent, nation: wales, numbers: ["+442920180*"], language: cy }
        """;

    [Fact]
    public async Task Should_speak_Welsh_to_the_officer_and_to_each_adviser_what_comes_first()
    {
        await using var world = await World.StartAsync(databases, Book);
        world.Phone(Books.Ash).Script = Scripts.Takes(after: 8);
        world.Phone(Books.Birch).Script = Scripts.Listens(after: 4);

        var call = world.Phone(OfGwent).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Words.ShouldBe("Dyma'r llinell gyngor.\nAr gyfer estraddodi, pwyswch 1. Ar gyfer cofnodion tramor, pwyswch 2. Neu arhoswch am y ddesg ar ddyletswydd.");
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.UntilAsync(() => world.Texts(Books.Birch).Count > 0 && world.Texts(Books.Ash).Count > 0);

        var shortRef = (await world.EnquiryAsync()).Ref;
        call.WasTold($"ffonio'r arbenigwr ar ddyletswydd. Eich cyfeirnod yw {string.Join(", ", shortRef.ToCharArray())}.").ShouldBeTrue(world.Story());
        Languages(call).ShouldBe(["cy-GB"]);
        var (ash, birch) = (world.Phone(Books.Ash).Calls.ShouldHaveSingleItem(), world.Phone(Books.Birch).Calls.ShouldHaveSingleItem());
        ash.Words.ShouldStartWith("Routine. Number listed for Heddlu Gwent. Estraddodi. Attempt 1 after ");
        Languages(ash).ShouldBe(["en-GB"]);
        birch.Words.ShouldStartWith("Arferol. Rhif dan enw Heddlu Gwent. Estraddodi. Ymgais 1 ar ôl ");
        birch.WasTold("Mae'r alwad hon eisoes wedi'i chymryd.").ShouldBeTrue(world.Story());
        Languages(birch).ShouldBe(["cy-GB"]);
        world.Texts(Books.Ash).ShouldBe([$"{shortRef} is yours (Estraddodi). Officer's number: {OfGwent}. No names or case detail by text."]);
        world.Texts(Books.Birch).ShouldBe([$"Cymerwyd {shortRef} gan Alex Ash. Nid oes dim i chi ei wneud."]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_write_Welsh_to_the_officer_and_to_each_adviser_what_comes_first()
    {
        await using var world = await World.StartAsync(databases, Book);

        await world.TextAsync(World.Officer, "Sut mae estraddodi rhywun o Sbaen?");
        await world.TextAsync(Books.Birch, "WHO extradition");
        await world.TextAsync(Books.Ash, "1");
        await world.TextAsync(Books.Ash, "Defnyddiwch ffurflen E1");

        var shortRef = (await world.EnquiryAsync()).Ref;
        world.Texts(World.Officer).ShouldBe(
        [
            $"Eich ymholiad yw {shortRef}. Cewch neges gan arbenigwr. Am alwad, anfonwch CALL ME. Dim enwau na manylion achos. Perygl i fywyd: eich ystafell reoli neu 999.",
            "Defnyddiwch ffurflen E1",
        ]);
        world.Texts(Books.Ash)[0].ShouldBe($"{shortRef} routine (Estraddodi): a text from {World.Officer}. Reply 1 to take it, 2 to pass.");
        world.Texts(Books.Birch).ShouldBe(
        [
            $"{shortRef} arferol (Estraddodi): neges destun gan {World.Officer}. Atebwch 1 i'w chymryd, 2 i basio.",
            "Estraddodi: Alex Ash, Billie Birch",
            $"Cymerwyd {shortRef} gan Alex Ash. Nid oes dim i chi ei wneud.",
        ]);
        world.ShouldBeFlawless();
    }

    private static IEnumerable<string?> Languages(PhoneCall call) => call.Heard.Where(heard => heard.Kind == "say").Select(heard => heard.Language).Distinct();
}
