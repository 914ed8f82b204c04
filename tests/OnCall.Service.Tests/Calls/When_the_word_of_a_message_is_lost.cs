using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>Twilio tells once of a message whose officer hangs up, and does not ask again.</summary>
public sealed class When_the_word_of_a_message_is_lost(TestDatabase databases)
{
    [Fact]
    public async Task Should_find_it_at_twilio_although_nobody_heard_that_the_officer_hung_up()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var call = await RecordAsync(world);
        world.Balancer.Serve();
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(20));
        world.ServeNodes();
        (await world.EnquiryAsync()).State.ShouldBe("unanswered");

        await world.UntilAsync("SELECT EXISTS (SELECT FROM recordings)", TimeSpan.FromMinutes(4));

        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("voicemail");
        enquiry.Timeline.ShouldContain("voicemail-left");
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Calls.Any(leg => leg.Heard.Any(heard => heard.Kind == "play")), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Should_keep_it_when_the_officer_hung_up_while_the_database_was_away()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"), gated: true);
        var call = await RecordAsync(world);
        world.TakeDatabaseAway();
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(30));

        (await world.EnquiryAsync()).State.ShouldBe("voicemail");
        (await world.ReadAsync("SELECT sid FROM recordings")).ShouldHaveSingleItem();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_look_for_long_where_nothing_was_said()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("After the tone"), TimeSpan.FromMinutes(2));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        (await world.EnquiryAsync()).State.ShouldBe("unanswered");
        world.Twilio.Requests.Count(request => request is { Method: "GET", Path: "/Recordings.json" } && request.Query.Has("CallSid")).ShouldBe(2);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_look_more_and_more_seldom_where_twilio_refuses_to_say()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var refusals = world.Twilio.Faults.Forbidden403(times: null, request => request is { Method: "GET", Path: "/Recordings.json" } && request.Query["CallSid"] is not null);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("After the tone"), TimeSpan.FromMinutes(2));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(5));

        refusals.Hits.ShouldBeInRange(4, 10);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(300, true)]
    public async Task Should_give_up_a_message_after_a_day_that_is_no_longer_at_twilio(int attempts, bool givesUp)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.ReadAsync($$"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT id, 0, false, '{"is":"keep-message","recordingSid":"REdeleted"}', 'epoch', {{attempts}} FROM enquiries RETURNING effect::text;
            NOTIFY oncall_work
            """);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.ReadAsync("SELECT effect ->> 'recordingSid' FROM outbox WHERE effect ->> 'is' = 'keep-message'")).Count.ShouldBe(givesUp ? 0 : 1);
        (await world.EnquiryAsync()).Timeline.Contains("note").ShouldBe(givesUp);
        call.IsOver.ShouldBeFalse();
    }

    /// <summary>An officer has been speaking for some seconds.</summary>
    private static async Task<PhoneCall> RecordAsync(World world)
    {
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(8));
        return call;
    }
}
