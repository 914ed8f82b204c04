using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Tests;

public sealed class When_the_customer_is_asked
{
    [Fact]
    public async Task Should_sign_what_is_sent_and_name_itself()
    {
        await using var world = await World.CreateAsync();
        await world.CallInAsync("<Say>hello</Say>");

        var asked = world.Customer.To("/voice").ShouldHaveSingleItem();
        asked.Headers["X-Twilio-Signature"].ShouldBe(Signature.Of(world.Sim.AuthToken, asked.Url, asked.Form));
        asked.Headers["User-Agent"].ShouldBe("TwilioProxy/1.1");
        Guid.TryParse(asked.Headers["I-Twilio-Idempotency-Token"], out _).ShouldBeTrue();
        asked.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded; charset=utf-8", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task Should_send_every_parameter_of_an_inbound_call()
    {
        await using var world = await World.CreateAsync();
        var call = await world.CallInAsync("<Say>hello</Say>");

        var asked = world.Customer.To("/voice").ShouldHaveSingleItem();
        asked["CallSid"].ShouldBe(call.Sid);
        asked["AccountSid"].ShouldBe(world.Sim.AccountSid);
        asked["From"].ShouldBe(World.Officer);
        asked["Caller"].ShouldBe(World.Officer);
        asked["To"].ShouldBe(World.Line);
        asked["Called"].ShouldBe(World.Line);
        asked["CallStatus"].ShouldBe("ringing");
        asked["Direction"].ShouldBe("inbound");
        asked["ApiVersion"].ShouldBe("2010-04-01");
        asked["FromCountry"].ShouldBe("GB");
        asked["FromCity"].ShouldBe("");
        asked.Form.Count.ShouldBe(9 + 16);
    }

    [Fact]
    public async Task Should_hide_a_withheld_number()
    {
        await using var world = await World.CreateAsync();
        await world.CallInAsync("<Say>hello</Say>", withheld: true);

        world.Customer.To("/voice").ShouldHaveSingleItem()["From"].ShouldBe("anonymous");
    }

    [Fact]
    public async Task Should_put_parameters_into_the_query_of_a_GET_and_sign_them_there()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/next", "<Say>next</Say>");
        await world.CallInAsync("<Redirect method=\"GET\">/next?a=1</Redirect>");

        var asked = world.Customer.To("/next").ShouldHaveSingleItem();
        asked.Method.ShouldBe("GET");
        asked.Query["a"].ShouldBe("1");
        asked.Query["From"].ShouldBe(World.Officer);
        asked.Headers["X-Twilio-Signature"].ShouldBe(Signature.Of(world.Sim.AuthToken, asked.Url));
    }

    [Fact]
    public async Task Should_give_cookies_back_within_a_call()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/voice", _ => Reply.Twiml("<Redirect>/next</Redirect>") with { SetCookie = "step=2; Path=/" });
        world.Customer.Says("/next", "<Say>next</Say>");
        world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.SettleAsync();

