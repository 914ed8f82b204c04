using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_officer_calls(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_connect_the_officer_with_the_adviser_who_presses_1(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        world.Phone(Books.Birch).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("ash");
        enquiry.Timeline.ShouldBe(
            ["received call", "desk-chosen", "page-sent ash call", "page-sent birch call", "page-answered ash call", "accepted ash call", "bridged ash call"],
            ignoreOrder: true);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_greet_the_officer_and_offer_the_menu()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");

        call.Words.ShouldBe("This is the national advice line.\nFor extradition, press 1. For foreign records, press 2. Or hold for the duty desk.");
        (await world.EnquiryAsync()).State.ShouldBe("menu");
        world.Twilio.Requests.ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_the_default_desk_when_no_key_comes_within_10_seconds()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        await world.PassAsync(TimeSpan.FromSeconds(9.9));
        call.Position.ShouldBe("gathering");
        await world.PassAsync(TimeSpan.FromSeconds(1));

        (await world.EnquiryAsync()).Desk.ShouldBe("extradition");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_lead_to_the_desk_of_the_key()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.WasTold("press 2"));
        call.Press("2");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);

        (await world.EnquiryAsync()).Desk.ShouldBe("records");
        (world.Rings(Books.Ash) + world.Rings(Books.Birch)).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_repeat_the_menu_after_a_wrong_key(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("7");
        await world.UntilAsync(() => call.WasTold("that key leads nowhere"));
        await world.UntilAsync(() => call.Position == "gathering");
        (await world.EnquiryAsync()).State.ShouldBe("menu");
        call.Press("2");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);

        (await world.EnquiryAsync()).Desk.ShouldBe("records");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_the_default_desk_after_a_second_wrong_key()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        var call = world.Phone(World.Officer).Dial(World.Line);
        foreach (var key in "*8")
        {
            await world.UntilAsync(() => call.Position == "gathering");
            call.Press(key.ToString());
        }

        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (await world.EnquiryAsync()).Desk.ShouldBe("extradition");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_have_no_menu_where_the_line_has_one_desk()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));

        call.Words.ShouldStartWith("This is the national advice line.\nPlease hold");
        world.Phone(Books.Ash).Ringing.ShouldNotBeNull();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_open_one_enquiry_a_call_with_refs_of_their_own()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), manyAtOnce: true);

        var calls = Enumerable.Range(201, 5).Select(number => world.Phone($"+447700900{number}").Dial(World.Line)).ToList();
        await world.UntilAsync(() => calls.TrueForAll(call => call.WasTold("your reference is")));

        calls.Select(call => call.Words).Distinct().Count().ShouldBe(5);
        world.Twilio.Problems.ShouldBeEmpty();
    }
}
