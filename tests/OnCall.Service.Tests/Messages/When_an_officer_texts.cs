using Npgsql;
using OnCall.Service.Tests.Chain;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

/// <summary>Enquiries by text: receipt, pages, taking, words in both directions.</summary>
public sealed class When_an_officer_texts(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";

    [Theory, Nodes]
    public async Task Should_send_one_receipt_and_text_the_first_step_without_the_words(int nodes)
    {
        await using var world = await OpenedAsync(nodes);
        var shortRef = (await world.EnquiryAsync()).Ref;

        world.Texts(World.Officer).ShouldBe([$"Your enquiry is {shortRef}. An expert will text you. For a call, text CALL ME. No names or case detail, please. If life is in danger, use your control room or 999."]);
        foreach (var adviser in new[] { Books.Ash, Books.Birch })
        {
            world.Texts(adviser).ShouldBe([$"{shortRef} routine (Extradition): a text from {World.Officer}. Reply 1 to take it, 2 to pass."]);
        }

        world.Texts(Books.Cedar).ShouldBeEmpty();
        (await world.EnquiryAsync()).State.ShouldBe("paging");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_text_the_next_step_and_call_those_before_when_nobody_answers()
    {
        await using var world = await OpenedAsync();
        world.Phone(Books.Birch).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Texts(Books.Cedar).Count > 0 && world.Rings(Books.Ash) == 1);
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [{ ConnectedWith.Count: > 0 }]);

        world.Phone(World.Officer).Calls[0].ConnectedWith[0].To.ShouldBe(Books.Birch);
        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("birch");
        enquiry.Timeline.ShouldContain("page-sent cedar sms");
        await world.UntilAsync(() => world.Texts(Books.Birch).Any(text => text.EndsWith($"officer: {Words}", StringComparison.Ordinal)));
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_go_on_with_the_chase_when_all_rounds_are_through()
    {
        await using var world = await OpenedAsync();

        await world.UntilAsync(() => world.Texts(World.Officer).Count == 2, TimeSpan.FromMinutes(4));
        world.Texts(World.Officer)[^1].ShouldContain("no expert could answer yet. We keep trying");
        (await world.EnquiryAsync()).State.ShouldBe("unanswered");
        await world.UntilAsync(() => world.Rings(Books.Cedar) == 1, TimeSpan.FromMinutes(3));
        await world.TextAsync(Books.Cedar, "1");

        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.Texts(Books.Cedar).ShouldContain(text => text.EndsWith($"officer: {Words}", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_pass_words_on_both_ways_and_to_nobody_else(int nodes)
    {
        await using var world = await OpenedAsync(nodes);
        var shortRef = (await world.EnquiryAsync()).Ref;
        await world.TextAsync(World.Officer, "It is urgent by tonight");

        await world.TextAsync(Books.Ash, "Yes 1");
        await world.TextAsync(Books.Ash, "Use form E1");
        await world.TextAsync(World.Officer, "Thank you");
        await world.TextAsync(Books.Birch, "me too");

        world.Texts(World.Officer).Skip(1).ShouldBe(["Use form E1"]);
        world.Texts(Books.Ash).Skip(1).ShouldBe(
            [
                $"You have {shortRef}. The number comes in a text of its own.",
                $"{shortRef} is yours (Extradition), from {World.Officer}. Texts here go to the officer; CALL rings you both. No names or case detail.",
                $"{shortRef} officer: {Words}",
                $"{shortRef} officer: It is urgent by tonight",
                $"{shortRef} officer: Thank you",
            ],
            ignoreOrder: true);
        world.Texts(Books.Birch).Count.ShouldBe(3);
        world.Texts(Books.Birch)[1].ShouldBe($"{shortRef} was taken by Alex Ash. Nothing for you to do.");
        world.Texts(Books.Birch)[^1].ShouldStartWith("Not understood.");
        var everything = world.Phone(World.Officer).Inbox.Concat(world.Phone(Books.Ash).Inbox).Concat(world.Phone(Books.Birch).Inbox).ToList();
        everything.ShouldAllBe(text => text.From == World.Line);
        world.Texts(World.Officer).ShouldAllBe(text => !text.Contains(Books.Ash));
        (await world.EnquiryAsync()).Timeline.Where(line => line.StartsWith("message", StringComparison.Ordinal))
            .ShouldBe(["message-in sms", "message-in sms", "message-out ash sms", "message-in ash sms"]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_do_everything_once_although_each_webhook_comes_twice()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Balancer.Copies = 2;

        await world.TextAsync(World.Officer, Words);
        await world.TextAsync(World.Officer, "by tonight");
        await world.TextAsync(Books.Ash, "1");
        await world.TextAsync(Books.Ash, "Use form E1");
        await world.TextAsync(Books.Ash, "pass records");
        await world.TextAsync(Books.Dogwood, "1");

        world.Texts(World.Officer).Count.ShouldBe(2);
        world.Texts(World.Officer)[^1].ShouldBe("Use form E1");
        var shortRef = (await world.EnquiryAsync()).Ref;
        world.Texts(Books.Dogwood).Where(text => text.StartsWith($"{shortRef} officer", StringComparison.Ordinal) || text.StartsWith($"{shortRef} Alex", StringComparison.Ordinal))
            .ShouldBe([$"{shortRef} officer: {Words}", $"{shortRef} officer: by tonight", $"{shortRef} Alex Ash: Use form E1"], ignoreOrder: true);
        (await world.EnquiryAsync()).Timeline.Count(line => line == "accepted ash sms").ShouldBe(1);
        await world.TextAsync(Books.Dogwood, "done other");
        world.Texts(Books.Dogwood)[^1].ShouldBe($"{shortRef} is closed as other. Thank you.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_page_before_it_sends_receipts_when_the_rate_is_used_up()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), perSecond: 1);
        foreach (var officer in new[] { World.Officer, "+447700900202", "+447700900203" })
        {
            world.Phone(officer).Text(World.Line, Words);
        }

        await world.UntilAsync(() => world.Twilio.Messages.Count(text => text.Direction == "outbound-api") == 9);

        world.Twilio.Messages.Where(text => text.Direction == "outbound-api").Select(text => text.Body.StartsWith("Your enquiry", StringComparison.Ordinal))
            .ShouldBe([false, false, false, false, false, false, true, true, true]);
    }

    [Fact]
    public async Task Should_pass_on_a_yes_in_both_directions()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");

        await world.TextAsync(World.Officer, "Yes");
        await world.TextAsync(Books.Ash, "yes.");
        world.Texts(Books.Ash)[^1].ShouldEndWith("officer: Yes");
        await world.TextAsync(World.Officer, "HELP");

        world.Texts(Books.Ash)[^1].ShouldEndWith("officer: HELP");
        world.Texts(World.Officer).ShouldContain("yes.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_refuse_links_and_pass_the_words_on()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");

        await world.TextAsync(World.Officer, "I have it here: https://example.org/p.jpg, is it right?");
        await world.TextAsync(World.Officer, "www.example.org/p.jpg");
        await world.TextAsync(Books.Ash, "no, see https://example.org/e1");

        world.Texts(Books.Ash).Count(text => text.EndsWith("officer: I have it here: (link left out), is it right?", StringComparison.Ordinal)).ShouldBe(1);
        world.Texts(World.Officer).Count(text => text.StartsWith("Links cannot be passed on here", StringComparison.Ordinal)).ShouldBe(2);
        world.Texts(World.Officer).ShouldContain("no, see (link left out)");
        world.Texts(Books.Ash)[^1].ShouldStartWith("Links cannot be passed on here");
        (await world.EnquiryAsync()).Timeline.Count(line => line.StartsWith("message", StringComparison.Ordinal)).ShouldBe(3);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ask_which_enquiry_is_meant_where_there_are_several()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");
        var first = (await world.EnquiryAsync()).Ref;
        await world.TextAsync("+447700900202", "records from Norway");
        await world.TextAsync(Books.Ash, $"#{(await world.EnquiriesAsync())[0].Ref} 1");
        var second = (await world.EnquiriesAsync())[0].Ref;

        await world.TextAsync(Books.Ash, "on my way");
        world.Texts(Books.Ash)[^1].ShouldStartWith("Which one? Please begin your text with its reference:");
        await world.TextAsync(Books.Ash, $"{second} on my way");
        await world.TextAsync(Books.Ash, $"{first}: use form E1");

        world.Texts("+447700900202")[^1].ShouldBe("on my way");
        world.Texts(World.Officer)[^1].ShouldBe("use form E1");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_what_is_offered_and_not_what_was_passed_before()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "2");
        await world.TextAsync("+447700900202", "which form for Norway");

        await world.TextAsync(Books.Ash, "1");

        (await world.EnquiriesAsync()).Select(enquiry => enquiry.Owner).ShouldBe(["ash", "chase"], "the newest first");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_who_took_it_when_it_is_closed_by_then()
    {
        await using var world = await OpenedAsync();
        var shortRef = (await world.EnquiryAsync()).Ref;
        await world.TextAsync(Books.Ash, "1");
        await world.TextAsync(Books.Ash, "DONE extradition");

        await world.TextAsync(Books.Birch, "1");
        await world.TextAsync(Books.Ash, "1");

        world.Texts(Books.Birch)[^1].ShouldBe($"{shortRef} was already taken by Alex Ash.");
        world.Texts(Books.Ash)[^1].ShouldBe("Nothing is open for you to take just now.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_pass_to_another_desk_what_is_only_offered()
    {
        await using var world = await OpenedAsync();

        await world.TextAsync(Books.Ash, "PASS records");

        var enquiry = await world.EnquiryAsync();
        (enquiry.Desk, enquiry.Owner).ShouldBe(("records", "chase"));
        world.Texts(Books.Ash)[^1].ShouldBe($"{enquiry.Ref} is handed over (Foreign records). What was written goes along. Thank you.");
        world.Texts(Books.Dogwood).ShouldHaveSingleItem().ShouldEndWith("Reply 1 to take it, 2 to pass.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_pass_each_once_and_hand_over_what_is_held_by_the_next()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync("+447700900202", "which form for Norway");

        await world.TextAsync(Books.Ash, "2");
        await world.TextAsync(Books.Ash, "2");

        (await world.EnquiriesAsync()).ShouldAllBe(enquiry => enquiry.Timeline.Contains("page-declined ash sms"));

        await world.TextAsync("+447700900203", "again from Norway");
        await world.TextAsync(Books.Ash, "1");
        await world.TextAsync(Books.Ash, "PASS");

        (await world.EnquiriesAsync())[0].Timeline.ShouldContain("passed ash sms");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_lead_to_the_desk_that_the_text_names()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        await world.TextAsync(World.Officer, "Records: from Norway");
        await world.TextAsync("+447700900202", "2\nfrom Norway");

        (await world.EnquiriesAsync()).Select(enquiry => enquiry.Desk).ShouldBe(["records", "records"]);
        world.Texts(Books.Dogwood).Count.ShouldBe(2);
        await world.TextAsync(Books.Dogwood, "1");
        await world.TextAsync(Books.Dogwood, "1");
        (await world.EnquiriesAsync()).ShouldAllBe(enquiry => enquiry.Owner == "dogwood");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_close_by_DONE_and_open_a_new_one_afterwards()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");

        await world.TextAsync(Books.Ash, "Done extradition form sent");
        (await world.EnquiryAsync()).State.ShouldBe("closed");
        await world.TextAsync(World.Officer, "one more thing");

        (await world.EnquiriesAsync()).Count.ShouldBe(2);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_the_adviser_when_the_enquiry_is_closed_while_the_words_come()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");
        var shortRef = (await world.EnquiryAsync()).Ref;
        await using var database = NpgsqlDataSource.Create(world.ConnectionString);
        await using var held = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var row = await held.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("SELECT FROM enquiries FOR UPDATE");
        var closing = world.AskAsync(HttpMethod.Post, $"enquiries/{shortRef}/close", new { outcome = "extradition" });

        await RealTime.UntilARowIsWaitedForAsync(database);

        world.Phone(Books.Ash).Text(World.Line, "Use form E1");
        await RealTime.UntilAsync(database, "SELECT count(*) > 0 FROM words WHERE body = 'Use form E1'");
        await row.RollbackAsync(TestContext.Current.CancellationToken);
        await closing;
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Texts(Books.Ash)[^1].ShouldBe($"{shortRef} is not yours, so nothing was passed on. Reply ? for all commands.");
        world.Texts(World.Officer).ShouldNotContain(text => text.Contains("form", StringComparison.Ordinal));

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, held);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Should_call_an_adviser_whom_the_text_did_not_reach()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).TextOutcome = TextOutcome.Undelivered(30003);

        await world.TextAsync(World.Officer, Words);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null, TimeSpan.FromSeconds(20));

        world.Rings(Books.Birch).ShouldBe(0);
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash sms");
    }

    [Theory]
    [InlineData("ash")]
    [InlineData("a.ash-2")]
    public async Task Should_call_the_adviser_who_has_it_when_the_words_did_not_reach_them(string id)
    {
        var book = Books.TwoDesks().Replace("id: ash,", $"id: {id},", StringComparison.Ordinal).Replace("[ash]", $"[{id}]", StringComparison.Ordinal);
        await using var world = await World.StartAsync(databases, book);
        await world.TextAsync(World.Officer, Words);
        world.Phone(Books.Ash).TextOutcome = TextOutcome.Undelivered(30003);

        await world.TextAsync(Books.Ash, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null, TimeSpan.FromSeconds(20));

        (await world.EnquiryAsync()).Timeline.ShouldContain($"page-failed {id} sms");
        world.Twilio.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ring_who_has_it_and_connect_the_two_when_the_officer_asks_to_be_called()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.TextAsync(World.Officer, "Call me, please");
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [{ ConnectedWith.Count: > 0 }]);

        world.Phone(World.Officer).Calls[0].ConnectedWith[0].To.ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Timeline.ShouldContain("callback-requested sms");
        world.Texts(World.Officer).ShouldContain(text => text.Contains("An expert will call you on this number.", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_at_once_when_an_officer_who_hung_up_asks_to_be_called()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.UntilAsync(() => world.Texts(Books.Ash).Any());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.TextAsync(World.Officer, "Call me, please");
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(1));

        world.Phone(World.Officer).Calls[1].ConnectedWith[0].To.ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_the_adviser_when_the_words_did_not_reach_the_officer()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");
        world.Phone(World.Officer).TextOutcome = TextOutcome.Undelivered(30005);

        await world.TextAsync(Books.Ash, "Use form E1");
        await world.UntilAsync(() => world.Texts(Books.Ash)[^1].Contains("did not reach the officer", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        (await world.EnquiryAsync()).Timeline.ShouldContain("note ash sms");
    }

    [Fact]
    public async Task Should_send_a_number_without_texts_no_receipt_and_tell_the_adviser_to_phone()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        await world.TextAsync("+441632960001", Words);
        await world.TextAsync(Books.Ash, "1");
        world.Texts(Books.Ash).ShouldContain(text => text.Contains("takes no texts: please phone, or reply CALL", StringComparison.Ordinal));
        await world.TextAsync(Books.Ash, "Use form E1");

        world.Texts("+441632960001").ShouldBeEmpty();
        world.Texts(Books.Ash)[^1].ShouldContain("takes no texts. Please reply CALL");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_the_adviser_and_then_the_officer_when_the_adviser_writes_CALL()
    {
        await using var world = await OpenedAsync();
        await world.TextAsync(Books.Ash, "1");
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.TextAsync(Books.Ash, "call");
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [{ ConnectedWith.Count: > 0 }]);

        world.Phone(World.Officer).Calls[0].ConnectedWith[0].To.ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Timeline.ShouldContain("bridged ash call");
    }

    [Fact]
    public async Task Should_ring_the_steps_when_the_officer_calls_about_it()
    {
        await using var world = await OpenedAsync();
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith[0].To.ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("Help")]
    public async Task Should_leave_the_carriers_words_alone(string word)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        await world.TextAsync(World.Officer, word);

        (await world.EnquiriesAsync()).ShouldBeEmpty();
        world.Texts(World.Officer).ShouldAllBe(text => !text.Contains("enquiry"));
    }

    [Fact]
    public async Task Should_come_to_an_end_when_an_advisers_phone_answers_by_itself()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        for (var times = 0; times < 70; times++)
        {
            world.Phone(Books.Ash).Text(World.Line, "I am away and will answer later");
            await world.PassAsync(TimeSpan.FromSeconds(3));
        }

        world.Texts(Books.Ash).Count.ShouldBe(60);
    }

    /// <summary>One duty phone that goes from hand to hand: in the book it is several advisers'.</summary>
    [Fact]
    public async Task Should_take_the_texts_of_a_shared_phone_as_of_the_one_who_is_meant()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks().Replace($"\"{Books.Dogwood}\"", $"\"{Books.Cedar}\"", StringComparison.Ordinal));
        await world.TextAsync(World.Officer, $"records {Words}");
        var shortRef = (await world.EnquiryAsync()).Ref;

        await world.TextAsync(Books.Cedar, "1");
        await world.TextAsync(Books.Cedar, "Use form E1");
        (await world.EnquiryAsync()).Owner.ShouldBe("dogwood");
        world.Texts(World.Officer).ShouldContain("Use form E1");
        await world.TextAsync(Books.Cedar, $"done {shortRef} records");

        (await world.EnquiryAsync()).State.ShouldBe("closed");
    }

    private async Task<World> OpenedAsync(int nodes = 1)
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await world.TextAsync(World.Officer, Words);
        return world;
    }
}
