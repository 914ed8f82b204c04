using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_officer_presses_a_key_while_held(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_call_back_who_pressed_star_and_hung_up(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3), nodes);
        world.Phone(World.Officer).Script = Scripts.Takes();
        var call = await StarAsync(world, withheld: false);
        await world.UntilAsync(() => call.WasTold("We will call you back on 0, 7, 7, 0, 0, 9, 0, 0, 2, 0, 1."));
        call.HangUp();
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }]);

        world.Phone(Books.Cedar).Calls[^1].Words.ShouldContain("Routine call back.");
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Timeline.ShouldContain("callback-requested call");
        enquiry.Timeline.ShouldNotContain("abandoned");
        world.Texts(Books.Ash).ShouldNotContain(text => text.Contains("hung up"));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_call_the_number_that_a_withheld_caller_keys_in()
    {
        const string other = "+447700900299";
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        world.Phone(other).Script = Scripts.Takes();
        var call = await StarAsync(world, withheld: true);
        await world.UntilAsync(() => call.WasTold("Please key in the number"));
        call.Press("090#");
        await world.UntilAsync(() => call.WasTold("we cannot call that number"));
        call.Press("07700900299#");
        await world.UntilAsync(() => call.WasTold("We will call you back on 0, 7, 7, 0, 0, 9, 0, 0, 2, 9, 9."));
        call.Press("1");
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(other).Calls is [{ ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));

        call.Words.ShouldContain("An expert will call you back.");
        world.Texts(Books.Cedar).ShouldContain(text => text.Contains(other));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_connect_who_pressed_star_and_is_still_there()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        var call = await StarAsync(world, withheld: false);
        await world.UntilAsync(() => call.WasTold("We will call you back"));
        call.Press("3");
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_record_a_message_on_hash_while_the_number_is_read_back()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        var call = await StarAsync(world, withheld: false);
        await world.UntilAsync(() => call.WasTold("We will call you back"));
        call.Press("7");
        await world.UntilAsync(() => call.Heard.Count(heard => heard.Text.Contains("We will call you back")) > 1);
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        (await world.EnquiryAsync()).State.ShouldBe("voicemail");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_record_a_message_on_hash_while_the_phones_ring_on(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3), nodes);
        world.Phone(World.Officer).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.PassAsync(TimeSpan.FromSeconds(3));
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
        (await world.EnquiryAsync()).State.ShouldBe("voicemail");
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }]);

        call.Words.ShouldContain("We go on ringing the experts for you.");
        world.Phone(Books.Cedar).Calls[^1].Words.ShouldContain("Here is the officer's message.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_fetch_the_officer_from_the_recording_when_somebody_takes_the_call()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        world.Phone(Books.Cedar).Script = Scripts.Takes(15);
        var call = await world.CallAsync();
        await world.PassAsync(TimeSpan.FromSeconds(3));
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_hold_again_when_nothing_was_recorded()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        var call = await world.CallAsync();
        call.Speaks = false;
        await world.PassAsync(TimeSpan.FromSeconds(3));
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));

        (await world.EnquiryAsync()).State.ShouldBe("paging");
        world.ShouldBeFlawless();
    }

    private static async Task<Simulator.PhoneCall> StarAsync(World world, bool withheld)
    {
        var call = await world.CallAsync(withheld: withheld);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.PassAsync(TimeSpan.FromSeconds(3));
        call.Press("*");
        return call;
    }
}
