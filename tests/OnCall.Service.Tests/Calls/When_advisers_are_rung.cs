using System.Globalization;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_advisers_are_rung(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_ring_the_whole_first_step_at_once_from_the_lines_number(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);

        var (ash, birch) = (world.Phone(Books.Ash).Ringing!, world.Phone(Books.Birch).Ringing!);
        ash.From.ShouldBe(World.Line);
        (ash.RangAt!.Value - birch.RangAt!.Value).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(1));
        world.Rings(Books.Cedar).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_say_twice_whose_call_it_is_without_any_detail()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Listens();

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [{ IsOver: true }]);

        var offered = world.Phone(Books.Ash).Calls[0];
        var lines = offered.Words.Split('\n');
        lines[0].ShouldMatch("^Routine. Number not known. Extradition. Attempt 1 after [0-9]+ seconds. Press 1 to take the call, 2 to pass.$");
        lines[1].ShouldBe(lines[0]);
        lines[2].ShouldBe("No key was pressed. Goodbye.");
        offered.Words.ShouldNotContain(World.Officer);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ring_the_next_step_when_nobody_answers_within_ring(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);

        var first = world.Phone(Books.Ash).Calls.ShouldHaveSingleItem();
        first.IsOver.ShouldBeTrue();
        (world.Phone(Books.Cedar).Ringing!.RangAt!.Value - first.RangAt!.Value).ShouldBe(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-expired ash call");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ring_the_next_step_at_once_when_all_have_passed(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Passes(1);
        world.Phone(Books.Birch).Script = Scripts.Passes(3);

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);

        var last = world.Phone(Books.Birch).Calls.ShouldHaveSingleItem();
        (world.Phone(Books.Cedar).Ringing!.RangAt!.Value - last.PressedAt("2")).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        last.Words.ShouldContain("Passed on. Thank you.");
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-declined birch call");
        world.ShouldBeFlawless();
    }

    public static TheoryData<string> Misses => ["busy", "declined", "unreachable"];

    [Theory]
    [MemberData(nameof(Misses))]
    public async Task Should_ring_the_next_step_at_once_when_nobody_can_be_reached(string how)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var script = how switch { "busy" => Callee.Busy(), "declined" => Callee.Rejects(TimeSpan.FromSeconds(3)), _ => Callee.Unreachable() };
        world.Phone(Books.Ash).Script = script;
        world.Phone(Books.Birch).Script = script;

        var call = await world.CallAsync();
        var since = world.Time.GetUtcNow();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);

        (world.Phone(Books.Cedar).Ringing!.RangAt!.Value - since).ShouldBeLessThan(TimeSpan.FromSeconds(8));
        call.Position.ShouldStartWith("queue");
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash call");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_never_let_a_voicemail_win_nor_hold_the_step_longer_than_ring(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Voicemail(3);
        world.Phone(Books.Birch).Script = Scripts.Voicemail(5);
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        var voicemail = world.Phone(Books.Ash).Calls.ShouldHaveSingleItem();
        (world.Phone(Books.Cedar).Calls[0].RangAt!.Value - voicemail.RangAt!.Value).ShouldBe(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
        await world.PassAsync(TimeSpan.FromSeconds(6));
        voicemail.IsOver.ShouldBeTrue("a voicemail is rung off once the call is taken");
        (await world.EnquiryAsync()).AcceptedBy.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_let_one_who_picked_up_at_the_last_second_take_it_while_the_next_step_rings(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Callee.Answers(TimeSpan.FromSeconds(19)).ThenPresses("1", TimeSpan.FromSeconds(8));

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);
        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().Position.ShouldBe("saying");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        world.Phone(Books.Cedar).Ringing.ShouldBeNull();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ask_once_more_after_a_wrong_key()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Callee.Answers(TimeSpan.FromSeconds(2)).ThenPresses("5", TimeSpan.FromSeconds(3)).ThenPresses("1", TimeSpan.FromSeconds(6));

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().Words.Split('\n').ShouldContain("Press 1 to take the call, 2 to pass.");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_not_ring_one_who_passed_again_in_the_next_round(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 2), nodes);
        world.Phone(Books.Ash).Script = Scripts.Passes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(3));

        world.Rings(Books.Ash).ShouldBe(1);
        world.Rings(Books.Birch).ShouldBe(2);
        world.Rings(Books.Cedar).ShouldBe(2);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_go_through_all_rounds_although_one_phone_alone_is_rung_again_and_again()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(rounds: 3));

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(3));

        world.Rings(Books.Ash).ShouldBe(3);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_wait_for_the_turn_of_calls_that_nobody_wants_any_more()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), perSecond: 0.5);
        await world.ReadAsync($$"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT gen_random_uuid(), 1, true, '{"is":"place-call","page":"withdrawn","to":"{{Books.Birch}}","from":"{{World.Line}}","ring":"0:00:20"}', 'epoch', 0 FROM generate_series(1, 8)
            RETURNING effect::text;
            NOTIFY oncall_work
            """);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (world.Now - world.Twilio.Calls[0].AnsweredAt!.Value).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        call.IsOver.ShouldBeFalse();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_keep_to_the_accounts_calls_per_second()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), perSecond: 0.5);

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);

        var requests = world.Twilio.Requests.Where(request => request is { Method: "POST", Path: "/Calls.json" }).Select(request => request.At).ToList();
        var chosen = (await world.ReadAsync("SELECT (extract(epoch FROM at) * 1000)::bigint::text FROM timeline WHERE event = 'desk-chosen'")).ShouldHaveSingleItem();

        // The first may take its turn at once, and come to Twilio later.
        (requests[1] - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(chosen, CultureInfo.InvariantCulture))).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        world.ShouldBeFlawless();
    }
}
