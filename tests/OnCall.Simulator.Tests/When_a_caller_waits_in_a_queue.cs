namespace OnCall.Simulator.Tests;

public sealed class When_a_caller_waits_in_a_queue
{
    private const string Wait = "<Enqueue action=\"/left\" waitUrl=\"/hold\">q-1</Enqueue><Say>after the queue</Say>";

    [Fact]
    public async Task Should_hear_the_waiting_document_again_and_again_with_its_place()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Say>please hold</Say><Pause length=\"9\"/>");
        var call = await world.CallInAsync(Wait);
        call.Position.ShouldBe("queue q-1");
        await world.PassAsync(25);

        var asked = world.Customer.To("/hold");
        asked.Select(h => h["QueueTime"]).ShouldBe(["0", "10", "20"]);
        asked.ShouldAllBe(h => h["QueuePosition"] == "1" && h["CurrentQueueSize"] == "1" && h["MaxQueueSize"] == "1000" && h["CallSid"] == call.Sid);
        call.Position.ShouldBe("queue q-1");
        world.Sim.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_keys_live_in_the_waiting_document()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Gather numDigits=\"1\" finishOnKey=\"\" timeout=\"20\" action=\"/hold-key\"/>");
        world.Customer.Says("/hold-key", "<Leave/>");
        world.Customer.Says("/left", "<Say>leave a message</Say>");
        var call = await world.CallInAsync(Wait);
        call.Press("*");
        await world.SettleAsync();

        world.Customer.To("/hold-key").ShouldHaveSingleItem()["Digits"].ShouldBe("*");
        var left = world.Customer.To("/left").ShouldHaveSingleItem();
        left["QueueResult"].ShouldBe("leave");
        left["QueueTime"].ShouldBe("0");
        call.Words.ShouldBe("leave a message");
    }

    [Fact]
    public async Task Should_go_on_after_Enqueue_when_it_leaves_and_there_is_no_action()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Leave/>");
        var call = await world.CallInAsync("<Enqueue waitUrl=\"/hold\">q-1</Enqueue><Say>after the queue</Say>");

        call.Words.ShouldBe("after the queue");
    }

    [Fact]
    public async Task Should_tell_the_action_when_the_caller_rings_off()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        var call = await world.CallInAsync(Wait);
        await world.PassAsync(12);
        call.HangUp();
        await world.SettleAsync();

        var left = world.Customer.To("/left").ShouldHaveSingleItem();
        left["QueueResult"].ShouldBe("hangup");
        left["CallStatus"].ShouldBe("completed");
        left["QueueTime"].ShouldBe("12");
    }

    [Fact]
    public async Task Should_be_taken_out_at_once_by_a_redirect()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Customer.Says("/talk", "<Say>you are being connected</Say>");
        world.Customer.Says("/left", "<Say>never heard</Say>");
        var call = await world.CallInAsync(Wait);
        await world.PassAsync(5);
        await world.PostAsync($"Calls/{call.Sid}.json", ("Url", world.Customer.At("/talk")));
        await world.SettleAsync();

        call.Words.ShouldBe("you are being connected");
        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("redirected");
    }

    [Fact]
    public async Task Should_be_bridged_to_whoever_dials_the_queue_after_hearing_the_announcement()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Customer.Says("/meet", "<Say>here is an adviser</Say>");
        world.Customer.Says("/left", "<Say>goodbye officer</Say>");
        world.Customer.Says("/after", "<Say>goodbye adviser</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync(Wait);
        await world.PassAsync(8);
        var adviser = await world.CallOutAsync(World.Adviser, "<Dial action=\"/after\"><Queue url=\"/meet\">q-1</Queue></Dial>");
        await world.PassAsync(2);

        world.Customer.To("/meet").ShouldHaveSingleItem()["DequeingCallSid"].ShouldBe(adviser.Sid);
        officer.ConnectedWith.ShouldBe([adviser]);
        adviser.ConnectedWith.ShouldBe([officer]);
        await world.PassAsync(60);
        officer.HangUp();
        await world.SettleAsync();

        adviser.Words.ShouldBe("goodbye adviser");
        var after = world.Customer.To("/after").ShouldHaveSingleItem();
        after["DialCallStatus"].ShouldBe("completed");
        after["DialCallSid"].ShouldBe(officer.Sid);
        after["DialBridged"].ShouldBe("true");
        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("bridged");
    }

    [Fact]
    public async Task Should_be_taken_out_first_who_came_first()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var first = await world.CallInAsync(Wait);
        await world.PassAsync(1);
        var second = world.Sim.Phone(World.Adviser2).Dial(World.Line);
        await world.PassAsync(1);
        var adviser = await world.CallOutAsync(World.Adviser, "<Dial><Queue>q-1</Queue></Dial>");
        await world.PassAsync(2);

        adviser.ConnectedWith.ShouldBe([first]);
        second.Position.ShouldBe("queue q-1");
    }

    [Fact]
    public async Task Should_hear_the_action_when_the_adviser_rings_off_first()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Customer.Says("/left", "<Say>the adviser has gone</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero).ThenHangsUp(TimeSpan.FromSeconds(20));
        var officer = await world.CallInAsync(Wait);
        await world.CallOutAsync(World.Adviser, "<Dial><Queue>q-1</Queue></Dial>");
        await world.PassAsync(21);

        officer.Words.ShouldBe("the adviser has gone");
        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("bridged");
    }

    [Fact]
    public async Task Should_say_so_when_a_redirect_ends_a_talk()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Customer.Says("/talk", "<Say>you are being connected</Say>");
        world.Customer.Says("/left", "<Say>never heard</Say>");
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync(Wait);
        await world.CallOutAsync(World.Adviser, "<Dial><Queue>q-1</Queue></Dial>");
        await world.PassAsync(2);
        await world.PostAsync($"Calls/{officer.Sid}.json", ("Url", world.Customer.At("/talk")));
        await world.SettleAsync();

        officer.Words.ShouldBe("you are being connected");
        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("redirected-from-bridged");
    }

    [Theory]
    [InlineData("q-1", "no-answer", 11)]
    [InlineData("unknown", "failed", 0)]
    public async Task Should_tell_a_dialler_that_nobody_is_there(string queue, string status, int seconds)
    {
        await using var world = await World.CreateAsync();
        await world.PostAsync("Queues.json", ("FriendlyName", "q-1"));
        world.Customer.Says("/after", "<Say>nobody</Say>");
        await world.CallInAsync($"<Dial timeout=\"6\" action=\"/after\"><Queue>{queue}</Queue></Dial>");
        await world.PassAsync(seconds);

        world.Customer.To("/after").ShouldHaveSingleItem()["DialCallStatus"].ShouldBe(status);
    }

    [Fact]
    public async Task Should_leave_by_the_action_when_the_waiting_document_fails()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/hold", _ => Reply.Code(500));
        world.Customer.Says("/left", "<Say>still here</Say>");
        var call = await world.CallInAsync(Wait);

        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("error");
        call.Words.ShouldBe("still here");
    }

    [Fact]
    public async Task Should_not_allow_Record_in_the_waiting_document()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Record/>");
        await world.CallInAsync(Wait);

        world.Sim.Problems.ShouldContain(p => p.Code == 13238);
        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("error");
    }

    [Fact]
    public async Task Should_be_turned_away_from_a_full_queue()
    {
        await using var world = await World.CreateAsync();
        await world.PostAsync("Queues.json", ("FriendlyName", "q-1"), ("MaxSize", "1"));
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        await world.CallInAsync(Wait);
        world.Sim.Phone(World.Adviser2).Dial(World.Line);
        await world.SettleAsync();

        world.Customer.To("/left").ShouldHaveSingleItem()["QueueResult"].ShouldBe("queue-full");
    }

    [Fact]
    public async Task Should_be_seen_and_taken_out_by_REST()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        world.Customer.Says("/talk", "<Say>hello</Say>");
        var call = await world.CallInAsync(Wait);
        await world.PassAsync(7);

        var queue = (await world.GetAsync("Queues.json")).Json!["queues"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)queue["current_size"]!).ShouldBe(1);
        var members = $"Queues/{queue["sid"]}/Members";
        var member = await world.GetAsync($"{members}/Front.json");
        member["call_sid"].ShouldBe(call.Sid);
        ((int)member.Json!["wait_time"]!).ShouldBe(7);
        (await world.PostAsync($"{members}/{call.Sid}.json", ("Url", world.Customer.At("/talk")))).Status.ShouldBe(200);
        await world.SettleAsync();

        call.Words.ShouldBe("hello");
        (await world.GetAsync($"{members}/Front.json")).Code.ShouldBe(20404);
    }
}
