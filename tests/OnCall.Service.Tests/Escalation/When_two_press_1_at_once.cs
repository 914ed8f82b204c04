using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

/// <summary>Ten officers at a time call ten desks of two advisers each, who press 1 in the same instant; the webhooks alternate between two nodes.</summary>
public sealed class When_two_press_1_at_once(TestDatabase databases)
{
    private const int Desks = 10;
    private const int Rounds = 20;

    [Fact]
    public async Task Should_give_each_of_200_calls_to_exactly_one()
    {
        await using var world = await World.StartAsync(databases, Book(), nodes: 2, manyAtOnce: true);
        foreach (var number in Enumerable.Range(0, Desks * 2))
        {
            world.Phone(Adviser(number)).Script = Scripts.Listens(1);
        }

        for (var round = 1; round <= Rounds; round++)
        {
            await CallAllDesksAsync(world, round);
        }

        var enquiries = await world.EnquiriesAsync();
        enquiries.Count.ShouldBe(Desks * Rounds);
        enquiries.ShouldAllBe(enquiry => enquiry.Timeline.Count(line => line.StartsWith("accepted")) == 1);
        enquiries.Select(enquiry => enquiry.Ref).Distinct().Count().ShouldBe(Desks * Rounds);

        world.Twilio.Problems.ShouldBeEmpty();
    }

    private static async Task CallAllDesksAsync(World world, int round)
    {
        var officers = Enumerable.Range(0, Desks).Select(desk => world.Phone($"+447700900{400 + ((round - 1) * Desks) + desk}").Dial(World.Line)).ToList();
        await world.UntilAsync(() => officers.TrueForAll(call => call.WasTold("press 0")));
        foreach (var desk in Enumerable.Range(0, Desks))
        {
            officers[desk].Press($"{desk}");
        }

        await world.UntilAsync(() => Enumerable.Range(0, Desks * 2).All(number => world.Phone(Adviser(number)).Calls.Count == round && world.Phone(Adviser(number)).Calls[^1].WasTold("Press 1")));
        Parallel.For(0, Desks * 2, number => world.Phone(Adviser(number)).Calls[^1].Press("1"));
        await world.UntilAsync(() => officers.TrueForAll(call => call.ConnectedWith.Count > 0));
        foreach (var desk in Enumerable.Range(0, Desks))
        {
            var (one, other) = (world.Phone(Adviser(desk * 2)).Calls[^1], world.Phone(Adviser((desk * 2) + 1)).Calls[^1]);
            one.PressedAt("1").ShouldBe(other.PressedAt("1"));
            var (winner, loser) = one.WasConnected() ? (one, other) : (other, one);
            officers[desk].ConnectedWith.ShouldHaveSingleItem().Sid.ShouldBe(winner.Sid);
            loser.WasConnected().ShouldBeFalse();
            loser.Words.ShouldContain("This call is already taken.");
        }

        officers.ForEach(call => call.HangUp());
        await world.UntilAsync(() => world.Twilio.Calls.All(call => call.IsOver));
    }

    private static string Adviser(int number) => $"+4477009003{number:00}";

    private static string Book()
    {
        var desks = Enumerable.Range(0, Desks).ToList();
        return $$"""
            timeZone: Europe/London
            advisers:
            {{string.Join('\n', Enumerable.Range(0, Desks * 2).Select(number => $$"""  - { id: a{{number}}, name: Adviser {{number}}, phone: "{{Adviser(number)}}" }"""))}}
            desks:
            {{string.Join('\n', desks.Select(desk => $$"""  - { id: d{{desk}}, name: Desk {{desk}}, policy: p{{desk}} }"""))}}
            policies:
            {{string.Join('\n', desks.Select(desk => $$"""  - { id: p{{desk}}, steps: [ { notify: ["adviser:a{{desk * 2}}", "adviser:a{{(desk * 2) + 1}}"], ring: PT20S } ] }"""))}}
            lines:
              - number: "{{World.Line}}"
                name: National advice line
                greeting: Good day.
                menu:
            {{string.Join('\n', desks.Select(desk => $$"""      - { key: "{{desk}}", desk: d{{desk}}, say: desk {{desk}} }"""))}}
                default: d0
            """;
    }
}
