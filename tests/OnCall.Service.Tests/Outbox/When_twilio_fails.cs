using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_twilio_fails(TestDatabase databases)
{
    public static TheoryData<string, int> Failures => new()
    {
        { "answer lost after acting", 1 },
        { "answer lost after acting", 3 },
        { "500 before acting", 1 },
        { "500 before acting", 3 },
        { "500 after acting", 1 },
        { "429", 1 },
        { "429", 5 },
        { "slow", 1 },
        { "too slow", 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_ring_once_although_a_call_is_asked_for_in_vain(string how, int times)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var fault = Fail(world, how, times, request => request is { Method: "POST", Path: "/Calls.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        fault.Hits.ShouldBePositive();
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        world.Rings(Books.Ash).ShouldBe(1);
        (await world.EnquiryAsync()).Timeline.Count(line => line == "page-sent ash call").ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_look_again_within_seconds_when_the_look_for_a_lost_call_fails_too()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var lost = world.Twilio.Faults.Error500BeforeActing(1, request => request is { Method: "POST", Path: "/Calls.json" });
        var look = world.Twilio.Faults.Error500BeforeActing(1, request => request is { Method: "GET", Path: "/Calls.json" });

        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null, TimeSpan.FromSeconds(10));

        (lost.Hits, look.Hits).ShouldBe((1, 1));
        world.Rings(Books.Ash).ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_take_another_enquirys_call_for_the_one_that_was_lost()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone("+447700900202").Dial(World.Line);
        await world.UntilAsync(() => world.Rings(Books.Ash) == 1);
        var fault = world.Twilio.Faults.Error500BeforeActing(1, request => request is { Method: "POST", Path: "/Calls.json" });

        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Rings(Books.Ash) == 2, TimeSpan.FromSeconds(15));

        fault.Hits.ShouldBePositive();
        (await world.EnquiriesAsync()).Count(enquiry => enquiry.Timeline.Contains("page-sent ash call")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_take_a_phone_that_an_officers_own_call_dials_for_the_call_that_was_lost()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var since = world.Time.GetCurrentInstant();
        await world.Twilio.Faults.SetReachableAsync(false);
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is { Direction: "outbound-dial" });
        await world.Twilio.Faults.SetReachableAsync(true);
        await world.PassAsync(TimeSpan.FromSeconds(6));
        world.Phone(Books.Ash).Ringing.ShouldNotBeNull();

        var lost = new NewCall { To = Books.Ash, From = World.Line, Url = "", FallbackUrl = "", StatusCallback = "", Timeout = 20 };
        var found = world.Nodes[0].Services.GetRequiredService<Reconciler>().FindCallAsync(lost, since, TestContext.Current.CancellationToken);
        await world.UntilAsync(() => found.IsCompleted);

        (await found).ShouldBeNull();
    }

    [Fact]
    public async Task Should_not_take_the_same_words_of_some_minutes_ago_for_the_text_that_was_lost()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var text = world.Texts(Books.Ash).ShouldHaveSingleItem();
        var fault = world.Twilio.Faults.Error500BeforeActing(1, request => request is { Method: "POST", Path: "/Messages.json" });

        await world.PassAsync(TimeSpan.FromMinutes(10));

        fault.Hits.ShouldBePositive();
        world.Texts(Books.Ash).ShouldBe([text, text]);
        world.ShouldBeFlawless();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_ring_once_although_no_callback_tells_what_became_of_it(string how, int times)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var silence = world.Twilio.Faults.DropCallbacks(times: null);
        var fault = Fail(world, how, times, request => request is { Method: "POST", Path: "/Calls.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        fault.Hits.ShouldBePositive();
        world.Rings(Books.Ash).ShouldBe(1);
        world.Phone(Books.Ash).Ringing.ShouldBeNull();
        silence.Hits.ShouldBePositive();
        call.Words.ShouldContain("an expert will call you back");
        world.ShouldBeFlawless();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_text_once_although_a_text_is_asked_for_in_vain(string how, int times)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var fault = Fail(world, how, times, request => request is { Method: "POST", Path: "/Messages.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(2));

        fault.Hits.ShouldBePositive();
        world.Texts(Books.Ash).ShouldHaveSingleItem();
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData("429")]
    [InlineData("500 before acting")]
    public async Task Should_text_the_officers_number_although_no_text_is_taken_for_minutes(string how)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var fault = Fail(world, how, 1000, request => request is { Method: "POST", Path: "/Messages.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        world.Texts(Books.Ash).ShouldBeEmpty();
        fault.Hits.ShouldBePositive();
        world.Twilio.Faults.Clear();
        await world.PassAsync(TimeSpan.FromMinutes(2));

        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("is yours");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Should_connect_the_two_although_the_push_fails(string how, int times)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Listens(6);
        var fault = Fail(world, how, times, request => request.Method == "POST" && request.Path.StartsWith("/Calls/", StringComparison.Ordinal));

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("Being answered"), TimeSpan.FromSeconds(60));
        world.Phone(Books.Ash).Calls[0].Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        fault.Hits.ShouldBePositive();
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        (call.ConnectedAt() - world.Phone(Books.Ash).Calls[0].PressedAt("1")).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        world.Phone(Books.Birch).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_as_soon_as_twilio_can_be_reached_again()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        await world.Twilio.Faults.SetReachableAsync(false);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.PassAsync(TimeSpan.FromSeconds(6));
        world.Rings(Books.Ash).ShouldBe(0);
        await world.Twilio.Faults.SetReachableAsync(true);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(30));

        // By REST, or by the officer's own call, whichever comes first.
        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem();
        (call.ConnectedAt() - world.Twilio.Calls[0].AnsweredAt!.Value).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_owe_a_call_back_when_twilio_stays_away()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.Twilio.Faults.SetReachableAsync(false);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(5));
        call.Words.ShouldContain("an expert will call you back");
        await world.Twilio.Faults.SetReachableAsync(true);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(10));

        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_stay_with_a_page_whose_outcome_cannot_be_learnt()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var lost = new HashSet<string>([Books.Ash, Books.Birch]);
        var fault = world.Twilio.Faults.Error500BeforeActing(times: null, request => lost.Contains(request.Form["To"] ?? "") || lost.Contains(request.Query["To"] ?? ""));
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        var call = await world.CallAsync();
        var since = world.Time.GetUtcNow();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        fault.Hits.ShouldBePositive();
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        (world.Time.GetUtcNow() - since).ShouldBeLessThan(TimeSpan.FromSeconds(45));
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash call");
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_ring_once_although_the_adviser_answers_before_twilio_does_and_another_node_is_there()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), nodes: 2);
        var fault = world.Twilio.Faults.Slow(TimeSpan.FromSeconds(8), times: 1, request => request is { Method: "POST", Path: "/Calls.json" });

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        world.Phone(Books.Ash).Ringing!.Answer();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls[0].WasTold("Press 1"));
        world.Phone(Books.Ash).Calls[0].Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(70));

        fault.Hits.ShouldBePositive();
        world.Rings(Books.Ash).ShouldBe(1);
        world.ShouldBeFlawless();
    }

    private static ArmedFault Fail(World world, string how, int times, Func<RestRequest, bool> when)
    {
        var faults = world.Twilio.Faults;
        return how switch
        {
            "answer lost after acting" => faults.AnswerLostAfterActing(times, when),
            "500 before acting" => faults.Error500BeforeActing(times, when),
            "500 after acting" => faults.Error500AfterActing(times, when),
            "429" => faults.TooManyRequests429(times, when),
            _ => faults.Slow(TimeSpan.FromSeconds(how == "slow" ? 3 : 15), times, when),
        };
    }
}
