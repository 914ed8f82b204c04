using System.Net;
using OnCall.Service.Tests.Matrix;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

/// <summary>SIGTERM for real processes, on the machine's clock.</summary>
public sealed class When_a_node_is_drained(TestDatabase databases)
{
    private static readonly string[] Unusual = [LiveWorld.FallbackWords, "application error"];

    private const string FailedInside = "A webhook of a call failed inside";

    [Fact]
    public async Task Should_lead_every_call_to_a_person_while_one_node_after_the_other_is_replaced()
    {
        await using var world = await LiveWorld.StartBalancedAsync(databases, MatrixBook.Document, Stop);
        var first = await world.StartNodeAsync();
        var second = await world.StartNodeAsync();
        var calls = new CallsSideBySide(world, CallStage.All.Where(stage => stage.Name != "voicemail"));
        await calls.ReachAsync();

        // The new one is there before the old one goes; people go on meanwhile.
        var firstGoes = world.TerminateAsync(first);
        await CallsSideBySide.GoOnAsync(calls.At("menu", "connected", "accepting", "ringing"));
        var third = await world.StartNodeAsync();
        (await firstGoes).ShouldBe(0);
        var secondGoes = world.TerminateAsync(second);
        await calls.FreeRateAsync();
        await CallsSideBySide.GoOnAsync(calls.At("hold", "screening", "call-back"));
        await calls.UntilAllAsync(cell => cell.Person is not null);
        (await secondGoes).ShouldBe(0);
        await third.ShouldRunAsync(Stop);

        foreach (var cell in calls.All)
        {
            cell.Person.ShouldNotBeNull($"{cell.Stage.Name}\n{world.Twilio.Story()}");
            cell.ShouldHaveHeardWords();
            await cell.ShouldBeRecordedAsync();
            foreach (var words in Unusual)
            {
                cell.Legs(cell.Officer).ShouldAllBe(leg => !leg.WasTold(words), $"{words}\n{world.Twilio.Story()}");
            }
        }

        await first.EndAsync();
        await second.EndAsync();
        foreach (var log in new[] { first.Log, second.Log, third.Log })
        {
            // A machine with much to do may keep a webhook waiting for the database for longer than it is given: the officer is asked to stay, and it is tried again.
            log.Count(FailedInside, "TimeoutException").ShouldBe(log.Count(FailedInside));
        }

        world.Twilio.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_bring_what_it_asks_of_twilio_to_its_end_when_nobody_is_there_to_go_on_with_it()
    {
        await using var world = await LiveWorld.StartBalancedAsync(databases, RingsLong, Stop);
        var only = await world.StartNodeAsync();
        var slow = world.Twilio.Faults.Slow(TimeSpan.FromSeconds(3), times: 1, request => request.Method == "POST" && request.Path == "/Calls.json");
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => slow.Hits == 1 && world.Phone(Books.Ash).Ringing is not null);

        (await world.TerminateAsync(only)).ShouldBe(0);
        await only.EndAsync();
        only.Log.Holds("Application is shutting down").ShouldBeTrue("what it writes is searched, to its end");
        (await world.ReadAsync("SELECT effect ->> 'is' FROM outbox")).ShouldBeEmpty();
        (await world.ReadAsync("SELECT document #>> '{pages,0,state,is}' FROM enquiries")).ShouldBe(["ringing"]);

        await world.StartNodeAsync();
        world.Phone(Books.Ash).Calls[0].Answer();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls[0].WasTold("Press 1"));
        world.Phone(Books.Ash).Calls[0].Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        world.Twilio.ShouldRingNobodyTwiceAtOnce();
    }

    [Fact]
    public async Task Should_hand_over_at_once_what_twilio_does_not_answer()
    {
        await using var world = await LiveWorld.StartBalancedAsync(databases, RingsLong, Stop);
        var first = await world.StartNodeAsync();
        world.Twilio.Faults.DropCallbacks(times: null);
        var silent = world.Twilio.Faults.Slow(TimeSpan.FromMinutes(5), times: 1, request => request.Method == "POST" && request.Path == "/Calls.json");
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => silent.Hits == 1 && world.Phone(Books.Ash).Ringing is not null);
        await world.StartNodeAsync();

        (await world.TerminateAsync(first)).ShouldBe(0);

        // The other one finds the call at Twilio, and asks for no second one: the phone rings still, for less long than the claim of the first would last.
        await world.UntilAsync("SELECT document #>> '{pages,0,state,is}' = 'ringing' FROM enquiries");
        var ring = world.Phone(Books.Ash).Calls.ShouldHaveSingleItem(world.Twilio.Story());
        ring.Answer();
        await world.UntilAsync(() => ring.WasTold("Press 1"));
        ring.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
    }

    [Fact]
    public async Task Should_say_that_it_is_not_ready_take_nothing_more_and_answer_the_webhook_that_is_under_way()
    {
        await using var world = await LiveWorld.StartBalancedAsync(databases, Books.OneDesk(), Stop);
        var node = await world.StartNodeAsync();
        using var http = new HttpClient { BaseAddress = world.AddressOf(node) };
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        using var webhook = new SlowWebhook(world.Balancer!.Passed.First(passed => passed.Target == "/twilio/voice"));

        var answer = webhook.SendAsync(http, Stop);
        await webhook.HalfIsSent;
        var stopping = world.TerminateAsync(node);
        await RealTime.UntilAsync(async () =>
        {
            var status = await StatusAsync(http, "/health/ready");
            status.ShouldNotBeNull("it stopped before it was seen to say that it is not ready: it says so for two seconds");
            return status == HttpStatusCode.ServiceUnavailable;
        }, "the node says that it is not ready");
        await RealTime.UntilAsync(async () => await StatusAsync(http, "/health/live") is null, "the node takes no connection any more");
        webhook.SendRest();

        using var answered = await answer;
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answered.Content.ReadAsStringAsync(Stop)).ShouldContain("<Enqueue");
        (await stopping).ShouldBe(0);
    }

    /// <summary>A phone still rings when a node has gone and another one has started.</summary>
    private static string RingsLong => Books.OneDesk(rounds: 3).Replace("ring: PT20S", "ring: PT50S", StringComparison.Ordinal);

    /// <summary>Null = it takes no connection. Each asks on one of its own, as a probe does.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.ConnectionClose = true;
        try
        {
            using var answer = await http.SendAsync(request, Stop);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
