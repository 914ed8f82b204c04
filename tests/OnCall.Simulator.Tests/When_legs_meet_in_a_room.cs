using System.Text.Json.Nodes;

namespace OnCall.Simulator.Tests;

public sealed class When_legs_meet_in_a_room
{
    private const string Caller = "<Dial action=\"/caller-after\"><Conference startConferenceOnEnter=\"false\" endConferenceOnExit=\"true\" beep=\"false\" waitUrl=\"/hold\" participantLabel=\"caller\" statusCallback=\"/room\" statusCallbackEvent=\"start end join leave\">room-1</Conference></Dial><Say>after the room</Say>";
    private const string Joiner = "<Dial action=\"/adviser-after\"><Conference waitUrl=\"\" participantLabel=\"adviser\">room-1</Conference></Dial>";

    [Fact]
    public async Task Should_wait_with_the_waiting_document_until_somebody_starts_the_room()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await MeetAsync(world);

        officer.ConnectedWith.ShouldBe([adviser]);
        adviser.ConnectedWith.ShouldBe([officer]);
        officer.Words.ShouldBe("please hold");
        adviser.Words.ShouldBeEmpty();
        await world.PassAsync(60);
        world.Customer.To("/hold").ShouldHaveSingleItem();
        world.Sim.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_start_while_nobody_in_it_starts_it()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        var officer = await world.CallInAsync(Caller);
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        await world.CallOutAsync(World.Adviser, Joiner.Replace("waitUrl", "startConferenceOnEnter=\"false\" waitUrl"));
        await world.PassAsync(2);

