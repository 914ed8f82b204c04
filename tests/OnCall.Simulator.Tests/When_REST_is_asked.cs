using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OnCall.Simulator.Tests;

public sealed class When_REST_is_asked
{
    [Fact]
    public async Task Should_refuse_wrong_credentials_in_Twilios_shape()
    {
        await using var world = await World.CreateAsync();
        using var stranger = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        using var response = await stranger.GetAsync(new Uri($"2010-04-01/Accounts/{world.Sim.AccountSid}/Calls.json", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("""{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""");
    }

    [Fact]
    public async Task Should_accept_both_tokens_and_sign_with_the_secondary_one_once_promoted()
    {
        await using var world = await World.CreateAsync(o => o with { SecondaryAuthToken = "second" });
        using var client = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{world.Sim.AccountSid}:second")));
        var target = new Uri($"2010-04-01/Accounts/{world.Sim.AccountSid}/Calls.json", UriKind.Relative);
        (await client.GetAsync(target, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        world.Sim.AuthToken.ShouldNotBe("second");

        world.Sim.PromoteSecondaryToken();
        await world.CallInAsync("<Say>hello</Say>");
        var asked = world.Customer.To("/voice").ShouldHaveSingleItem();
        asked.Headers["X-Twilio-Signature"].ShouldBe(Webhooks.Signature.Of("second", asked.Url, asked.Form));
        (await world.GetAsync("Calls.json")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000002/Calls.json")]
    [InlineData("Calls/CA00000000000000000000000000000000.json")]
    [InlineData("Nonsense.json")]
    public async Task Should_not_find_what_is_not_there(string path)
    {
        await using var world = await World.CreateAsync();
        var reply = await world.GetAsync(path);

        reply.Status.ShouldBe(404);
        reply.Code.ShouldBe(20404);
    }

    public static TheoryData<string, int> BadCalls => new()
    {
        { "From=+442079460101 Url=http://example.com/", 21201 },
        { "To=+447700900101 Url=http://example.com/", 21213 },
        { "To=07700900101 From=+442079460101 Url=http://example.com/", 21211 },
        { "To=+447700900101 From=anonymous Url=http://example.com/", 21212 },
        { "To=+447700900101 From=+442079460999 Url=http://example.com/", 21210 },
        { "To=+447700900101 From=+442079460101", 21205 },
        { "To=+447700900101 From=+442079460101 Url=/relative", 21205 },
        { "To=+447700900101 From=+442079460101 Url=http://example.com/ StatusCallback=nowhere", 21609 },
        { "To=+447700900101 From=+442079460101 Url=http://example.com/ Timeout=601", 20001 },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task Should_refuse_a_bad_call_with_Twilios_code(string form, int code)
    {
        await using var world = await World.CreateAsync();
        var reply = await world.PostAsync("Calls.json", Form(form));

        reply.Status.ShouldBe(400);
        reply.Code.ShouldBe(code);
        world.Sim.Calls.ShouldBeEmpty();
        world.Sim.Requests.ShouldHaveSingleItem().ErrorCode.ShouldBe(code);
    }

    public static TheoryData<string, int> BadTexts => new()
    {
        { "From=+442079460101 Body=hello", 21604 },
        { "To=+447700900101 Body=hello", 21603 },
        { "To=0770 From=+442079460101 Body=hello", 21211 },
        { "To=+447700900101 From=+442079460999 Body=hello", 21606 },
        { "To=+447700900101 From=+447700900101 Body=hello", 21266 },
        { "To=+447700900101 From=+442079460101", 21602 },
        { "To=+447700900101 From=+442079460101 Body=" + new string('x', 1601), 21617 },
        { "To=+447700900101 From=+442079460101 Body=hello StatusCallback=http://under_score.example.com/", 21609 },
    };

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Should_refuse_a_bad_text_with_Twilios_code(string form, int code)
    {
        await using var world = await World.CreateAsync();
        var reply = await world.PostAsync("Messages.json", Form(form));

        reply.Status.ShouldBe(400);
        reply.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Should_describe_a_call_with_Twilios_names_and_types()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.FromSeconds(2));
        var call = await world.CallOutAsync(World.Adviser, "<Pause length=\"10\"/>");
        var queued = await world.GetAsync($"Calls/{call.Sid}.json");
        queued["status"].ShouldBe("queued");
        queued["start_time"].ShouldBeNull();
        queued["date_created"].ShouldBe("Sat, 06 Mar 2027 22:00:00 +0000");
        await world.PassAsync(15);

        var done = (await world.GetAsync($"Calls/{call.Sid}.json")).Json!;
        done["status"]!.ToString().ShouldBe("completed");
        done["duration"]!.GetValue<string>().ShouldBe("10");
        done["queue_time"]!.GetValue<string>().ShouldBe("0");
        done["direction"]!.ToString().ShouldBe("outbound-api");
        done["start_time"]!.ToString().ShouldBe("Sat, 06 Mar 2027 22:00:02 +0000");
        done["uri"]!.ToString().ShouldBe($"/2010-04-01/Accounts/{world.Sim.AccountSid}/Calls/{call.Sid}.json");
        done.Select(p => p.Key).ShouldBe(
            ["sid", "account_sid", "parent_call_sid", "phone_number_sid", "to", "to_formatted", "from", "from_formatted", "status", "direction", "start_time", "end_time", "duration", "price", "price_unit", "answered_by", "api_version", "forwarded_from", "group_sid", "caller_name", "queue_time", "trunk_sid", "date_created", "date_updated", "uri", "subresource_uris"]);
    }

    [Fact]
    public async Task Should_list_in_pages_that_follow_a_token_although_calls_come_in_between()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        }

        var sids = world.Sim.Calls.Select(c => c.Sid).Reverse().ToArray();
        var first = await world.GetAsync("Calls.json?PageSize=2");
        first["page_size"].ShouldBe("2");
        await world.CallOutAsync(World.Adviser2, "<Say>hello</Say>");
        var second = await world.GetAsync(first["next_page_uri"]!);
        var third = await world.GetAsync(second["next_page_uri"]!);

        new[] { first, second, third }.SelectMany(p => p.Json!["calls"]!.AsArray()).Select(c => c!["sid"]!.ToString()).ShouldBe(sids);
        third["next_page_uri"].ShouldBeNull();
        third.Json!.ContainsKey("next_page_uri").ShouldBeTrue();
        (third["page"], third["start"]).ShouldBe(("2", "4"));
    }

    [Fact]
    public async Task Should_filter_by_party_status_and_time()
    {
        await using var world = await World.CreateAsync(o => o with { CallsPerSecond = double.PositiveInfinity });
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        await world.PassAsync(3 * 60 * 60);
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        await world.PassAsync(5);
        await world.CallOutAsync(World.Adviser2, "<Say>hello</Say>");

        (await CountAsync(world, "")).ShouldBe(3);
        (await CountAsync(world, $"To={Uri.EscapeDataString(World.Adviser)}&From={Uri.EscapeDataString(World.Line)}")).ShouldBe(2);
        (await CountAsync(world, "Status=completed")).ShouldBe(2);
        (await CountAsync(world, "StartTime=2027-03-06")).ShouldBe(1);
        (await CountAsync(world, "StartTime%3E=2027-03-07")).ShouldBe(1);
        (await CountAsync(world, "StartTime%3C=2027-03-07")).ShouldBe(1);
        (await CountAsync(world, "StartTime%3E=2027-03-06T21:00:00Z")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_delete_a_call_only_after_its_end()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Busy();
        var call = await world.CallOutAsync(World.Adviser, "<Say>hello</Say>");
        (await world.DeleteAsync($"Calls/{call.Sid}.json")).Code.ShouldBe(20009);
        await world.PassAsync(1);

        var deleted = await world.DeleteAsync($"Calls/{call.Sid}.json");
        deleted.Status.ShouldBe(204);
        deleted.Bytes.ShouldBeEmpty();
        (await world.GetAsync($"Calls/{call.Sid}.json")).Code.ShouldBe(20404);
    }

    [Fact]
    public async Task Should_read_and_set_the_addresses_of_a_number()
    {
        await using var world = await World.CreateAsync();
        var number = (await world.GetAsync($"IncomingPhoneNumbers.json?PhoneNumber={Uri.EscapeDataString(World.Line)}")).Json!["incoming_phone_numbers"]!.AsArray().ShouldHaveSingleItem()!;
        number["voice_url"]!.ToString().ShouldBe(world.Customer.At("/voice"));
        number["capabilities"]!["sms"]!.GetValue<bool>().ShouldBeTrue();

        var path = $"IncomingPhoneNumbers/{number["sid"]}.json";
        (await world.PostAsync(path, ("VoiceUrl", world.Customer.At("/other")), ("SmsUrl", "")))["voice_url"].ShouldBe(world.Customer.At("/other"));
        (await world.PostAsync(path, ("VoiceUrl", "other"))).Code.ShouldBe(21402);
        world.Sim.Numbers[0].VoiceUrl.ShouldBe(world.Customer.At("/other"));
        world.Sim.Numbers[0].SmsUrl.ShouldBeNull();
        world.Sim.Numbers[0].StatusCallback.ShouldBe(world.Customer.At("/ended"));
    }

    [Fact]
    public async Task Should_report_parameters_that_mean_nothing()
    {
        await using var world = await World.CreateAsync();
        await world.PostAsync("Messages.json", ("To", World.Adviser), ("From", World.Line), ("Body", "hello"), ("Colour", "blue"));

        world.Sim.Problems.ShouldHaveSingleItem().Message.ShouldContain("Colour");
    }

    [Fact]
    public async Task Should_warn_that_Url_wins_over_Twiml()
    {
        await using var world = await World.CreateAsync();
        await world.CallOutAsync(World.Adviser, "<Say>hello</Say>", ("Twiml", "<Response/>"));

        world.Sim.Problems.ShouldHaveSingleItem().Code.ShouldBe(32019);
        var tooLong = await world.PostAsync("Calls.json", ("To", World.Adviser), ("From", World.Line), ("Twiml", $"<Response><Say>{new string('x', 4000)}</Say></Response>"));
        tooLong.Code.ShouldBe(32018);
    }

    [Fact]
    public async Task Should_refuse_relative_addresses_in_TwiML_given_by_REST()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).Script = Callee.Answers(TimeSpan.Zero);
        await world.PostAsync("Calls.json", ("To", World.Adviser), ("From", World.Line), ("Twiml", "<Response><Redirect>/next</Redirect></Response>"));
        await world.PassAsync(1);

        world.Sim.Problems.ShouldContain(p => p.Code == 15004);
    }

    private static async Task<int> CountAsync(World world, string query) => (await world.GetAsync($"Calls.json?{query}")).Json!["calls"]!.AsArray().Count;

    private static (string, string)[] Form(string text) => [.. text.Split(' ').Select(p => p.Split('=', 2)).Select(p => (p[0], p[1]))];
}
