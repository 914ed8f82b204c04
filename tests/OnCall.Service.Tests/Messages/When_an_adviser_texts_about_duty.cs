using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

public sealed class When_an_adviser_texts_about_duty(TestDatabase databases)
{
    private const string Coordinator = "+447700900150";

    [Fact]
    public async Task Should_say_who_is_on_duty()
    {
        await using var world = await StartAsync();

        await world.TextAsync(Books.Dogwood, "who");
        await world.TextAsync(Books.Dogwood, "WHO extradition?");
        await world.TextAsync(Books.Dogwood, "who nowhere");

        world.Texts(Books.Dogwood).ShouldBe(
            ["Extradition: Alex Ash, Billie Birch\nForeign records: Dana Dogwood", "Extradition: Alex Ash, Billie Birch", "No desk has that name. The desks: extradition, records."]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_say_when_the_adviser_is_on_duty()
    {
        await using var world = await StartAsync();

        await world.TextAsync(Books.Ash, "Duty");
        await world.TextAsync(Books.Dogwood, "duty");

        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldStartWith("Extradition, first on call: Wed 25 Nov 2026 09:00 GMT to ");
        world.Texts(Books.Dogwood).ShouldBe(["You have no duty in the next 60 days."]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_the_sick_off_duty_and_tell_the_next_and_the_coordinators()
    {
        await using var world = await StartAsync();
        world.Balancer.Copies = 2;

        await world.TextAsync(Books.Ash, "SICK.");
        await world.TextAsync(World.Officer, "how do I");

        world.Texts(Books.Ash).Count(text => text.StartsWith("You are off duty until ", StringComparison.Ordinal)).ShouldBe(1);
        world.Texts(Books.Cedar).Count(text => text.StartsWith("You are on duty for Extradition, first on call ", StringComparison.Ordinal) && text.EndsWith(", after Alex Ash.", StringComparison.Ordinal)).ShouldBe(1);
        world.Texts(Books.Cedar).Count.ShouldBe(2);
        world.Texts(Coordinator).ShouldHaveSingleItem().ShouldEndWith("On duty now: Chris Cedar.");
        world.Texts(Books.Cedar).ShouldContain(text => text.EndsWith("Reply 1 to take it, 2 to pass.", StringComparison.Ordinal));

        await world.TextAsync(Books.Ash, "back");

        world.Texts(Books.Ash).ShouldContain("You are not reported sick, and are on duty as the rota says. Thank you.");
        world.Texts(Books.Cedar)[^1].ShouldStartWith("Your duty for Extradition, first on call has ended;");
        world.Texts(Coordinator).Count.ShouldBe(2);
        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldContain("\"ash\"");
        world.Balancer.Differences.ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ask_the_next_in_line_for_cover_where_nobody_stands_in()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks().Replace("advisers: [ash]", "advisers: [ash, cedar]", StringComparison.Ordinal));
        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldContain("\"id\":\"ash\"");

        await world.TextAsync(Books.Ash, "SICK");

        world.Texts(Books.Cedar).ShouldContain(text => text.StartsWith("Alex Ash reported sick, and nobody stands in until Mon 30 Nov ", StringComparison.Ordinal), string.Join("\n", world.Texts(Books.Cedar)));
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task Should_take_a_stand_in_who_is_sick_off_duty_and_put_the_override_back_afterwards(int published)
    {
        await using var world = await StartAsync();
        var before = (await world.AskAsync(HttpMethod.Get, "rotas/extradition")).ToString();

        await world.TextAsync(Books.Birch, "SICK");
        await world.TextAsync(World.Officer, "how do I");

        world.Texts(Books.Birch).ShouldContain(text => text.StartsWith("You are off duty until ", StringComparison.Ordinal));
        world.Texts(Books.Birch).ShouldNotContain(text => text.Contains("Reply 1 to take it", StringComparison.Ordinal));
        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldNotContain("\"id\":\"birch\"");

        for (var revision = 0; revision < published; revision++)
        {
            await world.AskAsync(HttpMethod.Put, "advisers/spare", new { name = $"Spare {revision}", phone = "+447700900160" });
        }

        await world.TextAsync(Books.Birch, "BACK");

        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldContain("\"id\":\"birch\"");
        (await world.AskAsync(HttpMethod.Get, "rotas/extradition")).ToString().ShouldBe(before);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_change_nothing_for_who_is_not_on_duty()
    {
        await using var world = await StartAsync();

        await world.TextAsync(Books.Dogwood, "sick");
        await world.TextAsync(Books.Dogwood, "?");

        world.Texts(Books.Dogwood)[0].ShouldStartWith("You are not on duty now");
        world.Texts(Books.Dogwood)[1].ShouldStartWith("1 take, 2 pass");
        world.Texts(Coordinator).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData("NEW")]
    [InlineData("new")]
    public async Task Should_not_page_an_adviser_for_what_the_adviser_asks(string word)
    {
        await using var world = await StartAsync();

        await world.TextAsync(Books.Ash, $"{word} who knows about Norway");

        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldStartWith("Your enquiry is ");
        world.Texts(Books.Birch).ShouldHaveSingleItem().ShouldContain("Reply 1 to take it");
        await world.TextAsync(Books.Birch, "1");
        await world.TextAsync(Books.Birch, "I do");
        world.Texts(Books.Ash)[^1].ShouldBe("I do");
        await world.TextAsync(Books.Ash, "good");
        world.Texts(Books.Birch)[^1].ShouldEndWith("officer: good");
        world.ShouldBeFlawless();
    }

    /// <summary>Below Ash lies Cedar, and there is a coordinator.</summary>
    private Task<World> StartAsync() => World.StartAsync(databases, Books.TwoDesks().Replace(
        "    layers:\n", "    layers:\n      - { name: below, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [cedar] } }\n", StringComparison.Ordinal)
        + $$"""

        coordinators:
          - { id: lane, name: Pat Lane, phone: "{{Coordinator}}" }
        """);
}
