using OnCall.Core.Escalation;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

/// <summary>Numbers that are blocked or write too often: a key and a force first, and never dropped.</summary>
public sealed class When_a_sender_is_in_doubt(TestDatabase databases)
{
    private const string Blocked = "+447700900666";

    private static readonly string Book = Books.TwoDesks() + $$"""

        forces:
          - { id: essex, name: Essex Police, nation: england, region: eastern, numbers: ["+441632960*"] }
        blocked:
          - { number: "{{Blocked}}", reason: abusive texts }
        """;

    [Fact]
    public async Task Should_page_nobody_before_a_key_and_a_force_are_given()
    {
        await using var world = await World.StartAsync(databases, Book, nodes: 2);
        await world.TextAsync(Blocked, "extradition: how do I");
        await world.PassAsync(TimeSpan.FromMinutes(5));

        var asked = await world.EnquiryAsync();
        (asked.State, asked.From, asked.Timeline[0]).ShouldBe(("menu", Blocked, "received sms"));
        world.Texts(Blocked).ShouldHaveSingleItem().ShouldStartWith($"{asked.Ref}: before an expert is asked, please reply with a number (1 extradition, 2 foreign records) and your force");
        await world.TextAsync(Blocked, "tell me");
        await world.TextAsync(Books.Dogwood, $"{asked.Ref} take");
        world.Texts(Blocked).Count.ShouldBe(2);
        world.Texts(Books.Dogwood).ShouldHaveSingleItem().ShouldStartWith("Nothing");

        await world.TextAsync(Blocked, "2, Essex");
        world.Texts(Blocked)[^1].ShouldStartWith($"Your enquiry is {asked.Ref}.");
        await world.TextAsync(Books.Dogwood, "1");
        world.Texts(Books.Dogwood).ShouldContain($"{asked.Ref} officer: extradition: how do I");

        // Who is not blocked, and writes too often, is asked as well.
        for (var enquiry = 1; enquiry <= Escalator.FloodCalls; enquiry++)
        {
            await world.TextAsync(World.Officer, $"again {enquiry}");
            await world.TextAsync(Books.Ash, "1");
            await world.TextAsync(Books.Ash, "done other");
        }

        world.Texts(World.Officer).ShouldAllBe(text => text.StartsWith("Your enquiry", StringComparison.Ordinal));
        var pages = world.Texts(Books.Birch).Count;
        await world.TextAsync(World.Officer, "and again");
        world.Texts(World.Officer)[^1].ShouldContain("before an expert is asked");
        world.Texts(Books.Birch).Count.ShouldBe(pages);
        world.ShouldBeFlawless();
    }
}
