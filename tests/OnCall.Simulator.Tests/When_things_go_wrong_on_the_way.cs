namespace OnCall.Simulator.Tests;

public sealed class When_things_go_wrong_on_the_way
{
    private static readonly (string, string)[] Call = [("To", World.Adviser), ("From", World.Line), ("Twiml", "<Response><Say>hello</Say></Response>")];

    [Fact]
    public async Task Should_act_and_lose_the_answer()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Faults.AnswerLostAfterActing(when: r => r.Path == "/Calls.json");
        await Should.ThrowAsync<HttpRequestException>(() => world.PostAsync("Calls.json", Call));

        world.Sim.Calls.Count.ShouldBe(1);
        world.Sim.Requests.ShouldHaveSingleItem().Status.ShouldBe(0);
        (await world.PostAsync("Calls.json", Call)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Should_fail_before_or_after_acting_and_refuse_when_there_is_too_much()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Faults.Error500BeforeActing();
        world.Sim.Faults.Error500AfterActing();
        world.Sim.Faults.TooManyRequests429(times: 2);
        world.Sim.Faults.Unauthorized401();

        (await world.PostAsync("Calls.json", Call)).Code.ShouldBe(20500);
        world.Sim.Calls.Count.ShouldBe(0);
        (await world.PostAsync("Calls.json", Call)).Status.ShouldBe(500);
        world.Sim.Calls.Count.ShouldBe(1);
        (await world.PostAsync("Calls.json", Call)).Status.ShouldBe(429);
        (await world.PostAsync("Calls.json", Call)).Code.ShouldBe(20429);
        (await world.PostAsync("Calls.json", Call)).Code.ShouldBe(20003);
        world.Sim.Calls.Count.ShouldBe(1);
        (await world.PostAsync("Calls.json", Call)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Should_answer_late_on_its_own_clock_without_looking_busy()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Faults.Slow(TimeSpan.FromSeconds(12));
        var late = world.PostAsync("Calls.json", Call);
        await world.Sim.WaitForAsync(() => world.Sim.Requests.Count == 1 && world.Sim.InFlight == 0, TestContext.Current.CancellationToken);
        world.Sim.Calls.Count.ShouldBe(1);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        late.IsCompleted.ShouldBeFalse();
        world.Time.Advance(TimeSpan.FromSeconds(1));

        (await late).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Should_refuse_connections_while_it_cannot_be_reached_and_come_back_on_the_same_port()
    {
        await using var world = await World.CreateAsync();
        var address = world.Sim.BaseAddress;
        await world.Sim.Faults.SetReachableAsync(reachable: false);
        var refused = await Should.ThrowAsync<HttpRequestException>(() => world.PostAsync("Calls.json", Call));
        refused.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        await world.Sim.Faults.SetReachableAsync(reachable: true);

        (await world.PostAsync("Calls.json", Call)).Status.ShouldBe(201);
        world.Sim.BaseAddress.ShouldBe(address);
        world.Sim.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_drop_double_and_reorder_callbacks()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(1));
        world.Sim.Faults.DropCallbacks(when: w => w.Parameters["CallStatus"] == "initiated");
        world.Sim.Faults.ReorderCallbacks(when: w => w.Parameters["CallStatus"] == "ringing");
        world.Sim.Faults.DuplicateCallbacks(when: w => w.Parameters["CallStatus"] == "completed");
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", ("StatusCallback", world.Customer.At("/status")), ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed"));
        await world.PassAsync(5);

        var told = world.Customer.To("/status");
        told.Select(h => h["CallStatus"]).ShouldBe(["in-progress", "ringing", "completed", "completed"]);
        told.Select(h => h["SequenceNumber"]).ShouldBe(["2", "1", "3", "3"]);
        told[2].Headers["I-Twilio-Idempotency-Token"].ShouldBe(told[3].Headers["I-Twilio-Idempotency-Token"]);
    }

    [Fact]
    public async Task Should_delay_a_callback()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Faults.DelayCallbacks(TimeSpan.FromMinutes(1));
        var call = await world.CallInAsync("<Say>hello</Say>");
        call.HangUp();
        await world.PassAsync(59);
        world.Customer.To("/ended").ShouldBeEmpty();
        await world.PassAsync(1);

        world.Customer.To("/ended").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_ask_again_for_an_answer_that_was_lost_when_the_address_says_so()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/next", "<Say>next</Say>");
        world.Sim.Faults.LoseWebhookAnswers(when: w => w.Path == "/next");
        var call = await world.CallInAsync("<Redirect>/next#rc=1&amp;rp=rt</Redirect>");

        world.Customer.To("/next").Count.ShouldBe(2);
        call.Words.ShouldBe("next");
    }

    [Fact]
    public async Task Should_let_the_customer_finish_a_request_whose_caller_has_gone()
    {
        await using var world = await World.CreateAsync();
        var release = new TaskCompletionSource();
        var finished = false;
        world.Customer.AnswersLater("/voice", async _ =>
        {
            await release.Task;
            finished = true;
            return Reply.Twiml("<Say>hello</Say>");
        });
        var call = world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.Sim.WaitForAsync(() => world.Customer.To("/voice").Count == 1 || world.Sim.Webhooks.Count == 1, TestContext.Current.CancellationToken);
        call.HangUp();
        release.SetResult();
        await world.SettleAsync();

        finished.ShouldBeTrue();
        world.Sim.Webhooks.Single(w => w.Path == "/voice").Status.ShouldBe(200);
        call.Words.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(200, 11200)]
    [InlineData(404, 15003)]
    [InlineData(500, 15003)]
    public async Task Should_report_callbacks_that_are_answered_badly(int status, int code)
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/ended", _ => new Reply(status, null, []));
        var call = await world.CallInAsync("<Say>hello</Say>");
        call.HangUp();
        await world.SettleAsync();

        world.Sim.Problems.Select(p => p.Code).ShouldBe([code]);
        world.Customer.To("/ended").Count.ShouldBe(1);
    }
}
