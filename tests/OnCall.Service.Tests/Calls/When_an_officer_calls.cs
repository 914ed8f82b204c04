using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_officer_calls(TestDatabase databases)
{
    [Fact]
    public async Task Should_connect_the_officer_with_the_adviser_who_presses_1()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Twilio.Phone(Books.Ash).Script = Callee.Answers(TimeSpan.FromSeconds(4)).ThenPressesOnHearing("Press 1", "1", TimeSpan.FromSeconds(1));

        var call = world.Twilio.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        world.Twilio.Phone(Books.Birch).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        var enquiry = await world.EnquiryAsync();
        enquiry.GetProperty("state").GetString().ShouldBe("accepted");
        World.Timeline(enquiry).ShouldBe(
            ["received", "desk-chosen", "page-sent ash", "page-sent birch", "page-answered ash", "accepted ash", "bridged ash"], ignoreOrder: true);
        world.ShouldBeFlawless();
    }
}
