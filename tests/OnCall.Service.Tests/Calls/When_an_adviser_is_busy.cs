using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>One offer at a time for each adviser, over all enquiries and all nodes, while there is anybody else.</summary>
public sealed class When_an_adviser_is_busy(TestDatabase databases)
{
    private const string Second = "+447700900202";
    private const string Third = "+447700900203";

    [Theory, Nodes]
    public async Task Should_ring_the_next_step_at_once_while_all_of_the_first_ring_for_another(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);

        await world.CallAsync(from: Second);
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);

        world.Rings(Books.Ash).ShouldBe(1);
        world.Rings(Books.Birch).ShouldBe(1);
        (await world.EnquiriesAsync())[0].Timeline.ShouldContain("page-failed ash call");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ring_only_those_who_do_not_talk(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var first = await world.CallAsync();
        await world.UntilAsync(() => first.ConnectedWith.Count > 0);

        await world.CallAsync(from: Second);
        await world.UntilAsync(() => world.Phone(Books.Birch).Ringing is not null);

        world.Rings(Books.Ash).ShouldBe(1);
        world.Rings(Books.Cedar).ShouldBe(0);

        // The talk is over: from the next call on there is somebody to ring again.
        first.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls[0].IsOver);
        await world.SettleAsync();
        await world.CallAsync(from: Third);
        await world.UntilAsync(() => world.Rings(Books.Ash) == 2);
    }

    [Fact]
    public async Task Should_ring_those_who_are_busy_rather_than_nobody()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var first = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => first.ConnectedWith.Count > 0);

        world.Phone(Second).Dial(World.Line);
        await world.UntilAsync(() => world.Rings(Books.Ash) == 2);

        (await world.EnquiriesAsync())[0].Timeline.ShouldNotContain("page-failed ash call");
    }
}