        world.Customer.To("/next").ShouldHaveSingleItem().Headers["Cookie"].ShouldBe("step=2");
    }

    [Fact]
    public async Task Should_lose_the_parameters_when_the_answer_is_an_HTTP_redirect()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/moved", _ => new Reply(302, "text/html", []) { Location = "/arrived" });
        world.Customer.Says("/arrived", "<Say>arrived</Say>");
        var call = await world.CallInAsync("<Redirect>/moved</Redirect>");

        var asked = world.Customer.To("/arrived").ShouldHaveSingleItem();
        asked.Method.ShouldBe("GET");
        asked["CallSid"].ShouldBeNull();
        call.Words.ShouldBe("arrived");
    }

    [Fact]
    public async Task Should_not_repeat_a_server_error_unless_asked_to()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/broken", _ => Reply.Code(500));
        await world.CallInAsync("<Redirect>/broken</Redirect>");

        world.Customer.To("/broken").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_repeat_as_the_fragment_says_with_the_same_token()
    {
        await using var world = await World.CreateAsync();
        var tries = 0;
        world.Customer.Answers("/broken", _ => ++tries < 3 ? Reply.Code(503) : Reply.Twiml("<Say>at last</Say>"));
        var call = await world.CallInAsync("<Redirect>/broken?q=1#rc=3&amp;rp=5xx,ct</Redirect>");

        var asked = world.Customer.To("/broken");
        asked.Count.ShouldBe(3);
        asked.Select(h => h.Headers["I-Twilio-Idempotency-Token"]).Distinct().ShouldHaveSingleItem();
        asked.ShouldAllBe(h => h.Headers["X-Twilio-Signature"] == Signature.Of(world.Sim.AuthToken, h.Url, h.Form));
        call.Words.ShouldBe("at last");
        world.Sim.Webhooks.Where(w => w.Path == "/broken").Select(w => w.Attempt).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Should_try_a_refused_connection_once_more_and_then_use_the_fallback()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/fallback", "<Say>please ring the duty number</Say>");
        var call = await world.CallInAsync("<Redirect>http://127.0.0.1:9/nobody</Redirect>");

        world.Sim.Webhooks.Count(w => w.Path == "/nobody").ShouldBe(2);
        var asked = world.Customer.To("/fallback").ShouldHaveSingleItem();
        asked["ErrorCode"].ShouldBe("11205");
        asked["ErrorUrl"].ShouldBe("http://127.0.0.1:9/nobody");
        asked["CallSid"].ShouldBe(call.Sid);
        call.Words.ShouldBe("please ring the duty number");
    }

    [Fact]
    public async Task Should_give_up_a_hanging_server_after_fifteen_seconds_of_its_own_clock()
    {
        await using var world = await World.CreateAsync();
        var asked = new TaskCompletionSource();
        world.Customer.AnswersLater("/slow", async _ =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
            return Reply.Nothing;
        });
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        world.Customer.Says("/voice", "<Redirect>/slow</Redirect>");
        var began = world.Time.GetUtcNow();
        var call = world.Sim.Phone(World.Officer).Dial(World.Line);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);

        world.Time.Advance(TimeSpan.FromSeconds(14.9));
        world.Sim.NextTimer.ShouldBe(began + TimeSpan.FromSeconds(15));
        call.Words.ShouldBeEmpty();
        world.Time.Advance(TimeSpan.FromSeconds(0.2));
        await world.SettleAsync();

        world.Customer.To("/fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe("11205");
    }

    [Fact]
    public async Task Should_spend_no_more_than_fifteen_seconds_on_all_tries_together()
    {
        await using var world = await World.CreateAsync();
        world.Customer.AnswersLater("/slow", async _ =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
            return Reply.Nothing;
        });
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        world.Customer.Says("/voice", "<Redirect>/slow#rc=5&amp;rp=rt&amp;rt=4000</Redirect>");
        var began = world.Time.GetUtcNow();
        world.Sim.Phone(World.Officer).Dial(World.Line);
        for (var tries = 1; tries <= 3; tries++)
        {
            await world.Sim.WaitForAsync(() => world.Sim.Webhooks.Count(w => w.Path == "/slow") == tries, TestContext.Current.CancellationToken);
            world.Time.Advance(TimeSpan.FromSeconds(4));
        }

        await world.Sim.WaitForAsync(() => world.Sim.Webhooks.Count(w => w.Path == "/slow") == 4, TestContext.Current.CancellationToken);
        world.Sim.NextTimer.ShouldBe(began + TimeSpan.FromSeconds(15));
        world.Time.Advance(TimeSpan.FromSeconds(3));
        await world.SettleAsync();

        world.Customer.To("/fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe("11205");
        world.Sim.Webhooks.Count(w => w.Path == "/slow").ShouldBe(4);
    }

    [Fact]
    public async Task Should_let_the_caller_hear_the_application_error_when_there_is_no_fallback()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Numbers[0].VoiceFallbackUrl = null;
        world.Customer.Answers("/voice", _ => Reply.Code(500));
        var call = world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.PassAsync(5);

        call.Words.ShouldContain("application error");
        call.Status.ShouldBe("completed");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([11200, 11200]);
    }

    [Theory]
    [InlineData("not xml", "text/xml", 12100)]
    [InlineData("<Answer/>", "text/xml", 12102)]
    [InlineData("{}", "application/json", 12300)]
    public async Task Should_take_what_is_no_TwiML_for_a_failure(string body, string type, int code)
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/voice", _ => Reply.Text(body, type));
        world.Customer.Says("/fallback", "<Say>sorry</Say>");
        world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.SettleAsync();

        world.Customer.To("/fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe($"{code}");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([code]);
    }

    [Fact]
    public async Task Should_take_an_empty_answer_for_a_failure_where_TwiML_is_expected()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/voice", _ => new Reply(200, null, []));
        world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.SettleAsync();

        world.Sim.Problems.ShouldContain(p => p.Code == 11200);
    }

    [Fact]
    public async Task Should_refuse_more_than_64_kB()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/voice", $"<!--{new string('x', 66_000)}-->");
        world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.SettleAsync();

        world.Sim.Problems.ShouldContain(p => p.Code == 11750);
    }

    [Fact]
    public async Task Should_read_plain_text_out_and_hang_up()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/voice", _ => Reply.Text("just words", "text/plain"));
        var call = world.Sim.Phone(World.Officer).Dial(World.Line);
        await world.PassAsync(2);

        call.Words.ShouldBe("just words");
        call.Status.ShouldBe("completed");
    }

    [Theory]
    [InlineData("<Sing>la</Sing>", 12200)]
    [InlineData("<Say volume=\"11\">hello</Say>", 12200)]
    [InlineData("<Gather numDigits=\"none\" timeout=\"1\"/>", 12200)]
    [InlineData("<Say voice=\"Polly.Amy\" language=\"cy-GB\">bore da</Say>", 13512)]
    [InlineData("<Gather timeout=\"1\"><Redirect>/x</Redirect></Gather>", 12200)]
    [InlineData("<Gather timeout=\"1\" action=\"/key?text=a%20b\" actionOnEmptyResult=\"true\"/>", 0)]
    public async Task Should_warn_of_what_it_skips_and_go_on(string twiml, int code)
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/key", "<Say>and so on</Say>");
        var call = await world.CallInAsync(twiml + "<Say>and so on</Say>");
        await world.PassAsync(6);

        call.Words.ShouldEndWith("and so on");
        world.Sim.Problems.Select(p => p.Code).ShouldBe([code]);
    }
}
