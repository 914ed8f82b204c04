using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class When_twilio_is_asked
{
    private static readonly NewCall Call = new()
    {
        To = "+447700900101",
        From = "+442079460101",
        Url = "https://oncall.example.org/twilio/page?p=a-1#rc=2",
        StatusCallback = "https://oncall.example.org/twilio/status/call?p=a-1",
        Timeout = 25,
    };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Should_place_a_call_with_its_fields_and_the_accounts_credentials()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, 201, """{"sid":"CA1","status":"queued","duration":null}"""));

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBe(new TwilioOutcome.Done("CA1"));

        var asked = stub.Requests.ShouldHaveSingleItem();
        asked.Method.ShouldBe("POST");
        asked.Path.ShouldBe($"/2010-04-01/Accounts/{TwilioStub.AccountSid}/Calls.json");
        asked.Authorization.ShouldBe(Basic("token"));
        TwilioForm.Parse(asked.Body)!.Fields.ShouldBe(
        [
            new("To", "+447700900101"),
            new("From", "+442079460101"),
            new("Url", "https://oncall.example.org/twilio/page?p=a-1#rc=2"),
            new("StatusCallback", "https://oncall.example.org/twilio/status/call?p=a-1"),
            new("StatusCallbackEvent", "initiated"),
            new("StatusCallbackEvent", "ringing"),
            new("StatusCallbackEvent", "answered"),
            new("StatusCallbackEvent", "completed"),
            new("Timeout", "25"),
        ],
        ignoreOrder: true);
    }

    [Fact]
    public async Task Should_end_and_redirect_a_call()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, 200, """{"sid":"CA1"}"""));

        await stub.Api.EndCallAsync("CA1", unlessAnswered: false, Stop);
        await stub.Api.RedirectCallAsync("CA1", "https://oncall.example.org/twilio/room", Stop);

        stub.Requests.Select(asked => (asked.Path[^15..], asked.Body)).ShouldBe(
            [("/Calls/CA1.json", "Status=completed"), ("/Calls/CA1.json", "Url=https%3A%2F%2Foncall.example.org%2Ftwilio%2Froom")]);
    }

    [Theory]
    [InlineData(400, 21211, Refusal.BadNumber)]
    [InlineData(400, 21610, Refusal.OptedOut)]
    [InlineData(400, 21220, Refusal.Gone)]
    [InlineData(404, 20404, Refusal.Gone)]
    [InlineData(400, 21210, Refusal.Sender)]
    [InlineData(400, 21215, Refusal.Configuration)]
    [InlineData(400, 20422, Refusal.Other)]
    public async Task Should_tell_why_twilio_refuses(int status, int code, object kind)
    {
        await using var stub = await TwilioStub.StartAsync(
            (http, _) => AnswerAsync(http, status, $$"""{"code":{{code}},"message":"no","more_info":"","status":{{status}}}"""));

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBe(new TwilioOutcome.Refused(code, status, (Refusal)kind));
        stub.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Should_not_repeat_what_may_have_been_done(int status)
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, status, """{"code":20500,"message":"oh"}"""));

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_know_what_became_of_a_request_whose_connection_broke()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        (await stub.Api.SendTextAsync(new NewText { To = Call.To, From = Call.From, Body = "a" }, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_know_what_an_answer_that_cannot_be_read_means()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, 201, "not json"));

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
    }

    [Fact]
    public async Task Should_give_an_answer_up_after_ten_seconds()
    {
        await using var stub = await TwilioStub.StartAsync(
            async (http, _) =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            },
            _time);

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_give_up_after_ten_seconds_an_answer_that_stalls_behind_its_headers()
    {
        await using var stub = await TwilioStub.StartAsync(
            async (http, _) =>
            {
                (http.Response.StatusCode, http.Response.ContentType) = (201, "application/json");
                await http.Response.WriteAsync("{", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                    _time.Advance(TimeSpan.FromSeconds(5));
                }
            },
            _time);

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
        stub.Requests.Count.ShouldBe(1, "Twilio may have placed it");
    }

    [Fact]
    public async Task Should_repeat_what_was_turned_away_for_the_moment()
    {
        await using var stub = await TwilioStub.StartAsync(
            (http, n) => n < 3 ? AnswerAsync(http, 429, """{"code":20429}""") : AnswerAsync(http, 201, """{"sid":"CA1"}"""), new NoWaits());

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBe(new TwilioOutcome.Done("CA1"));
        stub.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(401, 20003)]
    [InlineData(403, 20005)]
    public async Task Should_hand_back_what_is_refused_for_the_accounts_sake(int status, int code)
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, status, $$"""{"code":{{code}},"message":"no"}"""));

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.RetryLater>();
        (await stub.Api.AnswersAsync(TimeProvider.System, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_sign_in_with_the_second_token_once_the_first_is_refused()
    {
        await using var stub = await TwilioStub.StartAsync(
            (http, _) => http.Request.Headers.Authorization == Basic("next") ? AnswerAsync(http, 201, """{"sid":"CA1"}""") : AnswerAsync(http, 401, """{"code":20003}"""),
            secondToken: "next");

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBe(new TwilioOutcome.Done("CA1"));
        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBe(new TwilioOutcome.Done("CA1"));

        stub.Requests.Select(asked => asked.Authorization).ShouldBe([Basic("token"), Basic("next"), Basic("next")]);
        stub.Requests.Select(asked => asked.Body).Distinct().ShouldHaveSingleItem().ShouldContain("To=%2B447700900101");
    }

    [Fact]
    public async Task Should_hand_back_what_is_turned_away_three_times()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, 429, """{"code":20429}"""), new NoWaits());

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.RetryLater>();
        stub.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_know_that_nothing_was_sent_where_nobody_listens()
    {
        // A port that nobody gets: a free one might be taken by another test in the meantime.
        await using var client = TwilioStub.Client("http://127.0.0.1:1", new NoWaits());

        (await client.GetRequiredService<TwilioApi>().PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.RetryLater>();
    }

    [Fact]
    public async Task Should_leave_a_twilio_alone_that_fails_again_and_again()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(http, 500, ""), _time);
        for (var i = 0; i < 10; i++)
        {
            await stub.Api.PlaceCallAsync(Call, Stop);
        }

        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.RetryLater>();
        stub.Requests.Count.ShouldBe(10);

        _time.Advance(TimeSpan.FromSeconds(6));
        (await stub.Api.PlaceCallAsync(Call, Stop)).ShouldBeOfType<TwilioOutcome.Unknown>();
    }

    [Fact]
    public async Task Should_throw_when_the_asker_gives_up()
    {
        using var mine = new CancellationTokenSource();
        await using var stub = await TwilioStub.StartAsync((_, _) => mine.CancelAsync());

        await Should.ThrowAsync<OperationCanceledException>(() => stub.Api.PlaceCallAsync(Call, mine.Token));
    }

    [Fact]
    public async Task Should_list_calls_to_a_number()
    {
        await using var stub = await TwilioStub.StartAsync((http, _) => AnswerAsync(
            http,
            200,
            """{"calls":[{"sid":"CA1","to":"+447700900101","from":"+442079460101","status":"queued","date_created":"Tue, 31 Aug 2027 20:36:28 +0000"}],"next_page_uri":null}"""));

        var call = (await stub.Api.ListCallsAsync(Call.To, Stop)).ShouldHaveSingleItem();

        call.ShouldBe(new TwilioCall("CA1", "+447700900101", "+442079460101", "queued", Instant.FromUtc(2027, 8, 31, 20, 36, 28)));
        stub.Requests.Single().Query.ShouldBe("?To=%2B447700900101&PageSize=50");
    }

    [Fact]
    public async Task Should_fetch_and_delete_a_recording()
    {
        await using var stub = await TwilioStub.StartAsync((http, n) => n == 1 ? AnswerAsync(http, 200, "RIFF") : AnswerAsync(http, 204, ""));

        (await stub.Api.FetchRecordingAsync("RE1", Stop)).ShouldBe("RIFF"u8.ToArray());
        (await stub.Api.DeleteRecordingAsync("RE1", Stop)).ShouldBe(new TwilioOutcome.Done("RE1"));

        stub.Requests.Select(asked => $"{asked.Method} {asked.Path.Split('/')[^1]}").ShouldBe(["GET RE1.wav", "DELETE RE1.json"]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Basic(string token) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TwilioStub.AccountSid}:{token}"))}";

    private static Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return status == 204 ? Task.CompletedTask : http.Response.WriteAsync(body);
    }

    /// <summary>Lets the waits between tries, which are short, pass at once; the limit of a try, which is long, never runs out.</summary>
    private sealed class NoWaits : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(9) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
