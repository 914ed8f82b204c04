using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>Who is asking: the force that lists the number, and its own contact. A number is a claim, and the words say no more than that it is listed.</summary>
public sealed class When_the_callers_force_is_known(TestDatabase databases)
{
    private const string OfEssex = "+441632960017";
    private const string Switchboard = "+441632960000";

    private static readonly string Book = $$"""
        timeZone: Europe/London
        advisers:
          - { id: ash, name: Alex Ash, phone: "{{Books.Ash}}" }
          - { id: birch, name: Billie Birch, phone: "{{Books.Birch}}" }
        desks:
          - { id: extradition, name: Extradition, policy: standard }
        rotas:
          - id: spoc-eastern
            name: Contacts of the eastern region
            layers:
              - { name: birch, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [birch] } }
        policies:
          - { id: standard, steps: [ { notify: [force-contact], ring: PT20S }, { notify: ["adviser:ash"], ring: PT20S } ] }
        lines:
          - { number: "{{World.Line}}", name: National advice line, greeting: Good day., default: extradition }
        forces:
          - { id: essex, name: Essex Police, nation: england, region: eastern, numbers: ["+441632960*"], contact: "rota:spoc-eastern", shared: ["{{Switchboard}}"] }
        """;

    [Fact]
    public async Task Should_ring_the_contact_of_the_force_and_name_the_force()
    {
        await using var world = await World.StartAsync(databases, Book);
        world.Phone(Books.Birch).Script = Scripts.Takes();

        var call = world.Phone(OfEssex).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        world.Phone(Books.Birch).Calls[0].Words.ShouldContain("Number listed for Essex Police.");
        world.Rings(Books.Ash).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData(true, "Number withheld.")]
    [InlineData(false, "Number not known.")]
    public async Task Should_say_that_the_number_tells_nothing_and_lose_no_time_over_a_contact(bool withheld, string words)
    {
        await using var world = await World.StartAsync(databases, Book);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line, withheld);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var offer = world.Phone(Books.Ash).Calls[0];
        offer.Words.ShouldContain(words);
        (offer.RangAt!.Value - call.AnsweredAt!.Value).ShouldBeLessThan(TimeSpan.FromSeconds(2), "a step with nobody to ring takes no time");
        world.Rings(Books.Birch).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_a_second_call_from_a_switchboard_for_another_officers()
    {
        await using var world = await World.StartAsync(databases, Book);
        var first = world.Phone(Switchboard).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Birch).Ringing is not null);
        first.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.Phone(Books.Birch).Script = Scripts.Takes();

        var second = world.Phone(Switchboard).Dial(World.Line);
        await world.UntilAsync(() => second.ConnectedWith.Count > 0);

        second.WasTold("Hold for a new one").ShouldBeTrue(world.Story());
        (await world.EnquiriesAsync()).Select(enquiry => enquiry.State).ShouldBe(["accepted", "abandoned"]);
        world.ShouldBeFlawless();
    }
}
