namespace OnCall.Simulator.Tests;

public sealed class When_keys_are_gathered
{
    private const string Menu = "<Gather numDigits=\"1\" timeout=\"10\" action=\"/key?step=menu\"><Say>Press one for extradition</Say></Gather><Say>nothing pressed</Say>";

    [Fact]
    public async Task Should_stop_the_prompt_and_ask_the_action_when_there_are_enough_digits()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/key", "<Say>thank you</Say>");
        var call = await world.CallInAsync(Menu);
        call.Position.ShouldBe("saying");

        call.Press("1");
        await world.SettleAsync();

        var asked = world.Customer.To("/key").ShouldHaveSingleItem();
        asked["Digits"].ShouldBe("1");
        asked["FinishedOnKey"].ShouldBe("");
        asked["step"].ShouldBe("menu");
        asked["CallStatus"].ShouldBe("in-progress");
        call.Words.ShouldEndWith("thank you");
    }

    [Fact]
    public async Task Should_fall_through_to_the_next_verb_without_a_key()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync(Menu);

        await world.PassAsync(11.6);
        call.Position.ShouldBe("gathering");
        await world.PassAsync(0.3);
        call.Words.ShouldEndWith("nothing pressed");
        world.Customer.To("/key").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ask_the_action_without_a_key_when_told_to()
    {
        await using var world = await World.CreateAsync();
        await world.CallInAsync("<Gather actionOnEmptyResult=\"true\" timeout=\"3\" action=\"/key\"/>");
        await world.PassAsync(3.5);

        world.Customer.To("/key").ShouldHaveSingleItem()["Digits"].ShouldBe("");
    }

    [Fact]
    public async Task Should_count_the_time_out_from_the_last_key()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Gather timeout=\"5\" action=\"/key\"/>");
        await world.PassAsync(4);
        call.Press("4");
        await world.PassAsync(4);
        call.Press("2");
        await world.PassAsync(4);
        world.Customer.To("/key").ShouldBeEmpty();
        await world.PassAsync(1.5);

        world.Customer.To("/key").ShouldHaveSingleItem()["Digits"].ShouldBe("42");
    }

    [Fact]
    public async Task Should_end_at_the_finish_key_and_leave_it_out_of_the_digits()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Gather action=\"/key\"/>");
        call.Press("12#");
        await world.SettleAsync();

        var asked = world.Customer.To("/key").ShouldHaveSingleItem();
        asked["Digits"].ShouldBe("12");
        asked["FinishedOnKey"].ShouldBe("#");
    }

    [Fact]
    public async Task Should_fall_through_when_only_the_finish_key_is_pressed()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Gather action=\"/key\"/><Say>next</Say>");
        call.Press("#");
        await world.SettleAsync();

        call.Words.ShouldBe("next");
        world.Customer.To("/key").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_take_star_and_hash_as_digits_when_no_key_finishes()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Gather numDigits=\"2\" finishOnKey=\"\" action=\"/key\"/>");
        call.Press("*#");
        await world.SettleAsync();

        world.Customer.To("/key").ShouldHaveSingleItem()["Digits"].ShouldBe("*#");
    }

    [Fact]
    public async Task Should_ask_its_own_document_again_when_it_has_no_action()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Gather numDigits=\"1\"/>");
        call.Press("7");
        await world.SettleAsync();

        world.Customer.To("/voice").Select(h => h["Digits"]).ShouldBe([null, "7"]);
    }

    [Fact]
    public async Task Should_lose_keys_that_nobody_waits_for()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Say>please listen carefully</Say><Gather numDigits=\"1\" timeout=\"2\" action=\"/key\"/>");
        call.Press("5");
        await world.PassAsync(10);

        world.Customer.To("/key").ShouldBeEmpty();
        call.Heard.ShouldContain(h => h.Kind == "key" && h.Text == "5");
    }

    [Fact]
    public async Task Should_send_no_keys_from_a_phone_that_still_rings()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallOutAsync(World.Adviser, "<Gather numDigits=\"1\" timeout=\"2\" action=\"/key\"/>");
        await world.PassAsync(2);
        call.Status.ShouldBe("ringing");
        call.Press("5");

        call.Heard.ShouldNotContain(h => h.Kind == "key");
    }
}
