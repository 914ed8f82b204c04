using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class When_the_rest_api_fails(TestDatabase databases)
{
    [Fact]
    public async Task Should_say_so_and_still_be_ready_for_webhooks()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var link = world.Nodes[0].Services.GetRequiredService<TwilioLink>();
        (await ReadyAsync(world)).ShouldBe((HttpStatusCode.OK, "Healthy"));

        await world.Twilio.Faults.SetReachableAsync(false);
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => link.RestFails, TimeSpan.FromMinutes(2));
        var (status, words) = await ReadyAsync(world);
        status.ShouldBe(HttpStatusCode.OK);
        words.ShouldStartWith("Degraded\ntwilio: ");

        await world.Twilio.Faults.SetReachableAsync(true);
        await world.UntilAsync(() => !link.RestFails, TimeSpan.FromMinutes(2));
        (await ReadyAsync(world)).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task Should_notice_that_it_is_back_although_nobody_asks_for_anything()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var link = world.Nodes[0].Services.GetRequiredService<TwilioLink>();
        await world.Twilio.Faults.SetReachableAsync(false);
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => link.RestFails);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        link.RestFails.ShouldBeTrue();

        await world.Twilio.Faults.SetReachableAsync(true);
        for (var second = 0; link.RestFails; second++)
        {
            second.ShouldBeLessThan(10);
            await world.PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Should_not_take_one_failure_for_more_than_that()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var failure = world.Twilio.Faults.Error500BeforeActing(times: 2);
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        failure.Hits.ShouldBe(2);
        world.Rings(Books.Ash).ShouldBe(1);
        world.Nodes[0].Services.GetRequiredService<TwilioLink>().RestFails.ShouldBeFalse();
    }

    private static async Task<(HttpStatusCode Status, string Words)> ReadyAsync(World world)
    {
        using var answer = await world.Nodes[0].Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
