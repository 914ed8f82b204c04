using Microsoft.Extensions.DependencyInjection;
using OnCall.Core.People;
using OnCall.Service.Outbox;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

/// <summary>Numbers of which Twilio says that no text reaches them are left alone for a time, and called instead; so are those that texted STOP.</summary>
public sealed class When_a_number_takes_no_texts(TestDatabase databases)
{
    private const string Coordinator = "+447700900150";

    private static readonly string Book = Books.TwoDesks() + $$"""

        coordinators:
          - { id: lane, name: Pat Lane, phone: "{{Coordinator}}" }
        """;

    [Fact]
    public async Task Should_call_it_instead_until_a_text_arrives_there_again()
    {
        await using var world = await World.StartAsync(databases, Book, nodes: 2);
        world.Phone(Books.Ash).TextOutcome = TextOutcome.Undelivered(30006);
        await AskedAsync(world, "+447700900201");

        // Tried once, told once, and known to every node, also to one that starts later.
        await world.StopNodeAsync(world.Nodes[0]);
        await world.StartNodeAsync();
        world.Phone(Books.Ash).TextOutcome = TextOutcome.Delivered;
        await AskedAsync(world, "+447700900202");
        await AskedAsync(world, "+447700900203");

        world.Texts(Books.Ash).ShouldBeEmpty();
        Pages(world).ShouldBe(1);
        world.Rings(Books.Ash).ShouldBe(3, world.Story());
        world.Texts(Coordinator).ShouldBe(["Alex Ash takes no texts: a landline, or its network cannot be reached (30006). They are called instead. Please look into it."]);
        (await world.EnquiriesAsync())[0].Timeline.ShouldContain("page-failed ash sms");
        (await WarningsAsync(world)).ShouldBe(["Alex Ash takes no texts since Wed 25 Nov 2026 09:00 GMT: a landline, or its network cannot be reached (30006)."]);

        // A week later it is tried again, and proves well.
        world.Time.Advance(TimeSpan.FromDays(7));
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await AskedAsync(world, "+447700900204");
        Pages(world).ShouldBe(2);
        (await world.ReadAsync("SELECT number FROM quarantine")).ShouldBeEmpty();

        // Who texts STOP is texted again from START on.
        await world.TextAsync(Books.Ash, "STOP");
        await AskedAsync(world, "+447700900205");
        Pages(world).ShouldBe(2);
        world.Texts(Coordinator)[^1].ShouldBe("Alex Ash takes no texts: it has texted STOP (21610). They are called instead. Please look into it.");
        await world.TextAsync(Books.Ash, "START");
        await AskedAsync(world, "+447700900206");
        Pages(world).ShouldBe(3);

        // Another number in the book is another number.
        world.Phone(Books.Ash).TextOutcome = TextOutcome.Failed(30005);
        await AskedAsync(world, "+447700900207");
        (await WarningsAsync(world)).Count.ShouldBe(1);
        await world.PublishAsync(Book.Replace(Books.Ash, "+447700900109", StringComparison.Ordinal));
        await AskedAsync(world, "+447700900208");
        world.Texts("+447700900109").ShouldNotBeEmpty();
        (await WarningsAsync(world)).ShouldBeEmpty();
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_call_no_number_for_an_hour_that_Twilio_refuses_to_call()
    {
        await using var world = await World.StartAsync(databases, Book, nodes: 2);
        var quarantine = world.Nodes[0].Services.GetRequiredService<Quarantine>();
        await quarantine.CallFailedAsync(PhoneNumber.Parse(Books.Ash), PhoneNumber.Parse(World.Line), 13223, "extradition", TestContext.Current.CancellationToken);
        await quarantine.CallFailedAsync(PhoneNumber.Parse(Books.Birch), PhoneNumber.Parse(World.Line), 20500, "extradition", TestContext.Current.CancellationToken);

        // A network that is away for a while says nothing of the number: who is not rung then may be the only one.
        await quarantine.CallFailedAsync(PhoneNumber.Parse(Books.Birch), PhoneNumber.Parse(World.Line), 13224, "extradition", TestContext.Current.CancellationToken);
        await quarantine.CallFailedAsync(PhoneNumber.Parse(Books.Birch), PhoneNumber.Parse(World.Line), 21214, "extradition", TestContext.Current.CancellationToken);

        await world.CallAsync();
        await world.UntilAsync(() => world.Rings(Books.Birch) == 1);
        await world.UntilAsync(() => world.Texts(Coordinator).Count > 0);
        world.Rings(Books.Ash).ShouldBe(0);
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash call");
        world.Texts(Coordinator).ShouldBe(["Alex Ash cannot be called: no valid number (13223). Please put the number right in the book."]);

        world.Time.Advance(TimeSpan.FromHours(1));
        await world.CallAsync(from: "+447700900202");
        await world.UntilAsync(() => world.Rings(Books.Ash) == 1);
    }

    [Fact]
    public async Task Should_leave_a_number_alone_from_that_line_only_where_no_way_leads_there_from_its_number()
    {
        await using var world = await World.StartAsync(databases, Book, nodes: 2);
        var (quarantine, ash) = (world.Nodes[0].Services.GetRequiredService<Quarantine>(), PhoneNumber.Parse(Books.Ash));
        await quarantine.TextFailedAsync(ash, PhoneNumber.Parse("+442079460999"), 21612, "extradition", TestContext.Current.CancellationToken);

        await AskedAsync(world, "+447700900201");

        Pages(world).ShouldBe(1);
        world.Rings(Books.Ash).ShouldBe(0);
    }

    /// <summary>An officer asks, and Birch takes it a moment later and closes it.</summary>
    private static async Task AskedAsync(World world, string officer)
    {
        await world.TextAsync(officer, "How do I extradite somebody from Spain?");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var shortRef = (await world.EnquiriesAsync())[0].Ref;
        await world.TextAsync(Books.Birch, $"{shortRef} 1");
        await world.TextAsync(Books.Birch, $"done {shortRef} other");
    }

    /// <summary>How often Ash was paged by text, in vain or not.</summary>
    private static int Pages(World world) => world.Twilio.Messages.Count(text => text.To == Books.Ash && text.Body.EndsWith("2 to pass.", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> WarningsAsync(World world) =>
        [.. (await world.AskAsync(HttpMethod.Get, "warnings")).GetProperty("warnings").EnumerateArray()
            .Where(warning => warning.GetProperty("rule").GetString() == "takes-no-texts").Select(warning => warning.GetProperty("sentence").GetString()!)];
}
