using OnCall.Core.People;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_the_service_does_not_answer(TestDatabase databases)
{
    private static readonly Uri Nobody = new("http://127.0.0.1:1");

    [Fact]
    public async Task Should_go_on_without_a_word_of_it_while_one_of_two_nodes_answers()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Balancer.Serve(world.Nodes[0].Http.BaseAddress!, Nobody);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [{ IsOver: true }]);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Twilio.Webhooks.ShouldContain(webhook => webhook.Status == 502);
        world.Texts(Books.Ash)[^1].ShouldStartWith("When done");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_the_officer_back_from_the_fallback_document()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), fallbackUrl: site.Url);
        site.Document = $"<Response><Say>Please stay on the line.</Say><Pause length=\"3\"/><Redirect>{world.Balancer.Url}/twilio/voice</Redirect></Response>";

        world.Phone(Books.Cedar).Script = Scripts.Takes(15);

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        world.Balancer.Serve();
        await world.UntilAsync(() => call.WasTold("Please stay on the line."));
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.ServeNodes();
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("cedar");
        call.Words.Split(enquiry.SpokenRef).Length.ShouldBeGreaterThan(2, "the ref is the same as before");
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_fetch_the_officer_out_of_the_fallback_document_when_an_adviser_takes_the_call()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), fallbackUrl: site.Url);
        site.Document = "<Response><Say>Please stay on the line.</Say><Pause length=\"120\"/></Response>";
        world.Phone(Books.Ash).Script = Scripts.Takes(15);

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        world.Balancer.Serve();
        await world.UntilAsync(() => call.WasTold("Please stay on the line."));
        world.ServeNodes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_answer_a_new_call_from_the_fallback_address()
    {
        await using var site = await StaticSite.StartAsync();
        site.Document = "<Response><Say>Please stay on the line.</Say></Response>";
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), fallbackUrl: site.Url);
        world.Balancer.Serve();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);

        call.Words.ShouldBe("Please stay on the line.");
    }

    [Fact]
    public async Task Should_lead_to_the_fallback_document_an_officer_who_picks_up_a_call_back_and_no_adviser()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await CallingBackAsync(site);
        var (adviser, back) = (world.Phone(Books.Cedar).Calls[1], world.Phone(World.Officer).Ringing.ShouldNotBeNull());

        world.Balancer.Serve();
        back.Answer();
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);
        back.WasTold("Our usual service is away for the moment").ShouldBeTrue(world.Story());
        adviser.HangUp();
        await world.UntilAsync(() => back.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(8));
        back.HangUp();
        world.ServeNodes();
        await world.UntilAsync(() => world.Texts(Books.Cedar).Any(text => text.Contains("left a message", StringComparison.Ordinal)), TimeSpan.FromMinutes(40));

        var enquiry = await world.EnquiryAsync();
        world.Texts(Books.Cedar)[^1].ShouldBe($"{enquiry.Ref} (Extradition): the officer left a message. To hear it and be connected, reply CALL {enquiry.Ref}.");
        enquiry.Timeline.ShouldContain("voicemail-left");
        adviser.WasTold("Our usual service is away").ShouldBeFalse();
        world.Twilio.Recordings.ShouldAllBe(recording => recording.Status == "deleted");
    }

    [Fact]
    public async Task Should_lead_to_the_fallback_document_an_officer_who_was_called_back_when_the_advisers_line_drops()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await CallingBackAsync(site);
        var (adviser, back) = (world.Phone(Books.Cedar).Calls[1], world.Phone(World.Officer).Ringing.ShouldNotBeNull());
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        back.Answer();
        await world.UntilAsync(() => back.WasTold("Press 1 to speak"));
        back.Press("1");
        await world.UntilAsync(() => back.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(20));

        world.Balancer.Serve();
        adviser.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);
        world.ServeNodes();
        await world.UntilAsync(() => back.WasTold("The expert's line has ended"), TimeSpan.FromMinutes(6));
        await world.UntilAsync(() => back.ConnectedWith is [{ To: Books.Cedar }]);
    }

    /// <summary>A static document may lead back, as an operator wrote it.</summary>
    [Fact]
    public async Task Should_take_back_from_the_fallback_document_an_officer_who_is_called_back()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await CallingBackAsync(site);
        site.Document = $"<Response><Say>Please stay on the line.</Say><Pause length=\"3\"/><Redirect>{world.Balancer.Url}/twilio/voice</Redirect></Response>";
        var back = world.Phone(World.Officer).Ringing.ShouldNotBeNull();

        world.Balancer.Serve();
        back.Answer();
        await world.UntilAsync(() => back.WasTold("Please stay on the line."));
        world.ServeNodes();
        await world.UntilAsync(() => back.WasTold("Press 1 to speak"));
        back.Press("1");
        await world.UntilAsync(() => back.ConnectedWith is [{ To: Books.Cedar }]);

        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
    }

    /// <summary>Cedar has taken a call back, and the officer's phone rings; the fallback document rings Dogwood.</summary>
    private async Task<World> CallingBackAsync(StaticSite site)
    {
        site.Document = FallbackTwiml.Document([PhoneNumber.Parse(Books.Dogwood)], [Language.English]);
        var world = await World.StartAsync(databases, Books.TwoDesks(), settings: [$"--OnCall:FallbackUrl={site.Url}"], fallbackUrl: site.Url);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Callee.NoAnswer();
        await world.UntilAsync(() => world.Phone(World.Officer).Ringing is not null, TimeSpan.FromMinutes(5));
        world.Phone(Books.Cedar).Script = Callee.NoAnswer();
        return world;
    }
}
