using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>
/// kill -9 of a real process, on the machine's clock, while five officers are each at another moment: in the menu; held while a phone rings; held while
/// the page is claimed and not asked for; held while an adviser hears the prompt; held while an adviser has just pressed 1.
/// </summary>
public sealed class When_the_process_is_killed(TestDatabase databases)
{
    private const string Menu = "+447700900301";
    private const string Rung = "+447700900302";
    private const string NextOfRung = "+447700900312";
    private const string Claimed = "+447700900303";
    private const string Prompted = "+447700900304";
    private const string Taken = "+447700900305";

    private static readonly string Book = $$"""
        timeZone: Europe/London
        advisers:
          - { id: menu, name: Adviser Menu, phone: "{{Menu}}" }
          - { id: rung, name: Adviser Rung, phone: "{{Rung}}" }
          - { id: next, name: Adviser Next, phone: "{{NextOfRung}}" }
          - { id: claimed, name: Adviser Claimed, phone: "{{Claimed}}" }
          - { id: prompted, name: Adviser Prompted, phone: "{{Prompted}}" }
          - { id: taken, name: Adviser Taken, phone: "{{Taken}}" }
        desks:
          - { id: menu, name: Menu, policy: menu }
          - { id: rung, name: Rung, policy: rung }
          - { id: claimed, name: Claimed, policy: claimed }
          - { id: prompted, name: Prompted, policy: prompted }
          - { id: taken, name: Taken, policy: taken }
        policies:
          - { id: menu, rounds: 5, steps: [ { notify: ["adviser:menu"], ring: PT20S } ] }
          - { id: rung, rounds: 5, steps: [ { notify: ["adviser:rung"], ring: PT10S }, { notify: ["adviser:next"], ring: PT20S } ] }
          - { id: claimed, rounds: 5, steps: [ { notify: ["adviser:claimed"], ring: PT20S } ] }
          - { id: prompted, rounds: 5, steps: [ { notify: ["adviser:prompted"], ring: PT20S } ] }
          - { id: taken, rounds: 5, steps: [ { notify: ["adviser:taken"], ring: PT20S } ] }
        lines:
          - number: "{{World.Line}}"
            name: National advice line
            greeting: Good day.
            menu:
              - { key: "1", desk: menu, say: one }
              - { key: "2", desk: rung, say: two }
              - { key: "3", desk: claimed, say: three }
              - { key: "4", desk: prompted, say: four }
              - { key: "5", desk: taken, say: five }
            default: menu
        """;

    [Fact]
    public async Task Should_go_on_with_every_call_and_ring_nobody_twice_at_once()
    {
        await using var world = await LiveWorld.StartAsync(databases, Book, TestContext.Current.CancellationToken);
        var officers = Enumerable.Range(1, 5).Select(key => world.Phone($"+44770090020{key}").Dial(World.Line)).ToList();
        await world.UntilAsync(() => officers.TrueForAll(call => call.WasTold("press 5")));

        // Each comes to its moment.
        world.Phone(Prompted).Script = Callee.Answers(TimeSpan.FromSeconds(0.5));
        world.Phone(Taken).Script = Callee.Answers(TimeSpan.FromSeconds(0.5));
        officers[1].Press("2");
        officers[3].Press("4");
        officers[4].Press("5");
        await world.UntilAsync(() => world.Phone(Rung).Ringing is not null
            && world.Phone(Prompted).Calls is [{ } prompt] && prompt.WasTold("Press 1")
            && world.Phone(Taken).Calls is [{ } taker] && taker.WasTold("Press 1"));
        await world.Twilio.Faults.SetReachableAsync(false);
        officers[2].Press("3");
        world.Phone(Taken).Calls[0].Press("1");
        await world.UntilAsync("""
            SELECT EXISTS (SELECT FROM outbox WHERE owner IS NOT NULL AND effect ->> 'is' = 'place-call') AND EXISTS (SELECT FROM enquiries WHERE state = 'accepted')
            """);
        await world.KillProcessAsync();

        // Nobody hears an error while it is away.
        officers[0].Press("1");
        await world.UntilAsync(() => officers.TrueForAll(call => call.WasTold(LiveWorld.FallbackWords)));
        await world.Twilio.Faults.SetReachableAsync(true);
        foreach (var number in new[] { Menu, NextOfRung, Claimed })
        {
            world.Phone(number).Script = Scripts.Takes(1);
        }

        await world.StartProcessAsync();
        world.Phone(Prompted).Calls[0].Press("1");
        world.Phone(Prompted).Script = Scripts.Takes(1);

        // Whose key was taken in may have lost the line before the answer came: then the same adviser is rung again, and takes it again.
        world.Phone(Taken).Script = Scripts.Takes(1);
        await world.UntilAsync(() => officers[0].Heard.Count(heard => heard.Text.Contains("press 5", StringComparison.Ordinal)) == 2);
        officers[0].Press("1");
        await world.UntilAsync(() => officers.TrueForAll(call => call.ConnectedWith.Count > 0));

        officers.Select(call => call.ConnectedWith[0].To).ShouldBe([Menu, NextOfRung, Claimed, Prompted, Taken]);
        officers.ShouldAllBe(call => !call.Words.Contains("application error", StringComparison.Ordinal));
        world.Twilio.ShouldRingNobodyTwiceAtOnce();
        // On a slow machine the officer's own document has dialled that adviser meanwhile.
        world.Phone(Claimed).Calls.Count(call => call.Direction == "outbound-api").ShouldBeLessThanOrEqualTo(1, world.Twilio.Story());
        await world.UntilAsync("SELECT count(*) = 5 AND bool_and(state = 'accepted') FROM enquiries");
        (await world.ReadAsync("SELECT event || ' ' || adviser FROM timeline WHERE event = 'accepted'")).Distinct().ShouldBe(
            ["accepted menu", "accepted next", "accepted claimed", "accepted prompted", "accepted taken"], ignoreOrder: true);
    }
}
