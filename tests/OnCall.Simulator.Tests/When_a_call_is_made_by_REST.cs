namespace OnCall.Simulator.Tests;

public sealed class When_a_call_is_made_by_REST
{
    private static readonly (string, string)[] AllEvents = [("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed")];

    [Fact]
    public async Task Should_ring_be_answered_and_run_its_document()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(6)).ThenPresses("1", TimeSpan.FromSeconds(2));
        world.Customer.Says("/taken", "<Say>connecting</Say>");
        var call = await world.CallOutAsync(World.Adviser, "<Gather numDigits=\"1\" action=\"/taken\"><Say>Press 1 to take the call</Say></Gather>");
        call.Status.ShouldBe("queued");

        await world.PassAsync(1);
        call.Status.ShouldBe("ringing");
        await world.PassAsync(6);
        call.Status.ShouldBe("in-progress");
        world.Customer.To("/offer").ShouldHaveSingleItem()["CallStatus"].ShouldBe("in-progress");
        await world.PassAsync(5);

        call.Words.ShouldBe("Press 1 to take the call\nconnecting");
        call.Status.ShouldBe("completed");
        world.Sim.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_report_its_progress_in_order_with_sequence_numbers()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(3));
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", [("StatusCallback", world.Customer.At("/status?a=7")), .. AllEvents]);
        await world.PassAsync(10);

        var told = world.Customer.To("/status");
        told.Select(h => h["CallStatus"]).ShouldBe(["initiated", "ringing", "in-progress", "completed"]);
        told.Select(h => h["SequenceNumber"]).ShouldBe(["0", "1", "2", "3"]);
        told.ShouldAllBe(h => h["a"] == "7" && h["CallbackSource"] == "call-progress-events");
        told[3]["CallDuration"].ShouldBe("1");
        told[2]["CallDuration"].ShouldBeNull();
        told[0]["Timestamp"].ShouldBe("Sat, 06 Mar 2027 22:00:00 +0000");
    }

    [Fact]
    public async Task Should_report_only_the_end_unless_asked()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Busy();
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", ("StatusCallback", world.Customer.At("/status")));
        await world.PassAsync(2);

        var told = world.Customer.To("/status").ShouldHaveSingleItem();
        told["CallStatus"].ShouldBe("busy");
        told["SipResponseCode"].ShouldBe("486");
    }

    public static TheoryData<string, string, int> Endings => new()
    {
        { "busy", "busy", 1 },
        { "declines", "busy", 4 },
        { "no-answer", "no-answer", 19 },
        { "manual", "no-answer", 19 },
        { "unreachable", "failed", 1 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Should_end_as_the_callee_makes_it_end(string mode, string status, int within)
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Page.CalleeModes.Read(mode);
        var call = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", ("Timeout", "18"));

        await world.PassAsync(within - 0.6);
        call.IsOver.ShouldBeFalse();
        await world.PassAsync(0.6);
        call.Status.ShouldBe(status);
        call.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ring_longer_than_told_on_a_route_that_does_so()
    {
        await using var world = await World.CreateAsync(options => options with { ExtraRing = TimeSpan.FromSeconds(5) });
        var call = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", ("Timeout", "18"));

        await world.PassAsync(23.4);
        call.Status.ShouldBe("ringing");
        await world.PassAsync(0.2);
        call.Status.ShouldBe("no-answer");
    }

    [Fact]
    public async Task Should_let_a_voicemail_hear_everything_and_end_it_when_it_has_heard_enough()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Voicemail(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6), listens: TimeSpan.FromSeconds(20));
        var call = await world.CallOutAsync(World.Adviser, "<Say>Press 1</Say><Pause length=\"60\"/>");
        await world.PassAsync(60);

        call.Words.ShouldBe("Press 1");
        call.Status.ShouldBe("completed");
        (call.EndedAt - call.AnsweredAt).ShouldBe(TimeSpan.FromSeconds(26));
    }

    [Fact]
    public async Task Should_wait_for_its_turn_under_the_calls_per_second_limit()
    {
        await using var world = await World.CreateAsync();
        var first = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        var second = await world.CallOutAsync(World.Adviser2, "<Say>hello</Say>");
        await world.PassAsync(0.6);
        (first.Status, second.Status).ShouldBe(("ringing", "queued"));
        await world.PassAsync(1);

        second.Status.ShouldBe("ringing");
        (await world.GetAsync($"Calls/{second.Sid}.json"))["queue_time"].ShouldBe("1000");
        (await world.GetAsync($"Calls/{first.Sid}.json"))["queue_time"].ShouldBe("0");
    }

    [Fact]
    public async Task Should_tell_nobody_of_a_call_cancelled_in_the_queue_and_give_its_turn_away()
    {
        await using var world = await World.CreateAsync();
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        var second = await world.CallOutAsync(World.Adviser2, "<Say>hello</Say>", [("StatusCallback", world.Customer.At("/status")), .. AllEvents]);
        var third = await world.CallOutAsync(World.Officer, "<Say>hello</Say>");
        (await world.PostAsync($"Calls/{second.Sid}.json", ("Status", "canceled"))).Status.ShouldBe(200);
        await world.PassAsync(1.6);

        second.Status.ShouldBe("canceled");
        third.Status.ShouldBe("ringing");
        world.Customer.To("/status").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_go_on_with_the_new_document_at_once_when_redirected()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var call = await world.CallOutAsync(World.Adviser, "<Gather timeout=\"600\"/>");
        await world.PassAsync(1);
        (await world.PostAsync($"Calls/{call.Sid}.json", ("Twiml", "<Response><Say>over here</Say></Response>"))).Status.ShouldBe(200);
        await world.SettleAsync();
        call.Words.ShouldBe("over here");
        await world.PassAsync(1);

        call.Status.ShouldBe("completed");
        (await world.PostAsync($"Calls/{call.Sid}.json", ("Url", world.Customer.At("/offer")))).Code.ShouldBe(21220);
    }

    [Fact]
    public async Task Should_hang_up_when_told_and_refuse_to_do_so_twice()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var call = await world.CallOutAsync(World.Adviser, "<Pause length=\"600\"/>");
        await world.PassAsync(2);
        (await world.PostAsync($"Calls/{call.Sid}.json", ("Status", "completed"))).Status.ShouldBe(200);

        call.Status.ShouldBe("completed");
        (await world.PostAsync($"Calls/{call.Sid}.json", ("Status", "completed"))).Code.ShouldBe(21220);
    }

    [Fact]
    public async Task Should_stop_ringing_when_told_to_complete_a_ringing_call()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        await world.PassAsync(2);
        (await world.PostAsync($"Calls/{call.Sid}.json", ("Url", world.Customer.At("/offer")))).Code.ShouldBe(21220);
        await world.PostAsync($"Calls/{call.Sid}.json", ("Status", "completed"));

        call.Status.ShouldBe("canceled");
        world.Sim.Phone(World.Adviser).Ringing.ShouldBeNull();
    }

    [Fact]
    public async Task Should_use_its_own_fallback_address()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        world.Customer.Says("/help", "<Say>help</Say>");
        var call = await world.CallOutAsync(World.Adviser, "<Redirect>/missing</Redirect>", ("FallbackUrl", world.Customer.At("/help")));
        world.Customer.Answers("/missing", _ => Reply.Code(404));
        await world.PassAsync(1);

        call.Words.ShouldBe("help");
    }

    [Fact]
    public async Task Should_tell_the_number_of_an_inbound_call_once_at_its_end()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Pause length=\"1\"/><Say>hello</Say><Pause length=\"600\"/>");
        await world.PassAsync(21);
        call.HangUp();
        await world.SettleAsync();

        var told = world.Customer.To("/ended").ShouldHaveSingleItem();
        told["CallStatus"].ShouldBe("completed");
        told["CallDuration"].ShouldBe("20");
        told["SequenceNumber"].ShouldBe("0");
    }

    [Fact]
    public async Task Should_turn_a_second_call_away_where_there_is_no_call_waiting()
    {
        await using var world = await World.CreateAsync(o => o with { CallsPerSecond = double.PositiveInfinity });
        world.Sim.Phone(World.Adviser).CallWaiting = false;
        var first = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        var second = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        await world.PassAsync(1);

        (first.Status, second.Status).ShouldBe(("ringing", "busy"));
    }
}
