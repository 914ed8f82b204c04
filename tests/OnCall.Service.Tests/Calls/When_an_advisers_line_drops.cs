using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_advisers_line_drops(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_hold_the_officer_again_after_5_seconds_and_ring_the_same_adviser_first(int nodes)
    {
        await using var world = await TalkingAsync(nodes);
        var call = world.Phone(World.Officer).Calls[0];

        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold("The expert's line has ended"));
        await world.UntilAsync(() => call.Position == "pausing");
        var quiet = world.Time.GetUtcNow();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (world.Time.GetUtcNow() - quiet).ShouldBe(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        call.Heard.Count(heard => heard.Text.StartsWith("Please hold", StringComparison.Ordinal)).ShouldBe(2);
        world.Phone(Books.Birch).Ringing.ShouldBeNull();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_go_through_the_steps_again_when_the_adviser_does_not_come_back()
    {
        await using var world = await TalkingAsync(1);
        var call = world.Phone(World.Officer).Calls[0];
        world.Phone(Books.Birch).Script = Scripts.Takes();

        world.Phone(Books.Ash).Script = Callee.NoAnswer();
        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.ConnectedWith is [{ To: Books.Birch }]);

        (await world.EnquiryAsync()).AcceptedBy.ShouldBe("birch");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ask_the_adviser_to_close_it_when_the_officer_then_hangs_up(int nodes)
    {
        await using var world = await TalkingAsync(nodes);
        var call = world.Phone(World.Officer).Calls[0];

        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold("The expert's line has ended"));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));

        world.Rings(Books.Ash).ShouldBe(1);
        world.Texts(Books.Ash)[^1].ShouldStartWith("When done, reply DONE");
        (await world.EnquiryAsync()).State.ShouldBe("accepted");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_lead_the_officer_on_when_the_adviser_hangs_up_before_they_are_connected()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Listens(6);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("Being answered"));
        var ash = world.Phone(Books.Ash).Calls[0];

        // The push that is to lead the officer to the adviser fails, and before it is tried again the adviser is gone.
        var fault = world.Twilio.Faults.Error500BeforeActing(1, request => request.Method == "POST" && request.Path.StartsWith($"/Calls/{call.Sid}", StringComparison.Ordinal));
        ash.Press("1");
        await world.UntilAsync(() => fault.Hits == 1);
        ash.HangUp();
        await world.UntilAsync(() => world.Rings(Books.Ash) == 2);

        ash.WasConnected().ShouldBeFalse(world.Story());
        call.IsOver.ShouldBeFalse();
        (await world.EnquiryAsync()).State.ShouldBe("paging");
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_not_leave_the_officer_alone_in_the_room_when_nobody_was_there_to_hear_of_it()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await TalkingAsync(1, site.Url);
        site.Document = $"<Response><Say>{LiveWorld.FallbackWords}</Say><Pause length=\"1\"/><Redirect>{world.Balancer.Url}/twilio/voice</Redirect></Response>";
        var call = world.Phone(World.Officer).Calls[0];

        world.Balancer.Serve();
        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold(LiveWorld.FallbackWords));
        world.ServeNodes();
        var back = world.Time.GetUtcNow();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (world.Time.GetUtcNow() - back).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        call.WasTold("The expert's line has ended").ShouldBeTrue(world.Story());
        await world.UntilAsync(() => call.ConnectedWith is [{ To: Books.Ash }]);
    }

    [Fact]
    public async Task Should_not_leave_alone_in_the_room_an_officer_who_was_called_back_when_nobody_heard_of_it()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        var back = world.Phone(World.Officer).Calls[1];

        world.Balancer.Slow = new SlowRequest(request => request.Target.StartsWith("/twilio/voice/officer", StringComparison.Ordinal), TimeSpan.FromMinutes(3), world.Time);
        world.Twilio.Faults.DropCallbacks(times: null);
        world.Phone(Books.Cedar).Calls[1].HangUp();
        await world.UntilAsync(() => world.Balancer.Passed.Any(passed => passed is { Method: "GET" } && passed.Target.StartsWith("/twilio/voice/back?", StringComparison.Ordinal)));
        var alone = world.Now;
        await world.UntilAsync(() => back.WasTold("The expert's line has ended"));

        (world.Now - alone).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private async Task<World> TalkingAsync(int nodes, string? fallbackUrl = null)
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), nodes, fallbackUrl: fallbackUrl);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(20));
        return world;
    }
}
