namespace OnCall.Simulator.Tests;

public sealed class When_limits_are_reached
{
    [Theory]
    [InlineData(null, 4 * 60 * 60)]
    [InlineData("60", 60)]
    public async Task Should_end_a_call_at_its_time_limit(string? limit, int seconds)
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var call = await world.CallOutAsync(World.Adviser, "<Say loop=\"0\">hello</Say><Pause length=\"14400\"/>", limit is null ? [] : [("TimeLimit", limit)]);
        await world.PassAsync(seconds + 5);

        (call.EndedAt - call.AnsweredAt).ShouldBe(TimeSpan.FromSeconds(seconds));
        call.Status.ShouldBe("completed");
    }

    [Fact]
    public async Task Should_end_a_dialled_call_at_the_limit_of_the_Dial()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var officer = await world.CallInAsync($"<Dial timeLimit=\"30\">{World.Adviser}</Dial><Say>time is up</Say>");
        await world.PassAsync(31);

        officer.Words.ShouldBe("time is up");
        world.Sim.Calls[1].Status.ShouldBe("completed");
    }

    [Fact]
    public async Task Should_keep_a_leg_out_of_a_full_room()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/voice", "<Dial action=\"/after\"><Conference maxParticipants=\"2\" waitUrl=\"\">small</Conference></Dial>");
        world.Customer.Says("/after", "<Say>full</Say>");
        var calls = new[] { World.Officer, World.Adviser, World.Adviser2 }.Select(number => world.Sim.Phone(number).Dial(World.Line)).ToList();
        await world.SettleAsync();

        calls.Count(c => c.Position == "conference small").ShouldBe(2);
        calls.Count(c => c.Words == "full").ShouldBe(1);
        world.Sim.Problems.Select(p => p.Code).ShouldBe([16020]);
        world.Customer.To("/after").ShouldHaveSingleItem()["DialCallStatus"].ShouldBe("failed");
    }

    [Fact]
    public async Task Should_follow_ten_HTTP_redirects_and_no_more()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/round", _ => new Reply(307, "text/html", []) { Location = "/round" });
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        await world.CallInAsync("<Redirect>/round</Redirect>");

        world.Customer.To("/round").Count.ShouldBe(11);
        world.Customer.To("/round").ShouldAllBe(h => h.Method == "POST" && h["CallSid"] != null);
        world.Customer.To("/fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe("11215");
    }

    [Fact]
    public async Task Should_skip_a_file_that_cannot_be_had()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/missing.wav", _ => Reply.Code(404));
        var call = await world.CallInAsync("<Play>/missing.wav</Play><Say>and now</Say>");

        call.Words.ShouldBe("and now");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([11200]);
    }

    [Fact]
    public async Task Should_tell_a_negative_end_by_the_time_the_fallback_fails_too()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/voice", _ => Reply.Code(500));
        world.Customer.Answers("/fallback", _ => Reply.Code(500));
        var call = world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.PassAsync(5);

        call.Words.ShouldContain("application error");
        world.Customer.To("/fallback").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_ring_a_participant_five_seconds_longer_than_told()
    {
        await using var world = await World.CreateAsync();
        await world.PostAsync("Conferences/room-1/Participants.json", ("From", World.Line), ("To", World.Adviser), ("Timeout", "10"));
        await world.PassAsync(15.4);
        world.Sim.Calls[0].Status.ShouldBe("ringing");
        await world.PassAsync(0.2);

        world.Sim.Calls[0].Status.ShouldBe("no-answer");
    }

    [Theory]
    [InlineData("#rc=9", 11240)]
    [InlineData("#colour=blue", 11240)]
    [InlineData("#rc=2&amp;rp=ct,5xx&amp;ct=1500&amp;rt=4000&amp;tt=9000", 0)]
    public async Task Should_warn_of_overrides_that_it_does_not_understand(string fragment, int code)
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/next", "<Say>next</Say>");
        await world.CallInAsync($"<Redirect>/next{fragment}</Redirect>");

        world.Sim.Problems.Select(p => p.Code).ShouldBe(code == 0 ? [] : [code]);
    }

    [Fact]
    public async Task Should_say_nothing_of_mere_oddities_when_not_strict()
    {
        await using var world = await World.CreateAsync(o => o with { Strict = false });
        await world.PostAsync("Messages.json", ("To", World.Adviser), ("From", World.Line), ("Body", "hello"), ("Colour", "blue"));

        world.Sim.Problems.ShouldBeEmpty();
    }
}
