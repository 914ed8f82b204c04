using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Retention;

public sealed class When_texts_are_redacted_at_Twilio(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";

    [Fact]
    public async Task Should_empty_every_body_once_it_was_delivered_and_handled_and_no_sooner()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2, settings: ["--Twilio:RedactTexts=true"]);
        await world.TextAsync(World.Officer, Words);
        await world.TextAsync(Books.Ash, "1");
        world.Phone(World.Officer).TextOutcome = TextOutcome.NoReceipt;
        await world.TextAsync(Books.Ash, "Use form E1");
        world.Phone(World.Officer).TextOutcome = TextOutcome.Delivered;

        // A text of which no word comes: it is found with its words before they go.
        world.Balancer.Serve();
        await world.TextAsync(World.Officer, "Thank you");
        world.ServeNodes();
        world.Twilio.Messages.ShouldAllBe(text => text.Body.Length > 0);
        await world.LookForTextsAsync();
        world.Texts(Books.Ash)[^1].ShouldEndWith("officer: Thank you");

        await world.PassAsync(TimeSpan.FromMinutes(20));
        Bodies(world).ShouldBe(["Use form E1"], world.Story());
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromMinutes(20));
        Bodies(world).ShouldBeEmpty();
        world.Texts(World.Officer).ShouldContain("Use form E1");

        // What was emptied is taken for no text of which no word came.
        var texts = world.Twilio.Messages.Count;
        await world.LookForTextsAsync();
        world.Twilio.Messages.Count.ShouldBe(texts);
    }

    private static List<string> Bodies(World world) => [.. world.Twilio.Messages.Select(text => text.Body).Where(body => body.Length > 0)];
}
