using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>The key for an immediate threat: a policy of its own, and the first place in the queue of outgoing calls.</summary>
public sealed class When_a_call_is_urgent(TestDatabase databases)
{
    private static readonly string[] Routine = [Books.Ash, Books.Birch, Books.Cedar];

    private static readonly string Book = $$"""
        timeZone: Europe/London
        advisers:
          - { id: ash, name: Alex Ash, phone: "{{Books.Ash}}" }
          - { id: birch, name: Billie Birch, phone: "{{Books.Birch}}" }
          - { id: cedar, name: Chris Cedar, phone: "{{Books.Cedar}}" }
          - { id: dogwood, name: Dana Dogwood, phone: "{{Books.Dogwood}}" }
        desks:
          - { id: extradition, name: Extradition, policy: standard }
        policies:
          - { id: standard, steps: [ { notify: ["adviser:ash", "adviser:birch", "adviser:cedar"], ring: PT20S } ] }
          - { id: everybody, steps: [ { notify: ["adviser:dogwood"], ring: PT20S } ] }
        lines:
          - number: "{{World.Line}}"
            name: National advice line
            greeting: Good day.
            menu:
              - { key: "1", desk: extradition, say: extradition }
              - { key: "9", desk: extradition, say: an immediate threat to life, priority: urgent, policy: everybody }
            default: extradition
        """;

    [Theory, Nodes]
    public async Task Should_ring_its_own_policy_before_the_routine_calls_that_wait_already(int nodes)
    {
        await using var world = await World.StartAsync(databases, Book, nodes, perSecond: 0.2);
        world.Phone(Books.Dogwood).Script = Scripts.Takes();
        await CallAsync(world, World.Officer, "1");
        await world.UntilAsync(() => Routine.Sum(world.Rings) == 1);

        var urgent = await CallAsync(world, "+447700900202", "9");
        await world.UntilAsync(() => urgent.ConnectedWith.Count > 0);

        urgent.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Dogwood);
        world.Phone(Books.Dogwood).Calls[0].Words.ShouldStartWith("Urgent.");
        (await world.EnquiriesAsync())[0].Priority.ShouldBe("urgent");

        // Two routine calls were asked for before; they wait, and are not forgotten.
        await world.UntilAsync(() => Routine.All(number => world.Rings(number) == 1));
        world.Twilio.Requests.Where(request => request is { Method: "POST", Path: "/Calls.json" }).Select(request => request.Form["To"]).ToList().IndexOf(Books.Dogwood).ShouldBe(1, world.Story());
    }

    private static async Task<Simulator.PhoneCall> CallAsync(World world, string officer, string key)
    {
        var call = world.Phone(officer).Dial(World.Line);
        await world.UntilAsync(() => call.WasTold("press 9"));
        call.Press(key);
        return call;
    }
}
