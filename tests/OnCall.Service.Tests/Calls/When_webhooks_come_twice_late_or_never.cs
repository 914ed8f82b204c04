using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_webhooks_come_twice_late_or_never(TestDatabase databases)
{
    private static readonly string[] Story =
    [
        "received call", "desk-chosen", "page-sent ash call", "page-sent birch call", "page-answered ash call", "page-declined ash call",
        "page-failed birch call", "escalated", "page-sent cedar call", "page-answered cedar call", "accepted cedar call", "bridged cedar call",
    ];

    [Theory, Nodes]
    public async Task Should_answer_a_repeated_webhook_alike_and_change_nothing(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Balancer.Copies = 3;

        await TellAsync(world);

        (await world.EnquiryAsync()).Timeline.ShouldBe(Story, ignoreOrder: true);
        world.Balancer.Differences.ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_change_nothing_when_every_webhook_of_a_call_comes_again_at_its_end()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await TellAsync(world);
        var (before, requests, texts) = (await world.EnquiryAsync(), world.Twilio.Requests.Count, world.Twilio.Messages.Count);

        foreach (var passed in world.Balancer.Passed)
        {
            using var answer = await world.Balancer.RepeatAsync(passed);
            answer.IsSuccessStatusCode.ShouldBeTrue(passed.Target);
        }

        await world.PassAsync(TimeSpan.FromSeconds(10));
        (await world.EnquiryAsync()).ShouldBeEquivalentTo(before);
        world.Twilio.Requests.Skip(requests).Where(request => request.Method != "GET").ShouldBeEmpty();
        world.Twilio.Messages.Count.ShouldBe(texts);
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData("")]
    [InlineData("bm90IHRoZSBzaWduYXR1cmU=")]
    public async Task Should_refuse_every_webhook_that_is_not_signed(string signature)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await TellAsync(world);
        var before = await world.EnquiryAsync();

        foreach (var passed in world.Balancer.Passed.Where(passed => !passed.Target.EndsWith(".wav", StringComparison.Ordinal)))
        {
            using var answer = await world.Balancer.RepeatAsync(passed, signature);
            ((int)answer.StatusCode).ShouldBe(403, passed.Target);
        }

        (await world.EnquiryAsync()).ShouldBeEquivalentTo(before);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_mind_callbacks_that_come_twice()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var fault = world.Twilio.Faults.DuplicateCallbacks(times: null);

        await TellAsync(world);

        fault.Hits.ShouldBePositive();
        (await world.EnquiryAsync()).Timeline.ShouldBe(Story, ignoreOrder: true);
        world.ShouldBeFlawless();
    }

    /// <param name="number">The callback of each leg and room that comes after the one that follows it; of a line with no further one it never comes.</param>
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Should_not_mind_callbacks_that_come_out_of_order(string number)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var fault = world.Twilio.Faults.ReorderCallbacks(times: null, callback => callback.Parameters["SequenceNumber"] == number);

        await TellAsync(world);

        fault.Hits.ShouldBePositive();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_bring_the_call_to_its_end_although_no_callback_comes_at_all()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var fault = world.Twilio.Faults.DropCallbacks(times: null);

        await TellAsync(world);

        fault.Hits.ShouldBePositive();
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData(World.Officer)]
    [InlineData(Books.Ash)]
    public async Task Should_leave_nobody_alone_in_the_room_when_a_leg_ends_without_a_word(string number)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Balancer.Serve();
        (number == World.Officer ? call : world.Phone(Books.Ash).Calls[0]).HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(2));
        world.ServeNodes();

        if (number == World.Officer)
        {
            await world.UntilAsync(() => world.Phone(Books.Ash).Calls[0].IsOver, TimeSpan.FromMinutes(6));
        }
        else
        {
            await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(6));
        }

        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Fact]
    public async Task Should_lead_the_officer_on_when_the_advisers_line_drops_and_no_callback_comes()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var fault = world.Twilio.Faults.DropCallbacks(times: null);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold("The expert's line has ended"));
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        fault.Hits.ShouldBePositive();
        world.Rings(Books.Ash).ShouldBe(2);
        world.ShouldBeFlawless();
    }

    /// <summary>One passes, one is busy; the next step takes it, they talk, the officer hangs up.</summary>
    private static async Task TellAsync(World world)
    {
        world.Phone(Books.Ash).Script = Scripts.Passes();
        world.Phone(Books.Birch).Script = OnCall.Simulator.Callee.Busy();
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith is [{ To: Books.Cedar }]);
        await world.PassAsync(TimeSpan.FromSeconds(30));
        call.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Calls is [{ IsOver: true }]);
        await world.PassAsync(TimeSpan.FromSeconds(20));

        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("cedar");
        world.Texts(Books.Cedar).Count(text => text.StartsWith("When done, reply DONE", StringComparison.Ordinal)).ShouldBe(1);
        world.Rings(Books.Ash).ShouldBe(1);
        world.Rings(Books.Birch).ShouldBe(1);
        world.Rings(Books.Cedar).ShouldBe(1);
    }
}
