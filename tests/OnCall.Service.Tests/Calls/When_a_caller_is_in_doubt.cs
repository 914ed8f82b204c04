using OnCall.Core.Escalation;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>Numbers that are blocked or call too often: a key and a force first, and never dropped.</summary>
public sealed class When_a_caller_is_in_doubt(TestDatabase databases)
{
    private const string Forces = """

        forces:
          - { id: essex, name: Essex Police, nation: england, region: eastern, numbers: ["+441632960*"] }
        """;

    private const string Blocked = Forces + $$"""

        blocked:
          - { number: "{{World.Officer}}", reason: abusive calls }
        """;

    [Fact]
    public async Task Should_ring_somebody_once_a_key_is_pressed_and_a_force_is_named()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk() + Blocked);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        world.Rings(Books.Ash).ShouldBe(0);
        call.Press("1");
        await world.UntilAsync(() => call.WasTold("1: Essex Police"));
        world.Rings(Books.Ash).ShouldBe(0);
        call.Press("1#");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        world.Phone(Books.Ash).Calls[0].Words.ShouldContain("Number not known, says Essex Police.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_hold_who_presses_nothing_until_the_chase_finds_somebody()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk() + Blocked);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal), TimeSpan.FromSeconds(90));
        world.Rings(Books.Ash).ShouldBe(0);
        (await world.EnquiryAsync()).State.ShouldBe("unanswered");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(4));
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ask_a_number_that_calls_too_often(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk() + Forces, nodes);
        for (var calls = 1; calls <= Escalator.FloodCalls; calls++)
        {
            var call = world.Phone(World.Officer).Dial(World.Line);
            await world.UntilAsync(() => call.Position.StartsWith(calls == 1 ? "queue" : "gathering", StringComparison.Ordinal));
            if (calls > 1)
            {
                call.Press("1");
                await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));
            }

            call.HangUp();
            await world.SettleAsync();
        }

        var rung = world.Rings(Books.Ash);
        rung.ShouldBeGreaterThan(0);
        var another = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => another.Position == "gathering");
        another.Press("1");
        await world.UntilAsync(() => another.WasTold("For Extradition, press 1"));
        await world.SettleAsync();
        world.Rings(Books.Ash).ShouldBe(rung);
    }
}
