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
}
