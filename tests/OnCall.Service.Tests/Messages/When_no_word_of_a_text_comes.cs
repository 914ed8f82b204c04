using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

/// <summary>The service, or the way to it, was away when a text came in: Twilio has it, and tells of it no more.</summary>
public sealed class When_no_word_of_a_text_comes(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";

    [Theory, Nodes]
    public async Task Should_find_it_and_open_the_enquiry_once(int nodes)
    {
        await using var world = await StartedAsync(nodes);
        await MissAsync(world, World.Officer, Words);

        await world.LookForTextsAsync();

        world.Texts(World.Officer).ShouldHaveSingleItem(world.Story()).ShouldStartWith("Your enquiry is");
        world.Texts(Books.Ash).Count(text => text.Contains("Reply 1 to take it", StringComparison.Ordinal)).ShouldBe(1);
        await world.TextAsync(Books.Ash, "1");
        world.Texts(Books.Ash).ShouldContain(text => text.EndsWith($"officer: {Words}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_pass_words_on_and_obey_commands_and_answer_them()
    {
        await using var world = await StartedAsync();
        await world.TextAsync(World.Officer, Words);
        await MissAsync(world, Books.Ash, "1");
        await world.LookForTextsAsync();
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.Texts(Books.Ash).ShouldContain(text => text.StartsWith("You have", StringComparison.Ordinal));

        await MissAsync(world, Books.Ash, "Use form E1");
        await MissAsync(world, World.Officer, "Thank you");
        await world.LookForTextsAsync();

        world.Texts(World.Officer).ShouldContain("Use form E1", world.Story());
        world.Texts(Books.Ash).Count(text => text.EndsWith("officer: Thank you", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_look_back_to_the_last_text_when_the_service_starts_again()
    {
        await using var world = await StartedAsync();
        await world.StopNodeAsync(world.Nodes[0]);
        world.Phone(World.Officer).Text(World.Line, Words);
        world.Phone(Books.Ash).Text(World.Line, "1");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Time.Advance(TimeSpan.FromMinutes(40));

        await world.StartNodeAsync();
        await world.LookForTextsAsync();

        var enquiry = await world.EnquiryAsync();
        (enquiry.From, enquiry.AcceptedBy).ShouldBe((World.Officer, null));
        world.Texts(World.Officer).ShouldHaveSingleItem().ShouldStartWith("Your enquiry is");
        world.Texts(Books.Ash).ShouldContain(text => text.Contains("was not acted upon. Please send it again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_look_back_although_no_text_had_come_for_days()
    {
        await using var world = await StartedAsync();
        world.Time.Advance(TimeSpan.FromDays(3));
        await world.LookForTextsAsync();
        await world.StopNodeAsync(world.Nodes[0]);
        world.Phone(World.Officer).Text(World.Line, Words);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Time.Advance(TimeSpan.FromMinutes(40));

        await world.StartNodeAsync();
        await world.LookForTextsAsync();

        world.Texts(World.Officer).ShouldHaveSingleItem(world.Story()).ShouldStartWith("Your enquiry is");
    }

    [Fact]
    public async Task Should_look_back_although_a_text_comes_by_itself_before_Twilio_answers_the_first_look()
    {
        await using var world = await StartedAsync();
        await world.StopNodeAsync(world.Nodes[0]);
        world.Phone(World.Officer).Text(World.Line, Words);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Time.Advance(TimeSpan.FromMinutes(40));

        await world.Twilio.Faults.SetReachableAsync(false);
        await world.StartNodeAsync();
        await world.TextAsync(Books.Cedar, "?");
        await world.Twilio.Faults.SetReachableAsync(true);
        await world.LookForTextsAsync();

        world.Texts(World.Officer).ShouldHaveSingleItem(world.Story()).ShouldStartWith("Your enquiry is");
    }

    [Fact]
    public async Task Should_leave_alone_what_came_before_there_was_a_service()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.StopNodeAsync(world.Nodes[0]);
        world.Phone(World.Officer).Text(World.Line, Words);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Time.Advance(TimeSpan.FromMinutes(10));

        await world.StartNodeAsync();
        await world.LookForTextsAsync();

        (await world.EnquiriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_leave_alone_what_Twilio_answers()
    {
        await using var world = await StartedAsync();
        await world.TextAsync(Books.Ash, "STOP");

        await world.LookForTextsAsync();

        world.Nodes[0].Log.Finds("No word came of the text").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_answer_a_question_that_was_handled_no_second_time()
    {
        await using var world = await StartedAsync();
        await world.TextAsync(Books.Ash, "who");
        var answers = world.Texts(Books.Ash).Count;

        await world.LookForTextsAsync();

        world.Texts(Books.Ash).Count.ShouldBe(answers);
    }

    /// <summary>A text has come in before, so that there is something from which to look on.</summary>
    private async Task<World> StartedAsync(int nodes = 1)
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await world.TextAsync(Books.Cedar, "?");
        return world;
    }

    /// <summary>Twilio meets nobody, and gives up.</summary>
    private static async Task MissAsync(World world, string from, string body)
    {
        world.Balancer.Serve();
        await world.TextAsync(from, body);
        world.Twilio.Webhooks[^1].Error.ShouldNotBeNull();
        world.ServeNodes();
    }
}