        officer.ConnectedWith.ShouldBeEmpty();
        Events(world).ShouldBe(["participant-join", "participant-join"]);
    }

    [Fact]
    public async Task Should_end_for_all_when_the_one_who_ends_it_leaves()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/adviser-after", "<Say>the officer has gone</Say>");
        var (officer, adviser) = await MeetAsync(world);
        officer.HangUp();
        await world.SettleAsync();

        adviser.Words.ShouldBe("the officer has gone");
        world.Customer.To("/adviser-after").ShouldHaveSingleItem()["DialCallStatus"].ShouldBe("answered");
        world.Customer.To("/caller-after").ShouldHaveSingleItem()["CallStatus"].ShouldBe("completed");
        Events(world).ShouldBe(["participant-join", "participant-join", "conference-start", "participant-leave", "participant-leave", "conference-end"]);
        var told = world.Customer.To("/room");
        told.Select(h => h["SequenceNumber"]).ShouldBe(["0", "1", "2", "3", "4", "5"]);
        told[3]["ReasonParticipantLeft"].ShouldBe("participant_hung_up");
        told[3]["ParticipantLabel"].ShouldBe("caller");
        told[4]["ReasonParticipantLeft"].ShouldBe("moderator_ended_conference");
        told[5]["ReasonConferenceEnded"].ShouldBe("participant-with-end-conference-on-exit-left");
        told[5]["CallSidEndingConference"].ShouldBe(officer.Sid);
    }

    [Fact]
    public async Task Should_stay_open_for_the_others_when_an_ordinary_participant_leaves()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await MeetAsync(world);
        adviser.HangUp();
        await world.SettleAsync();

        officer.Position.ShouldBe("conference room-1");
        officer.ConnectedWith.ShouldBeEmpty();
        (await RoomAsync(world))["status"]!.ToString().ShouldBe("in-progress");
    }

    [Fact]
    public async Task Should_be_a_new_room_with_a_new_SID_after_its_end()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await MeetAsync(world);
        officer.HangUp();
        adviser.HangUp();
        await world.SettleAsync();
        await world.CallInAsync(Caller);

        var rooms = (await world.GetAsync("Conferences.json?FriendlyName=room-1")).Json!["conferences"]!.AsArray();
        rooms.Count.ShouldBe(2);
        rooms.Select(r => r!["status"]!.ToString()).ShouldBe(["init", "completed"]);
        rooms.Select(r => r!["sid"]!.ToString()).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Should_keep_out_a_label_that_is_taken()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        await world.CallInAsync(Caller);
        world.Customer.Says("/caller-after", "<Say>try again</Say>");
        var second = world.Sim.Phone(World.Adviser2).Dial(World.Line);
        await world.SettleAsync();

        second.Words.ShouldBe("try again");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([16025]);
    }

    [Fact]
    public async Task Should_leave_by_star_when_told_so()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/adviser-after", "<Say>you have left</Say>");
        var (officer, adviser) = await MeetAsync(world, Joiner.Replace("<Dial ", "<Dial hangupOnStar=\"true\" "));
        adviser.Press("*");
        await world.SettleAsync();

        adviser.Words.ShouldBe("you have left");
        officer.Position.ShouldBe("conference room-1");
    }

    [Fact]
    public async Task Should_leave_the_room_by_redirect_and_be_told_so()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await MeetAsync(world);
        await world.PostAsync($"Calls/{adviser.Sid}.json", ("Twiml", "<Response><Say>moved</Say></Response>"));
        await world.SettleAsync();

        adviser.Words.ShouldBe("moved");
        officer.ConnectedWith.ShouldBeEmpty();
        world.Customer.To("/adviser-after").ShouldBeEmpty();
        world.Customer.To("/room")[^1]["ReasonParticipantLeft"].ShouldBe("participant_updated_via_api");
    }

    [Fact]
    public async Task Should_leave_by_the_action_when_the_waiting_document_fails()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/hold", _ => Reply.Code(500));
        world.Customer.Says("/caller-after", "<Say>still here</Say>");
        var call = await world.CallInAsync(Caller);

        call.Words.ShouldBe("still here");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([11200]);
    }

    [Fact]
    public async Task Should_not_allow_Gather_in_the_waiting_document()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Gather/>");
        world.Customer.Says("/caller-after", "<Say>still here</Say>");
        await world.CallInAsync(Caller);

        world.Sim.Problems.Select(p => p.Code).ShouldBe([13238]);
    }

    [Fact]
    public async Task Should_be_held_muted_announced_to_and_put_out_by_REST()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/adviser-after", "<Say>put out</Say>");
        world.Customer.Says("/on-hold", "<Say>one moment</Say>");
        world.Customer.Says("/notice", "<Say>an interpreter joins</Say>");
        var (officer, adviser) = await MeetAsync(world);
        var room = $"Conferences/{(await RoomAsync(world))["sid"]}";

        (await world.PostAsync($"{room}/Participants/adviser.json", ("Hold", "true"), ("HoldUrl", world.Customer.At("/on-hold")))).Status.ShouldBe(200);
        await world.SettleAsync();
        adviser.Words.ShouldBe("one moment");
        officer.ConnectedWith.ShouldBeEmpty();
        world.Customer.To("/on-hold").ShouldHaveSingleItem().Method.ShouldBe("GET");
        await world.PostAsync($"{room}/Participants/adviser.json", ("Hold", "false"), ("Muted", "true"));
        officer.ConnectedWith.ShouldBe([adviser]);
        (await world.GetAsync($"{room}/Participants/adviser.json")).Json!["muted"]!.GetValue<bool>().ShouldBeTrue();

        await world.PostAsync($"{room}.json", ("AnnounceUrl", world.Customer.At("/notice")));
        await world.SettleAsync();
        officer.Words.ShouldEndWith("an interpreter joins");
        adviser.Words.ShouldEndWith("an interpreter joins");

        (await world.DeleteAsync($"{room}/Participants/{adviser.Sid}.json")).Status.ShouldBe(204);
        await world.SettleAsync();
        adviser.Words.ShouldEndWith("put out");
        (await world.GetAsync($"{room}/Participants/{adviser.Sid}.json")).Code.ShouldBe(20404);
    }

    [Fact]
    public async Task Should_refuse_an_announcement_to_a_caller_who_waits_alone()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/hold", "<Pause length=\"30\"/>");
        await world.CallInAsync(Caller);
        var reply = await world.PostAsync($"Conferences/{(await RoomAsync(world))["sid"]}.json", ("AnnounceUrl", world.Customer.At("/notice")));

        reply.Code.ShouldBe(16001);
    }

    [Fact]
    public async Task Should_call_somebody_into_the_room_by_REST_without_any_document()
    {
        await using var world = await World.CreateAsync();
        var (officer, adviser) = await MeetAsync(world);
        world.Sim.Phone(World.Adviser2).Script = Callee.Answers(TimeSpan.FromSeconds(2));
        var added = await world.PostAsync("Conferences/room-1/Participants.json", ("From", World.Line), ("To", World.Adviser2), ("Label", "interpreter"));
        added.Status.ShouldBe(201);
        added["status"].ShouldBe("queued");
        await world.PassAsync(4);

        officer.ConnectedWith.Select(c => c.To).ShouldBe([World.Adviser, World.Adviser2]);
        var interpreter = world.Sim.Calls[^1];
        await world.DeleteAsync($"Conferences/{(await RoomAsync(world))["sid"]}/Participants/interpreter.json");
        await world.SettleAsync();
        interpreter.Status.ShouldBe("completed");
        adviser.ConnectedWith.ShouldBe([officer]);
    }

    [Fact]
    public async Task Should_be_ended_by_REST_and_everybody_goes_on()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/caller-after", "<Say>ended</Say>");
        var (officer, _) = await MeetAsync(world);
        await world.PostAsync($"Conferences/{(await RoomAsync(world))["sid"]}.json", ("Status", "completed"));
        await world.SettleAsync();

        officer.Words.ShouldEndWith("ended");
        (await RoomAsync(world))["reason_conference_ended"]!.ToString().ShouldBe("conference-ended-via-api");
    }

    private static async Task<(PhoneCall Officer, PhoneCall Adviser)> MeetAsync(World world, string joiner = Joiner)
    {
        world.Customer.Says("/hold", "<Say>please hold</Say><Pause length=\"30\"/><Redirect/>");
        var officer = await world.CallInAsync(Caller);
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        var adviser = await world.CallOutAsync(World.Adviser, joiner);
        await world.PassAsync(1);
        return (officer, adviser);
    }

    private static string?[] Events(World world) => [.. world.Customer.To("/room").Select(h => h["StatusCallbackEvent"])];

    private static async Task<JsonObject> RoomAsync(World world) => (await world.GetAsync("Conferences.json")).Json!["conferences"]![0]!.AsObject();
}
