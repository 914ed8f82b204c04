namespace OnCall.Simulator.Tests;

public sealed class When_legs_are_bridged
{
    [Fact]
    public async Task Should_part_by_star_when_told_so_and_hang_up_on_the_dialled()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await DialAsync(world, "<Dial hangupOnStar=\"true\" action=\"/after\">");
        officer.Press("1");
        officer.ConnectedWith.ShouldBe([adviser]);
        officer.Press("*");
        await world.SettleAsync();

        officer.Words.ShouldBe("after");
        adviser.Status.ShouldBe("completed");
    }

    [Fact]
    public async Task Should_ignore_star_unless_told()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await DialAsync(world, "<Dial action=\"/after\">");
        officer.Press("*");
        await world.SettleAsync();

        officer.ConnectedWith.ShouldBe([adviser]);
    }

    [Fact]
    public async Task Should_let_a_redirected_dialled_leg_live_on_alone()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await DialAsync(world, "<Dial action=\"/after\">");
        await world.PostAsync($"Calls/{adviser.Sid}.json", ("Twiml", "<Response><Say>elsewhere</Say><Pause length=\"30\"/></Response>"));
        await world.PassAsync(2);

        adviser.Words.ShouldBe("elsewhere");
        adviser.Status.ShouldBe("in-progress");
        officer.Words.ShouldBe("after");
    }

    [Fact]
    public async Task Should_hang_up_on_the_dialled_when_the_caller_is_redirected()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await DialAsync(world, "<Dial action=\"/after\">");
        await world.PostAsync($"Calls/{officer.Sid}.json", ("Twiml", "<Response><Say>elsewhere</Say></Response>"));
        await world.SettleAsync();

        officer.Words.ShouldBe("elsewhere");
        adviser.Status.ShouldBe("completed");
        world.Customer.To("/after").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_list_dialled_calls_under_their_parent()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await DialAsync(world, "<Dial>");
        var children = (await world.GetAsync($"Calls.json?ParentCallSid={officer.Sid}")).Json!["calls"]!.AsArray();

        children.ShouldHaveSingleItem()!["sid"]!.ToString().ShouldBe(adviser.Sid);
        children[0]!["parent_call_sid"]!.ToString().ShouldBe(officer.Sid);
        children[0]!["direction"]!.ToString().ShouldBe("outbound-dial");
    }

    [Fact]
    public async Task Should_press_keys_on_hearing_words()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/key", "<Say>thank you</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero).ThenPressesOnHearing("press 1", "1", after: TimeSpan.FromSeconds(2));
        var call = await world.CallOutAsync(World.Adviser, "<Say>wait for it</Say><Gather numDigits=\"1\" action=\"/key\"><Say>Now Press 1 to take the call</Say></Gather>");
        await world.PassAsync(4);

        world.Customer.To("/key").ShouldHaveSingleItem()["Digits"].ShouldBe("1");
        call.Words.ShouldEndWith("thank you");
    }

    private static async Task<(PhoneCall Officer, PhoneCall Adviser)> DialAsync(World world, string dial)
    {
        world.Customer.Says("/after", "<Say>after</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync($"{dial}{World.Adviser}</Dial>");
        await world.PassAsync(2);
        return (officer, world.Sim.Calls[1]);
    }
}
