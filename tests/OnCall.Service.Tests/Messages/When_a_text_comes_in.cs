using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Messages;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

public sealed class When_a_text_comes_in(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_close_the_enquiry_when_its_adviser_writes_DONE(int nodes)
    {
        await using var world = await TakenAsync(nodes);
        var shortRef = (await world.EnquiryAsync()).Ref;

        await world.TextAsync(Books.Ash, $"done {shortRef} Extradition form sent");

        world.Texts(Books.Ash)[^1].ShouldBe($"{shortRef} is closed as extradition. Thank you.");
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("closed");
        enquiry.Timeline.TakeLast(2).ShouldBe(["closed ash", "note ash"]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_act_upon_a_text_of_which_it_is_told_again_later()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2);
        foreach (var body in new[] { "1", "call", "done other", "thank you", "SICK", "BACK", "NEW and me?" })
        {
            await world.TextAsync(body == "SICK" ? Books.Dogwood : Books.Birch, body);
        }

        await world.TextAsync(World.Officer, "How do I extradite somebody?");
        world.Time.Advance(TimeSpan.FromHours(20));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var before = await world.ReadAsync("SELECT document::text FROM enquiries UNION ALL SELECT max(revision)::text FROM book_revisions ORDER BY 1");

        var texts = world.Nodes[1].Services.GetRequiredService<TextWebhooks>();
        var told = world.Twilio.Webhooks.Where(webhook => webhook.Kind == "text").ToList();
        foreach (var again in told)
        {
            await texts.ReceivedAsync(TwilioForm.Of([.. again.Parameters]), TestContext.Current.CancellationToken);
        }

        await world.SettleAsync();
        told.Count.ShouldBe(8);
        (await world.ReadAsync("SELECT document::text FROM enquiries UNION ALL SELECT max(revision)::text FROM book_revisions ORDER BY 1")).ShouldBe(before);
    }

    [Fact]
    public async Task Should_refuse_pictures_and_say_why()
    {
        await using var world = await TakenAsync();
        var texts = world.Nodes[0].Services.GetRequiredService<TextWebhooks>();

        foreach (var (sid, from) in new[] { ("MM1", World.Officer), ("MM2", Books.Ash) })
        {
            var picture = TwilioForm.Of([new("MessageSid", sid), new("From", from), new("To", World.Line), new("Body", ""), new("NumMedia", "1"), new("MediaUrl0", "https://example.org/p.jpg")]);
            var answer = await texts.ReceivedAsync(picture, TestContext.Current.CancellationToken);
            answer.ShouldBeOfType<ContentHttpResult>().ResponseContent!.ShouldContain("Pictures cannot be passed on here");
        }

        (await world.EnquiriesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_file_words_that_are_no_topic_as_other()
    {
        await using var world = await TakenAsync();
        var shortRef = (await world.EnquiryAsync()).Ref;

        await world.TextAsync(Books.Ash, $"DONE {shortRef} all well");

        world.Texts(Books.Ash)[^1].ShouldBe($"{shortRef} is closed as other. Thank you.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_close_what_is_somebody_elses()
    {
        await using var world = await TakenAsync();
        var shortRef = (await world.EnquiryAsync()).Ref;

        await world.TextAsync(Books.Birch, $"DONE {shortRef} extradition");

        world.Texts(Books.Birch)[^1].ShouldBe("No open enquiry of yours has that reference. Write DONE, the four digits, and a topic.");
        (await world.EnquiryAsync()).State.ShouldBe("accepted");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_give_an_abandoned_enquiry_to_the_first_who_writes_1(int nodes)
    {
        await using var world = await AbandonedAsync(nodes);
        var shortRef = (await world.EnquiryAsync()).Ref;

        await world.TextAsync(Books.Birch, " 1 ");
        await world.TextAsync(Books.Ash, "1");

        world.Texts(Books.Birch).TakeLast(2).ShouldBe(
            [$"You have {shortRef}. We ring you now: press 1, and we ring the officer. If you miss it, reply CALL {shortRef}.", $"{shortRef} is yours (Extradition). Officer's number: {World.Officer}. No names or case detail by text."],
            ignoreOrder: true);
        world.Texts(Books.Ash)[^1].ShouldBe($"{shortRef} was already taken by Billie Birch.");
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("birch");
        enquiry.Timeline.ShouldContain("accepted birch sms");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ring_who_writes_1_and_then_the_officer(int nodes)
    {
        await using var world = await AbandonedAsync(nodes);
        world.Phone(Books.Birch).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.TextAsync(Books.Birch, "1");
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }]);

        world.Phone(World.Officer).Calls[1].ConnectedWith[0].To.ShouldBe(Books.Birch);
        (await world.EnquiryAsync()).Timeline.ShouldContain("bridged birch call");
    }

    [Fact]
    public async Task Should_not_remind_anybody_of_what_was_taken()
    {
        await using var world = await AbandonedAsync();

        await world.TextAsync(Books.Birch, "take");
        var texts = world.Twilio.Messages.Count;
        await world.PassAsync(TimeSpan.FromMinutes(20));

        world.Twilio.Messages.Count.ShouldBe(texts);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_stop_the_chase_when_one_writes_1()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null, TimeSpan.FromMinutes(3));

        await world.TextAsync(Books.Cedar, "1");
        await world.PassAsync(TimeSpan.FromMinutes(20));

        world.Rings(Books.Cedar).ShouldBe(2, "the call of the chase connects the two");
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_say_that_nothing_is_open()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        await world.TextAsync(Books.Ash, "1");

        world.Texts(Books.Ash).ShouldBe(["Nothing is open for you to take just now."]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_an_adviser_what_can_be_written()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        await world.TextAsync(Books.Ash, "on my way");

        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldStartWith("Not understood. Reply 1 to take");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_answer_a_repeated_text_alike()
    {
        await using var world = await AbandonedAsync();
        var shortRef = (await world.EnquiryAsync()).Ref;
        world.Balancer.Copies = 2;

        await world.TextAsync(Books.Birch, "1");
        await world.TextAsync(Books.Birch, $"DONE {shortRef} records");

        world.Balancer.Differences.ShouldBeEmpty();
        world.Texts(Books.Birch)[^1].ShouldBe($"{shortRef} is closed as records. Thank you.");
        (await world.EnquiryAsync()).Timeline.Count(line => line == "closed birch").ShouldBe(1);
        world.ShouldBeFlawless();
    }

    /// <summary>Ash has taken a call, and both have hung up.</summary>
    private async Task<World> TakenAsync(int nodes = 1)
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(15));
        return world;
    }

    /// <summary>An officer has hung up while Ash and Birch were rung.</summary>
    private async Task<World> AbandonedAsync(int nodes = 1)
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(10));
        return world;
    }
}
