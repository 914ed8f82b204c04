using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_a_call_is_taken(TestDatabase databases)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, Nodes]
    public async Task Should_connect_the_two_within_a_second_of_the_key(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var adviser = world.Phone(Books.Ash).Calls.ShouldHaveSingleItem();
        (call.ConnectedAt() - adviser.PressedAt("1")).ShouldBeLessThanOrEqualTo(Second, world.Story());
        adviser.ConnectedWith.ShouldHaveSingleItem().Sid.ShouldBe(call.Sid);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_stop_the_other_phones(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var other = world.Phone(Books.Birch).Calls.ShouldHaveSingleItem();
        other.Status.ShouldBe("canceled");
        (other.EndedAt!.Value - world.Phone(Books.Ash).Calls[0].PressedAt("1")).ShouldBeLessThanOrEqualTo(Second);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_text_the_number_to_the_adviser_and_who_took_it_to_those_who_missed_it(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        var enquiry = await world.EnquiryAsync();
        world.Texts(Books.Ash).ShouldBe([$"{enquiry.Ref} is yours (Extradition). Officer's number: {World.Officer}. No names or case detail by text."]);
        world.Texts(Books.Birch).ShouldBe([$"{enquiry.Ref} was taken by Alex Ash. Nothing for you to do."]);
        world.Texts(Books.Cedar).ShouldBeEmpty();
        world.Texts(World.Officer).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_tell_the_second_who_presses_1_that_it_is_taken(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Listens(2);
        world.Phone(Books.Birch).Script = Scripts.Listens(2);

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Birch).Calls is [{ } offered] && offered.WasTold("Press 1"));
        var (ash, birch) = (world.Phone(Books.Ash).Calls[0], world.Phone(Books.Birch).Calls[0]);
        birch.Press("1");
        ash.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.UntilAsync(() => ash.IsOver || birch.IsOver);

        var (winner, loser) = call.ConnectedWith[0].Sid == ash.Sid ? (ash, birch) : (birch, ash);
        winner.IsOver.ShouldBeFalse();
        loser.WasConnected().ShouldBeFalse();
        loser.Words.ShouldContain("This call is already taken.");
        (await world.EnquiryAsync()).Timeline.Count(line => line.StartsWith("accepted", StringComparison.Ordinal)).ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ask_the_adviser_to_close_it_when_both_have_hung_up(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        call.HangUp();
        var adviser = world.Phone(Books.Ash).Calls[0];
        await world.UntilAsync(() => adviser.IsOver);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        adviser.Words.ShouldContain("The officer has hung up.");
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("ash");
        world.Texts(Books.Ash)[^1].ShouldBe($"When done, reply DONE {enquiry.Ref} and a topic (extradition, records, other); no names, no case detail.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_stay_accepted_for_as_long_as_the_two_talk()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(50));

        call.ConnectedWith.Count.ShouldBe(1);
        world.Texts(Books.Ash).Count.ShouldBe(1);
        world.ShouldBeFlawless();
    }
}
