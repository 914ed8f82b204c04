using OnCall.Service.Tests.Chain;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

/// <summary>Twilio tells of a text once: it must not be lost because PostgreSQL cannot be reached at that moment.</summary>
public sealed class When_texts_come_while_the_database_is_away(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";

    [Theory, Nodes]
    public async Task Should_tell_the_officer_that_it_is_kept_and_open_the_enquiry_afterwards(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes, gated: true);
        world.TakeDatabaseAway();

        await world.TextAsync(World.Officer, Words);

        world.Texts(World.Officer).ShouldBe(
            [$"We have your text. An expert will be asked within minutes. If it cannot wait, call {World.Line}. If life is in danger, use your control room or 999."]);
        await BackAsync(world);
        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Desk).ShouldBe(("paging", "extradition"));
        world.Texts(World.Officer)[1].ShouldStartWith($"Your enquiry is {enquiry.Ref}.");
        await world.TextAsync(Books.Ash, "1");
        world.Texts(Books.Ash).ShouldContain(text => text.EndsWith($"officer: {Words}", StringComparison.Ordinal));
        Directory.GetFiles(world.Journals).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_keep_what_both_write_to_each_other_and_tell_each_once()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        await world.TextAsync(World.Officer, Words);
        await world.TextAsync(Books.Ash, "1");
        world.TakeDatabaseAway();

        await world.TextAsync(World.Officer, "The flight is at noon.");
        await world.TextAsync(World.Officer, "It is a morning flight.");
        await world.TextAsync(Books.Ash, "Which airport is it?");

        world.Texts(World.Officer).Count(text => text.StartsWith("We have your text.", StringComparison.Ordinal)).ShouldBe(1);
        world.Texts(Books.Ash)[^1].ShouldBe("We have your text. It is done within minutes, and answered then: please do not send it again.");
        await BackAsync(world);
        world.Texts(Books.Ash).ShouldContain(text => text.EndsWith("officer: The flight is at noon.", StringComparison.Ordinal));
        world.Texts(Books.Ash).ShouldContain(text => text.EndsWith("officer: It is a morning flight.", StringComparison.Ordinal));
        world.Texts(World.Officer).ShouldContain(text => text.EndsWith("Which airport is it?", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_do_afterwards_what_an_adviser_commands_and_answer_it()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        await world.TextAsync(World.Officer, Words);
        world.TakeDatabaseAway();

        await world.TextAsync(Books.Birch, "1");
        await BackAsync(world);

        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("birch");
        world.Texts(Books.Birch).ShouldContain(text => text.StartsWith($"{enquiry.Ref} is yours", StringComparison.Ordinal), string.Join("\n", world.Texts(Books.Birch)));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_close_by_DONE_what_was_taken_on_the_phone_before()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.TakeDatabaseAway();
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        await world.TextAsync(Books.Ash, "DONE");
        await BackAsync(world);

        var enquiry = await world.EnquiryAsync();
        (enquiry.Owner, enquiry.State).ShouldBe(("ash", "closed"));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_leave_to_Twilio_what_Twilio_answers()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.TakeDatabaseAway();

        await world.TextAsync(World.Officer, "STOP");
        await BackAsync(world);

        world.Texts(World.Officer).ShouldNotContain(text => text.StartsWith("We have your text.", StringComparison.Ordinal));
        (await world.ReadAsync("SELECT ref FROM enquiries")).ShouldBeEmpty();
    }

    private static async Task BackAsync(World world)
    {
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));
    }
}
