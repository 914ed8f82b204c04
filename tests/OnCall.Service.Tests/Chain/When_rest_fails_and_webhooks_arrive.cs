using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>Twilio's REST API brings no answer, and its webhooks come as ever: officers are connected by what their own documents dial, and the record is written as it happens.</summary>
public sealed class When_rest_fails_and_webhooks_arrive(TestDatabase databases)
{
    public static TheoryData<string> Failures => ["500", "refused", "429", "401", "slow"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_dial_one_adviser_after_another_for_an_officer_who_calls_then(string how)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await FailAsync(world, how);
        await KnownAsync(world);

        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var enquiry = await world.EnquiryAsync();
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        call.Words.ShouldBe(
            "This is the national advice line.\nFor extradition, press 1. For foreign records, press 2. Or hold for the duty desk.\n"
            + $"Please hold while we ring the expert on duty. Your reference is {enquiry.SpokenRef}.\nThank you for holding. We are now ringing further experts.");
        enquiry.Owner.ShouldBe("birch");
        enquiry.Timeline.ShouldBe(
            ["received call", "desk-chosen", "note call", "page-sent ash call", "page-expired ash call", "page-sent birch call", "page-answered birch call", "accepted birch call", "bridged birch call"]);
        await BackAsync(world);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(5));

        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch]);
        ShouldRingNobodyByRest(world);
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("Billie Birch");
        world.Texts(Books.Birch).Count.ShouldBe(2, world.Story());
        world.Texts(Books.Birch)[0].ShouldStartWith($"{enquiry.Ref} is yours");
        world.Texts(Books.Birch)[1].ShouldStartWith("When done");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_dial_the_next_although_the_question_is_lost_who_is_busy_elsewhere()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await FailAsync(world, "500");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        var isLost = world.LoseOfDatabase("SELECT id, engaged FROM enquiries");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        isLost().ShouldBeTrue();
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch]);
        call.Words.ShouldNotContain("Please stay on the line");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_lead_on_an_officer_who_holds_already(string how)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        await FailAsync(world, how);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        // A Twilio that is slow does what it is asked, and who takes it there is found by the hold.
        When_the_database_is_away.Dialled(world).ShouldBe(how == "slow" ? [] : [Books.Ash]);
        (call.ConnectedAt() - world.Twilio.Calls[0].AnsweredAt!.Value).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        await BackAsync(world);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(5));

        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem();
        call.Heard.Count(heard => heard.Text.StartsWith("connected with", StringComparison.Ordinal)).ShouldBe(1, world.Story());
        world.Texts(Books.Ash).Count.ShouldBe(2, world.Story());
        (await world.EnquiryAsync()).Timeline.Count(line => line.StartsWith("page-sent ash call", StringComparison.Ordinal)).ShouldBe(1);
        world.Twilio.Problems.ShouldBeEmpty(world.Story());
    }

    [Fact]
    public async Task Should_let_phones_ring_that_ring_already_and_dial_who_comes_next()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await FailAsync(world, "refused");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Cedar]);
        (world.Rings(Books.Ash), world.Rings(Books.Birch), world.Rings(Books.Cedar)).ShouldBe((1, 1, 0));
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_still_be_taken_by_a_phone_that_rang_before()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Birch).Script = Scripts.Takes(16);
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Birch).Ringing is not null);
        await FailAsync(world, "500");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        When_the_database_is_away.Dialled(world).ShouldBeEmpty();
        (await world.EnquiryAsync()).Owner.ShouldBe("birch");
    }

    [Theory, Nodes]
    public async Task Should_go_on_in_the_queue_with_those_not_dialled_yet_when_rest_is_back(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await FailAsync(world, "refused");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        await BackAsync(world);
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash]);
        (world.Rings(Books.Ash), world.Rings(Books.Birch), world.Rings(Books.Cedar)).ShouldBe((0, 1, 0));
        (await world.EnquiryAsync()).Timeline.ShouldBe(
        [
            "received call", "desk-chosen", "note call", "page-sent ash call", "page-expired ash call", "note call", "page-sent birch call", "page-answered birch call", "accepted birch call", "bridged birch call",
        ]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_neither_connect_a_voicemail_nor_dial_again_who_passed()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 2));
        world.Phone(Books.Ash).Script = Scripts.Passes();
        world.Phone(Books.Birch).Script = Scripts.Voicemail();
        await FailAsync(world, "500");
        await KnownAsync(world);

        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => When_the_database_is_away.Dialled(world).Count == 4, TimeSpan.FromMinutes(5));
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(5));

        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch, Books.Cedar, Books.Birch, Books.Cedar]);
        world.Phone(Books.Birch).Calls.ShouldAllBe(leg => !leg.WasConnected());
        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().Words.ShouldEndWith("Passed on. Thank you. Goodbye.");
        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("cedar");
        enquiry.Timeline.Where(line => line.StartsWith("page-declined", StringComparison.Ordinal)).ShouldBe(["page-declined ash call"]);
        enquiry.Timeline.Count(line => line == "page-answered birch call").ShouldBe(2);
        enquiry.Timeline.Count(line => line == "page-expired birch call").ShouldBe(2);
    }

    [Fact]
    public async Task Should_promise_a_call_back_that_is_made_when_rest_is_back()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await FailAsync(world, "refused");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(3));

        call.Words.ShouldContain("an expert will call you back on the number you are calling from");
        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("unanswered", "chase"));
        await world.PassAsync(TimeSpan.FromMinutes(4));
        world.Phone(Books.Cedar).Calls.ShouldHaveSingleItem("nobody can be rung, and no page is given up for it").Direction.ShouldBe("outbound-dial");
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await BackAsync(world);
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(1));

        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.Rings(Books.Cedar).ShouldBe(1);
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_take_a_message_and_fetch_it_when_rest_is_back()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        await FailAsync(world, "500");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(3));
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
        call.Words.ShouldContain("Your message is kept");
        await BackAsync(world);
        await world.UntilAsync("SELECT EXISTS (SELECT FROM recordings)");

        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("voicemail", "chase"));
        world.Twilio.Problems.ShouldBeEmpty(world.Story());
    }

    [Fact]
    public async Task Should_stop_dialling_and_text_later_when_the_officer_hangs_up()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await FailAsync(world, "refused");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        (await world.EnquiryAsync()).State.ShouldBe("abandoned");
        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash]);
        ShouldRingNobodyByRest(world);
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("the officer hung up before anybody took the call. Please call back");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_dial_the_same_adviser_first_whose_line_drops()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await FailAsync(world, "500");
        await KnownAsync(world);
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith[0].HangUp();
        await world.UntilAsync(() => call.ConnectedWith is [{ IsOver: false }] && world.Phone(Books.Birch).Calls.Count == 2);

        call.WasTold("line has ended").ShouldBeTrue();
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch, Books.Birch]);
        (await world.EnquiryAsync()).Owner.ShouldBe("birch");
    }

    [Fact]
    public async Task Should_dial_the_same_adviser_first_who_was_taken_from_the_officer_by_a_dropped_line_before()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Birch).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await FailAsync(world, "refused");
        await KnownAsync(world);
        call.ConnectedWith[0].HangUp();
        await world.UntilAsync(() => call.ConnectedWith is [{ IsOver: false }], TimeSpan.FromMinutes(1));

        When_the_database_is_away.Dialled(world).ShouldBe([Books.Birch]);
        (await world.EnquiryAsync()).Owner.ShouldBe("birch");
    }

    [Fact]
    public async Task Should_dial_whoever_is_engaged_with_another_officer_last()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await FailAsync(world, "500");
        await KnownAsync(world);
        var first = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => first.ConnectedWith.Count > 0);

        var second = world.Phone("+447700900202").Dial(World.Line);
        await world.UntilAsync(() => second.Position == "gathering");
        second.Press("1");
        await world.UntilAsync(() => second.ConnectedWith.Count > 0);

        first.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        second.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch]);
    }

    [Fact]
    public async Task Should_change_nothing_by_webhooks_that_come_twice_and_at_both_nodes()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2);
        world.Balancer.Copies = 2;
        world.Phone(Books.Birch).Script = Scripts.Takes();
        await FailAsync(world, "refused");
        await KnownAsync(world);

        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await BackAsync(world);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        world.Balancer.Differences.ShouldBeEmpty();
        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash, Books.Birch]);
        ShouldRingNobodyByRest(world);
        (await world.EnquiryAsync()).Timeline.ShouldBe(
            ["received call", "desk-chosen", "note call", "page-sent ash call", "page-expired ash call", "page-sent birch call", "page-answered birch call", "accepted birch call", "bridged birch call"]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_dial_although_the_api_answers_everything_but_calls()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Twilio.Faults.Error500BeforeActing(times: null, request => request is { Method: "POST", Path: "/Calls.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        When_the_database_is_away.Dialled(world).ShouldBe([Books.Ash]);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Fact]
    public async Task Should_text_although_no_calls_are_placed()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Twilio.Faults.Error500BeforeActing(times: null, request => request is { Method: "POST", Path: "/Calls.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(4));

        Link(world, 0).FailsHere.ShouldBeTrue();
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("is yours");
    }

    [Fact]
    public async Task Should_change_a_call_as_asked_once_rest_is_back_however_long_it_was_away()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        await FailAsync(world, "refused");
        await KnownAsync(world);
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        await world.ReadAsync($$"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT id, 0, true, '{"is":"hang-up","callSid":"{{call.Sid}}"}', 'epoch', 0 FROM enquiries RETURNING effect::text;
            NOTIFY oncall_work
            """);
        await world.PassAsync(TimeSpan.FromSeconds(40));
        call.IsOver.ShouldBeFalse();
        await BackAsync(world);

        call.IsOver.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""'{"is":"hang-up","callSid":"' || (pages.page ->> 'callSid') || '"}'""")]
    [InlineData("""'{"is":"move-adviser","callSid":"' || (pages.page ->> 'callSid') || '","page":"' || (pages.page ->> 'id') || '"}'""")]
    public async Task Should_leave_a_talk_alone_whose_adviser_was_given_up_before_the_key_was_pressed(string effect)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        // As it was put off while the API was away.
        await world.ReadAsync($"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT id, 0, true, ({effect})::jsonb, 'epoch', 0 FROM enquiries, jsonb_array_elements(document -> 'pages') AS pages(page) RETURNING effect::text;
            NOTIFY oncall_work
            """);
        await world.PassAsync(TimeSpan.FromSeconds(10));

        call.ConnectedWith.ShouldHaveSingleItem().IsOver.ShouldBeFalse();
        world.ShouldBeFlawless();
    }

    private static Task FailAsync(World world, string how)
    {
        switch (how)
        {
            case "500":
                world.Twilio.Faults.Error500BeforeActing(times: null);
                break;
            case "429":
                world.Twilio.Faults.TooManyRequests429(times: null);
                break;
            case "401":
                world.Twilio.Faults.Unauthorized401(times: null);
                break;
            case "slow":
                world.Twilio.Faults.Slow(TimeSpan.FromSeconds(30), times: null);
                break;
            default:
                return world.Twilio.Faults.SetReachableAsync(false);
        }

        return Task.CompletedTask;
    }

    /// <summary>It has been found out, at one node, and the others were told.</summary>
    private static async Task KnownAsync(World world)
    {
        Link(world, 0).Suspected.Set();
        await AllFindAsync(world, failing: true);
    }

    /// <summary>It answers again, and all nodes know it.</summary>
    private static async Task BackAsync(World world)
    {
        world.Twilio.Faults.Clear();
        await world.Twilio.Faults.SetReachableAsync(true);
        await AllFindAsync(world, failing: false);

        // What was put off goes out.
        await world.PassAsync(TimeSpan.FromSeconds(3));
    }

    /// <summary>In small steps: looks are a second apart.</summary>
    private static async Task AllFindAsync(World world, bool failing)
    {
        for (var step = 0; Enumerable.Range(0, world.Nodes.Count).Any(node => Link(world, node).RestFails != failing); step++)
        {
            step.ShouldBeLessThan(60);
            await world.PassAsync(TimeSpan.FromSeconds(0.5));
        }
    }

    private static void ShouldRingNobodyByRest(World world) =>
        world.Twilio.Calls.Where(call => call.Direction == "outbound-api").ShouldBeEmpty(world.Story());

    private static TwilioLink Link(World world, int node) => world.Nodes[node].Services.GetRequiredService<TwilioLink>();
}
