namespace OnCall.Simulator.Tests;

public sealed class When_a_message_is_recorded
{
    private const string Record = "<Record action=\"/recorded\" maxLength=\"180\" finishOnKey=\"#\" recordingStatusCallback=\"/ready\"/><Say>nothing was said</Say>";

    [Fact]
    public async Task Should_end_at_the_finish_key_and_be_ready_a_little_later()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/recorded", "<Say>thank you</Say>");
        var call = await world.CallInAsync(Record);
        await world.PassAsync(20);
        call.Press("1#");
        await world.SettleAsync();

        var recorded = world.Customer.To("/recorded").ShouldHaveSingleItem();
        recorded["RecordingDuration"].ShouldBe("20");
        recorded["Digits"].ShouldBe("#");
        world.Customer.To("/ready").ShouldBeEmpty();
        (await world.GetAsync(new Uri(recorded["RecordingUrl"]!).AbsolutePath)).Status.ShouldBe(404);
        await world.PassAsync(2);

        var ready = world.Customer.To("/ready").ShouldHaveSingleItem();
        ready["RecordingStatus"].ShouldBe("completed");
        ready["RecordingSource"].ShouldBe("RecordVerb");
        ready["CallSid"].ShouldBe(call.Sid);
        call.Words.ShouldBe("thank you");
    }

    [Fact]
    public async Task Should_be_kept_when_the_caller_rings_off()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync(Record);
        await world.PassAsync(9);
        call.HangUp();
        await world.PassAsync(3);

        var recorded = world.Customer.To("/recorded").ShouldHaveSingleItem();
        recorded["Digits"].ShouldBe("hangup");
        recorded["CallStatus"].ShouldBe("completed");
        world.Customer.To("/ready").ShouldHaveSingleItem()["RecordingDuration"].ShouldBe("9");
    }

    [Fact]
    public async Task Should_end_at_the_longest_length()
    {
        await using var world = await World.CreateAsync();
        await world.CallInAsync(Record);
        await world.PassAsync(181);

        world.Customer.To("/recorded").ShouldHaveSingleItem()["RecordingDuration"].ShouldBe("180");
    }

    [Fact]
    public async Task Should_fall_through_when_nobody_speaks()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Officer).Speaks = false;
        var call = await world.CallInAsync(Record);
        await world.PassAsync(6);

        call.Words.ShouldBe("nothing was said");
        world.Customer.To("/recorded").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_listed_fetched_heard_and_deleted_by_REST()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync(Record);
        await world.PassAsync(5);
        call.HangUp();
        await world.PassAsync(3);

        var recording = (await world.GetAsync($"Recordings.json?CallSid={call.Sid}")).Json!["recordings"]!.AsArray().ShouldHaveSingleItem()!;
        recording["duration"]!.ToString().ShouldBe("5");
        recording["status"]!.ToString().ShouldBe("completed");
        var sid = recording["sid"]!.ToString();
        var wave = await world.GetAsync($"Recordings/{sid}");
        wave.ContentType.ShouldBe("audio/x-wav");
        Twiml.SoundLibrary.LengthOf(wave.Bytes).ShouldBe(TimeSpan.FromSeconds(5));
        (await world.GetAsync($"Recordings/{sid}.mp3")).ContentType.ShouldBe("audio/mpeg");
        (await world.DeleteAsync($"Recordings/{sid}.json")).Status.ShouldBe(204);
        (await world.GetAsync($"Recordings/{sid}.json")).Code.ShouldBe(20404);
        (await world.GetAsync("Recordings.json")).Json!["recordings"]!.AsArray().ShouldBeEmpty();
        (await world.GetAsync("Recordings.json?IncludeSoftDeleted=true")).Json!["recordings"]!.AsArray().Count.ShouldBe(1);
    }
}
