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
        await world.CallAsync();
        await world.UntilAsync(() => link.RestFails, TimeSpan.FromMinutes(2));
        var (status, words) = await ReadyAsync(world);
        status.ShouldBe(HttpStatusCode.OK);
        words.ShouldStartWith("Degraded\ntwilio: ");

        await world.Twilio.Faults.SetReachableAsync(true);
        await world.UntilAsync(() => !link.RestFails, TimeSpan.FromMinutes(2));
        (await ReadyAsync(world)).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    private static async Task<(HttpStatusCode Status, string Words)> ReadyAsync(World world)
    {
        using var answer = await world.Nodes[0].Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
