namespace OnCall.Simulator.Tests;

public sealed class When_a_document_speaks
{
    [Fact]
    public async Task Should_say_pause_and_hang_up_at_the_end_of_the_document()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Say>You have reached the advice line, please hold</Say><Pause length=\"3\"/><Say>Goodbye</Say>");

        call.Status.ShouldBe("in-progress");
        call.Position.ShouldBe("saying");
        await world.PassAsync(3.2);
        call.Position.ShouldBe("pausing");
        await world.PassAsync(3);
        call.Position.ShouldBe("saying");
        await world.PassAsync(2);

        call.Status.ShouldBe("completed");
        call.Heard.Select(h => h.Kind).ShouldBe(["system", "say", "pause", "say", "system"]);
        (call.Heard[2].At - call.Heard[1].At).ShouldBe(TimeSpan.FromSeconds(45 / 15.0), TimeSpan.FromMilliseconds(1));
        world.Sim.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_run_everything_due_in_order_when_the_clock_leaps()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Say>one</Say><Pause length=\"10\"/><Say>two</Say><Pause length=\"10\"/><Say>three</Say>");

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.SettleAsync();

        call.Status.ShouldBe("completed");
        var began = call.AnsweredAt!.Value;
        call.Heard.Where(h => h.Kind == "say").Select(h => (h.At - began).TotalSeconds).ShouldBe([0, 11, 22]);
        (call.EndedAt!.Value - began).ShouldBe(TimeSpan.FromSeconds(23));
    }

    [Fact]
    public async Task Should_repeat_a_sentence_as_often_as_loop_says()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Say loop=\"3\">again</Say>");
        await world.PassAsync(10);

        call.Heard.Count(h => h.Text == "again").ShouldBe(3);
    }

    [Fact]
    public async Task Should_play_a_file_for_its_own_length_and_keep_it_as_long_as_its_server_allows()
    {
        await using var world = await World.CreateAsync();
        var wave = Rest.SoundFiles.Wave(TimeSpan.FromSeconds(7));
        world.Customer.Answers("/music.wav", _ => new Reply(200, "audio/wav", wave) { CacheControl = "max-age=3600" });
        var call = await world.CallInAsync("<Play>/music.wav</Play><Play>/music.wav</Play>");

        await world.PassAsync(13.9);
        call.Status.ShouldBe("in-progress");
        await world.PassAsync(0.2);
        call.Status.ShouldBe("completed");
        var asked = world.Customer.To("/music.wav").ShouldHaveSingleItem();
        asked.Method.ShouldBe("GET");
        asked.Headers.ShouldContainKey("X-Twilio-Signature");
    }

    [Fact]
    public async Task Should_wait_before_answering_when_the_first_verb_is_a_pause()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Pause length=\"5\"/><Say>hello</Say>");

        await world.PassAsync(4);
        call.Status.ShouldBe("ringing");
        await world.PassAsync(1.5);
        call.Status.ShouldBe("in-progress");
    }

    [Theory]
    [InlineData("<Reject/>", "no-answer")]
    [InlineData("<Reject reason=\"busy\"/>", "busy")]
    public async Task Should_not_answer_a_rejected_call(string twiml, string status)
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync(twiml);

        call.Status.ShouldBe(status);
        call.AnsweredAt.ShouldBeNull();
        call.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_go_on_with_another_document_and_drop_the_rest_on_redirect()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/menu", "<Say>menu</Say><Hangup/><Say>never</Say>");
        var call = await world.CallInAsync("<Redirect>/menu</Redirect><Say>never</Say>");
        await world.PassAsync(5);

        call.Words.ShouldBe("menu");
        world.Customer.To("/menu").ShouldHaveSingleItem()["CallStatus"].ShouldBe("ringing");
    }

    [Fact]
    public async Task Should_stop_documents_that_lead_to_each_other_without_end()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Redirect>/voice</Redirect>");
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        await world.PassAsync(5);

        call.Status.ShouldBe("completed");
        world.Sim.Problems.ShouldContain(p => p.Code == 11215);
    }
}
