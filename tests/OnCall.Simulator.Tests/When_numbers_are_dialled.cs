namespace OnCall.Simulator.Tests;

public sealed class When_numbers_are_dialled
{
    [Fact]
    public async Task Should_bridge_the_first_that_picks_up_and_silence_the_others()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/after", "<Say>over</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(5)).ThenHangsUp(TimeSpan.FromSeconds(30));
        var officer = await world.CallInAsync($"<Dial action=\"/after\"><Number>{World.Adviser}</Number><Number statusCallback=\"/leg\" statusCallbackEvent=\"initiated ringing answered completed\">{World.Adviser2}</Number></Dial>");
        await world.PassAsync(6);

        var (first, second) = (world.Sim.Calls[1], world.Sim.Calls[2]);
        first.ParentSid.ShouldBe(officer.Sid);
        first.Direction.ShouldBe("outbound-dial");
        first.From.ShouldBe(World.Officer);
        officer.ConnectedWith.ShouldBe([first]);
        second.Status.ShouldBe("canceled");
        world.Customer.To("/leg").Select(h => h["CallStatus"]).ShouldBe(["initiated", "ringing", "canceled"]);
        world.Customer.To("/leg")[0]["ParentCallSid"].ShouldBe(officer.Sid);
        await world.PassAsync(30);

        var after = world.Customer.To("/after").ShouldHaveSingleItem();
        after["DialCallStatus"].ShouldBe("completed");
        after["DialCallSid"].ShouldBe(first.Sid);
        after["DialCallDuration"].ShouldBe("30");
        after["DialBridged"].ShouldBe("true");
        officer.Words.ShouldBe("over");
    }

    [Fact]
    public async Task Should_ring_five_seconds_longer_than_told_and_then_say_no_answer()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/after", "<Say>nobody</Say>");
        await world.CallInAsync($"<Dial timeout=\"10\" action=\"/after\">{World.Adviser}</Dial>");
        await world.PassAsync(15.4);
        world.Customer.To("/after").ShouldBeEmpty();
        await world.PassAsync(0.2);

        world.Customer.To("/after").ShouldHaveSingleItem()["DialCallStatus"].ShouldBe("no-answer");
    }

    [Fact]
    public async Task Should_go_to_the_next_verb_when_there_is_no_action()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Busy();
        var officer = await world.CallInAsync($"<Dial>{World.Adviser}</Dial><Say>engaged</Say>");
        await world.PassAsync(1);

        officer.Words.ShouldBe("engaged");
    }

    [Fact]
    public async Task Should_bridge_after_the_whisper_whatever_was_pressed()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/whisper", "<Gather numDigits=\"1\" timeout=\"3\"><Say>press one to take the call</Say></Gather>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync($"<Dial><Number url=\"/whisper\">{World.Adviser}</Number></Dial>");
        await world.PassAsync(2);
        officer.ConnectedWith.ShouldBeEmpty();
        await world.PassAsync(4);

        officer.ConnectedWith.ShouldHaveSingleItem().Words.ShouldBe("press one to take the call");
    }

    [Fact]
    public async Task Should_not_bridge_when_the_whisper_hangs_up()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/whisper", "<Say>go away</Say><Hangup/>");
        world.Customer.Says("/after", "<Say>nobody</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Voicemail(TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var officer = await world.CallInAsync($"<Dial action=\"/after\"><Number url=\"/whisper\">{World.Adviser}</Number></Dial>");
        await world.PassAsync(3);

        var after = world.Customer.To("/after").ShouldHaveSingleItem();
        after["DialBridged"].ShouldBe("false");
        officer.Words.ShouldBe("nobody");
        world.Sim.Calls[1].Status.ShouldBe("completed");
    }

    [Fact]
    public async Task Should_dial_one_after_another_when_sequential()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Rejects(TimeSpan.FromSeconds(2));
        world.Sim.Phone(World.Adviser2).Script = Callee.Answers(TimeSpan.FromSeconds(2));
        var officer = await world.CallInAsync($"<Dial sequential=\"true\"><Number>{World.Adviser}</Number><Number>{World.Adviser2}</Number></Dial>");
        await world.PassAsync(2);
        world.Sim.Calls.Count.ShouldBe(2);
        await world.PassAsync(4);

        officer.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(World.Adviser2);
    }

    [Fact]
    public async Task Should_hang_up_on_the_dialled_when_the_caller_rings_off_and_tell_the_action()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync($"<Dial action=\"/after\">{World.Adviser}</Dial>");
        await world.PassAsync(2);
        officer.HangUp();
        await world.SettleAsync();

        world.Sim.Calls[1].Status.ShouldBe("completed");
        world.Customer.To("/after").ShouldHaveSingleItem()["CallStatus"].ShouldBe("completed");
    }

    [Fact]
    public async Task Should_keep_the_inbound_leg_ringing_until_the_bridge_when_told_so()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(5));
        var officer = await world.CallInAsync($"<Dial answerOnBridge=\"true\">{World.Adviser}</Dial>");
        await world.PassAsync(3);
        officer.Status.ShouldBe("ringing");
        await world.PassAsync(3);

        officer.Status.ShouldBe("in-progress");
    }

    [Theory]
    [InlineData("<Dial><Number>+447700900101</Number><Conference>r</Conference></Dial>", 13000)]
    [InlineData("<Dial callerId=\"+442079460999\">+447700900101</Dial>", 13247)]
    [InlineData("<Dial>07700900101</Dial>", 13223)]
    public async Task Should_fail_a_Dial_that_Twilio_refuses(string twiml, int code)
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        await world.CallInAsync(twiml);

        world.Customer.To("/fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe($"{code}");
    }
}
