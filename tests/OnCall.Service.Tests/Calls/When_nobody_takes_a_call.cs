using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Calls;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_nobody_takes_a_call(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_promise_a_call_back_with_the_ref(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);

        var enquiry = await world.EnquiryAsync();
        call.Words.ShouldContain("no expert could take your call yet. We keep trying, and an expert will call you back");
        call.Words.ShouldContain($"Your reference is {enquiry.SpokenRef}. If life is in danger, use your control room or 999.");
        enquiry.State.ShouldBe("unanswered");
        enquiry.Owner.ShouldBe("chase");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_chase_by_text_and_call_after_2_then_5_then_every_10_minutes(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        var since = call.SaidAt("We are sorry");
        await world.PassAsync(TimeSpan.FromMinutes(28));

        var chases = world.Phone(Books.Cedar).Calls.Skip(1).Select(chase => Math.Round((chase.RangAt!.Value - since).TotalMinutes)).ToList();
        chases.ShouldBe([2, 7, 17, 27]);
        var enquiry = await world.EnquiryAsync();
        world.Texts(Books.Cedar).ShouldBe(Enumerable.Repeat(
            $"{enquiry.Ref} routine (Extradition): an officer waits for a call back and nobody has it yet. Reply 1 to take it.", 4));
        world.Texts(Books.Ash).ShouldBeEmpty();
        enquiry.State.ShouldBe("unanswered");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_the_coordinators_after_an_hour()
    {
        const string coordinator = "+447700900150";
        await using var world = await World.StartAsync(databases, $$"""
            {{Books.TwoDesks()}}
            coordinators: [{ id: p.lane, name: Pat Lane, phone: "{{coordinator}}" }]
            """);

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        await world.PassAsync(TimeSpan.FromMinutes(61));

        var enquiry = await world.EnquiryAsync();
        world.Texts(coordinator).ShouldBe([$"{enquiry.Ref} (Extradition): nobody has this enquiry, which came in an hour ago. Please see to it."]);
        enquiry.State.ShouldBe("unanswered");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_call_the_officer_back_when_it_is_taken_in_the_chase(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));

        var (back, adviser) = (world.Phone(World.Officer).Calls[1], world.Phone(Books.Cedar).Calls[1]);
        back.From.ShouldBe(World.Line);
        back.ConnectedWith.ShouldHaveSingleItem().Sid.ShouldBe(adviser.Sid);
        (back.ConnectedAt() - back.PressedAt("1")).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
        adviser.Words.ShouldContain("Routine call back.");
        adviser.Words.ShouldContain("We are ringing the officer now");
        adviser.Heard.SkipWhile(heard => !heard.Text.Contains("We are ringing", StringComparison.Ordinal)).ShouldContain(heard => heard.Kind == "play" && heard.Text.EndsWith("/hold.wav", StringComparison.Ordinal));
        var enquiry = await world.EnquiryAsync();
        back.Words.ShouldContain($"This is the National advice line, about your enquiry {enquiry.SpokenRef}. Press 1 to speak to the expert.");
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("cedar");
        enquiry.Timeline.ShouldContain("bridged cedar call");
        await world.PassAsync(TimeSpan.FromMinutes(30));
        world.Rings(Books.Cedar).ShouldBe(2);
        world.ShouldBeFlawless();
    }

    public static TheoryData<string> NotThere => ["does not answer", "is a voicemail", "is busy"];

    [Theory]
    [MemberData(nameof(NotThere))]
    public async Task Should_tell_the_adviser_when_the_officer_called_back(string what)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = what switch { "is busy" => Callee.Busy(), "is a voicemail" => Scripts.Voicemail(), _ => Callee.NoAnswer() };

        await world.UntilAsync(() => world.Phone(Books.Cedar).Calls is [_, { IsOver: true }], TimeSpan.FromMinutes(5));
        await world.PassAsync(TimeSpan.FromSeconds(10));

        world.Phone(Books.Cedar).Calls[1].Words.ShouldContain("The officer was not reached. The number was texted to you; please try again.");
        world.Rings(World.Officer).ShouldBe(1);
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("cedar");
        world.Texts(Books.Cedar).ShouldContain(text => text.StartsWith($"{enquiry.Ref} is yours (Extradition). Officer's number: {World.Officer}.", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_ring_the_officer_on_when_the_adviser_hangs_up_during_the_call_back()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(World.Officer).Ringing is not null, TimeSpan.FromMinutes(5));
        world.Phone(Books.Cedar).Calls[1].HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Phone(World.Officer).Ringing.ShouldBeNull();
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_lead_on_an_officer_who_had_picked_up_when_the_adviser_hangs_up_during_the_call_back(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Listens();

        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, var back] && back.WasTold("Press 1 to speak"), TimeSpan.FromMinutes(5));
        world.Phone(Books.Cedar).Calls[1].HangUp();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls[1].IsOver);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        var enquiry = await world.EnquiryAsync();
        world.Phone(World.Officer).Calls[1].Words.ShouldContain("An expert has your enquiry, and you will be called back.");
        world.Texts(Books.Cedar)[^1].ShouldBe(
            $"You have not spoken to the officer of {enquiry.Ref} yet. To be connected, reply CALL {enquiry.Ref}; when done, DONE {enquiry.Ref} and a topic, no names, no case detail.");
        enquiry.Owner.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_record_a_message_where_the_policy_says_voicemail(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"), nodes);

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(20));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        call.Words.ShouldContain("After the tone, please leave your force, a number on which we reach you, and no names or case detail.");
        call.Words.ShouldContain("Your message is kept, and an expert will call you back.");
        world.Twilio.Recordings.ShouldHaveSingleItem();
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("voicemail");
        enquiry.Owner.ShouldBe("chase");
        enquiry.Timeline.ShouldContain("voicemail-left");
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null, TimeSpan.FromMinutes(3));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_say_greeting_and_promise_whole_where_nobody_is_on_duty()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk().Replace("\"adviser:ash\"", "\"rota:nobody\"", StringComparison.Ordinal)
            .Replace("policies:", "  - { id: nobody, name: Nobody, layers: [] }\npolicies:", StringComparison.Ordinal));

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);

        call.Heard.Where(heard => heard.Kind == "say").Select(heard => heard.Text[..12]).ShouldBe(["This is the ", "We are sorry"]);
        world.Twilio.Requests.ShouldNotContain(request => request.Path.StartsWith("/Calls/", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData("its answer is lost")]
    [InlineData("it waits until REST answers again")]
    public async Task Should_not_cut_a_message_by_the_push_that_was_to_lead_to_it(string what)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);
        ArmedFault? fault = null;
        if (what == "its answer is lost")
        {
            fault = world.Twilio.Faults.Error500AfterActing(when: request => request.Method == "POST" && request.Path.StartsWith($"/Calls/{call.Sid}", StringComparison.Ordinal));
        }
        else
        {
            await world.Twilio.Faults.SetReachableAsync(false);
        }

        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.Twilio.Faults.SetReachableAsync(true);
        await world.PassAsync(TimeSpan.FromSeconds(20));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        (fault?.Hits).ShouldBe(what == "its answer is lost" ? 1 : null);
        call.Words.Split("After the tone").Length.ShouldBe(2, world.Story());
        world.Twilio.Recordings.ShouldHaveSingleItem();
    }

    [Theory, Nodes]
    public async Task Should_play_the_message_to_whoever_takes_the_call_and_leave_none_at_twilio(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"), nodes);
        await LeaveMessageAsync(world, await world.CallAsync());
        await world.UntilAsync(() => world.Twilio.Recordings is [{ Status: "deleted" }]);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));

        var adviser = world.Phone(Books.Cedar).Calls[1];
        adviser.Words.ShouldContain("Here is the officer's message.");
        adviser.Heard.ShouldContain(heard => heard.Kind == "play" && heard.Text.Contains("/twilio/voice/message-left?s=", StringComparison.Ordinal));
        adviser.Words.ShouldContain("Press 1 to hear it again, 2 to ring the officer now.");
        adviser.Words.ShouldContain("We are ringing the officer now");
        (await world.EnquiryAsync()).Timeline.ShouldContain("note cedar call");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_play_the_message_again_on_key_1_and_without_ringing_a_withheld_number()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await LeaveMessageAsync(world, await world.CallAsync(withheld: true));
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(Books.Cedar).Calls is [_, { } taking] && taking.WasTold("Press 1 to hear the message again"), TimeSpan.FromMinutes(5));
        var adviser = world.Phone(Books.Cedar).Calls[1];
        adviser.Press("1");
        await world.UntilAsync(() => adviser.IsOver);

        adviser.Words.Split("Here is the officer's message.").Length.ShouldBe(3);
        adviser.Words.ShouldContain("the number was withheld, so we cannot ring.");
        world.Rings(World.Officer).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_keep_a_second_message_beside_the_first_and_play_both(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"), nodes);
        await LeaveMessageAsync(world, await world.CallAsync());
        await world.PassAsync(TimeSpan.FromSeconds(30));
        var again = await CallAgainAsync(world);
        await LeaveMessageAsync(world, again);

        again.Words.Split("After the tone").Length.ShouldBe(2, "it is asked for once");
        again.Words.ShouldContain("Your message is kept, and an expert will call you back.");
        await world.UntilAsync(() => world.Twilio.Recordings.Count == 2 && world.Twilio.Recordings.All(recording => recording.Status == "deleted"));
        var sounds = await world.ReadAsync("SELECT octet_length(sound)::text FROM recordings ORDER BY kept_at");
        sounds.Count.ShouldBe(2);
        (await world.EnquiryAsync()).Timeline.ShouldContain("note");
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Calls[^1].Heard.Any(heard => heard.Kind == "play"), TimeSpan.FromMinutes(5));
        var both = await world.Nodes[0].Services.GetRequiredService<Recordings>().FindAsync(Guid.Parse((await world.ReadAsync("SELECT id::text FROM enquiries"))[0]), TestContext.Current.CancellationToken);
        both.ShouldNotBeNull().Length.ShouldBe(sounds.Sum(length => int.Parse(length, CultureInfo.InvariantCulture)) - 44);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ask_once_whoever_left_a_message_before_and_says_nothing_now()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        await LeaveMessageAsync(world, await world.CallAsync());
        await world.PassAsync(TimeSpan.FromSeconds(30));

        var again = await CallAgainAsync(world);
        await world.UntilAsync(() => again.Position == "recording", TimeSpan.FromMinutes(3));
        again.Press("#");
        await world.UntilAsync(() => again.IsOver);

        again.Words.Split("After the tone").Length.ShouldBe(2);
        again.Words.ShouldContain("No message was recorded.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_bring_the_message_home_although_twilio_fails_at_first()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var refusals = world.Twilio.Faults.Error500BeforeActing(3, request => request is { Method: "GET" } && request.Path.StartsWith("/Recordings/", StringComparison.Ordinal));
        var lost = world.Twilio.Faults.AnswerLostAfterActing(1, request => request is { Method: "DELETE" });
        await LeaveMessageAsync(world, await world.CallAsync());

        await world.UntilAsync(() => world.Twilio.Recordings is [{ Status: "deleted" }]);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        (refusals.Hits, lost.Hits).ShouldBe((3, 1));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_keep_a_message_that_ends_with_the_officer_hanging_up()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(12));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.EnquiryAsync()).State.ShouldBe("voicemail");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_keep_the_enquiry_open_when_nothing_is_said()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));

        var call = await world.CallAsync();
        call.Speaks = false;
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(3));

        call.Words.ShouldContain("No message was recorded.");
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("unanswered");
        enquiry.Owner.ShouldBe("chase");
        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_ask_a_withheld_caller_for_a_message_and_a_number(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Listens();

        var call = await world.CallAsync(withheld: true);
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        world.Phone(Books.Ash).Calls[0].Words.ShouldContain("Number withheld.");
        call.Words.ShouldNotContain("on the number you are calling from");
        var enquiry = await world.EnquiryAsync();
        enquiry.From.ShouldBeNull();
        enquiry.State.ShouldBe("voicemail");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_on_for_who_hangs_up_at_the_tone_without_a_word()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(World.Officer).Speaks = false;
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("hash"));
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");

        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.EnquiryAsync()).State.ShouldBe("paging", world.Story());
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);
    }

    private static async Task<PhoneCall> CallAgainAsync(World world)
    {
        var again = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => again.WasTold("You called about"));
        again.Press("1");
        return again;
    }

    private static async Task LeaveMessageAsync(World world, PhoneCall call)
    {
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
    }
}
