using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Messages;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>What is told of calls afterwards, in whatever order, beside what cannot be told.</summary>
public sealed class When_the_journal_is_told(TestDatabase databases)
{
    private const string Call = "CA00000000000000000000000000000a01";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_ring_nobody_for_an_officer_who_is_gone_where_the_end_of_the_call_is_told_first(bool live)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var (record, journal) = (world.Nodes[0].Services.GetRequiredService<ChainRecord>(), world.Nodes[0].Services.GetRequiredService<Journal>());
        var over = new JournalEntry(Now(world), null, [], Call);
        if (live)
        {
            await record.TellAsync(over);
        }
        else
        {
            journal.Append(over);
        }

        await world.PassAsync(TimeSpan.FromSeconds(20));
        await record.WriteAsync(new JournalEntry(Now(world), State(world), [new ChainFact.Began()]));
        await world.FoundAgainAsync();
        await world.PassAsync(TimeSpan.FromMinutes(5));

        (await world.EnquiryAsync()).State.ShouldBe("abandoned");
        world.Rings(Books.Ash).ShouldBe(0);
        Directory.GetFiles(world.Journals).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_give_up_the_end_of_a_call_of_which_nothing_else_is_told()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var journal = world.Nodes[0].Services.GetRequiredService<Journal>();
        await world.Nodes[0].Services.GetRequiredService<ChainRecord>().TellAsync(new JournalEntry(Now(world), null, [], Call));
        await world.PassAsync(TimeSpan.FromSeconds(30));
        journal.Count.ShouldBe(1);

        await world.PassAsync(TimeSpan.FromSeconds(40));
        await world.FoundAgainAsync();
        Directory.GetFiles(world.Journals).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_another_message_of_an_officer_who_had_left_one()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var record = world.Nodes[0].Services.GetRequiredService<ChainRecord>();
        var state = State(world);
        foreach (var message in new[] { "RE00000000000000000000000000000a01", "RE00000000000000000000000000000a02", "RE00000000000000000000000000000a02", "RE00000000000000000000000000000a01" })
        {
            await record.WriteAsync(new JournalEntry(Now(world), state, [new ChainFact.MessageLeft(message, Duration.FromSeconds(20))]));
        }

        (await world.ReadAsync("SELECT detail FROM timeline WHERE detail LIKE 'the officer left another message%'")).ShouldHaveSingleItem();
    }

    /// <summary>The journal of a machine that was away: what was done with the text elsewhere is forgotten after two days.</summary>
    [Fact]
    public async Task Should_not_obey_what_an_adviser_texted_days_ago()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var journal = world.Nodes[0].Services.GetRequiredService<Journal>();

        journal.Append(new JournalEntry(Now(world) - Duration.FromDays(3), null, [], Text: new HeldText(
            TextTold.Received, null, [new("MessageSid", $"SM{1:d32}"), new("From", Books.Ash), new("To", World.Line), new("Body", "SICK")])));
        await world.FoundAgainAsync();
        await world.UntilAsync(() => world.Texts(Books.Ash).Any());

        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldBe(Phrases.AdvisersTextCameLate(Language.English));
        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldContain("\"ash\"");
    }

    [Fact]
    public async Task Should_tell_the_calls_behind_texts_that_cannot_be_told()
    {
        const int Texts = 40;
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var (journal, time) = (world.Nodes[0].Services.GetRequiredService<Journal>(), TimeProvider.System);
        await world.ReadAsync("ALTER TABLE told_texts RENAME TO told_texts_away");
        var began = time.GetTimestamp();
        for (var text = 0; text < Texts; text++)
        {
            journal.Append(new JournalEntry(Now(world), null, [], Text: new HeldText(TextTold.Received, null, [new("MessageSid", $"SM{text:d32}"), new("From", World.Officer), new("To", World.Line), new("Body", "ext")])));
        }

        journal.Append(new JournalEntry(Now(world), State(world), [new ChainFact.Began()]));
        await RealTime.UntilAsync(async () => (await world.ReadAsync("SELECT call_sid FROM legs WHERE call_sid = '" + Call + "'")).Count > 0, "the call is told");

        time.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(Texts * 0.75), "each that fails rests for a second, and deadlines wait for three seconds alone");
        await RealTime.UntilAsync(() => journal.Count == Texts);
        await world.ReadAsync("ALTER TABLE told_texts_away RENAME TO told_texts");
        await world.FoundAgainAsync();
    }

    private static Instant Now(World world) => world.Time.GetCurrentInstant();

    private static ChainState State(World world) =>
        ChainState.Unseen(Guid.NewGuid(), PhoneNumber.Parse(World.Line), PhoneNumber.Parse("+447700900202"), Call, 1, false, Now(world));
}
