using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_a_line_may_not_be_called_from(TestDatabase databases)
{
    private const string OtherLine = "+442079460102";

    [Fact]
    public async Task Should_call_from_another_line_at_once()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk().Replace("topics:", $"""
              - number: "{OtherLine}"
                name: Another line
                greeting: Another advice line.
                default: records
            topics:
            """, StringComparison.Ordinal));
        world.Twilio.AddNumber(OtherLine);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = world.Phone(World.Officer).Dial(World.Line);
        world.Twilio.RemoveNumber(World.Line);

        await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(1));

        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().From.ShouldBe(OtherLine);
        world.Twilio.Requests.Count(request => request is { Method: "POST", Path: "/Calls.json" }).ShouldBe(2);
        (await world.EnquiryAsync()).Timeline.ShouldNotContain("page-failed ash call");
    }

    [Fact]
    public async Task Should_go_on_with_the_next_step_where_there_is_no_other_line()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(World.Officer).Dial(World.Line);
        world.Twilio.RemoveNumber(World.Line);

        await world.UntilAsync(() => call.IsOver);

        call.Words.ShouldContain("an expert will call you back");
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash call");
    }
}
