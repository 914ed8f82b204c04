using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OnCall.Simulator.Tests;

public sealed class When_the_page_is_open
{
    [Fact]
    public async Task Should_show_and_drive_a_phone()
    {
        await using var world = await World.CreateAsync();
        using var page = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        world.Customer.Says("/voice", "<Gather numDigits=\"1\" action=\"/key\"><Say>press a key</Say></Gather>");
        world.Customer.Says("/key", "<Say>thank you</Say><Pause length=\"60\"/>");
        await DoAsync(page, "", new { number = World.Officer, name = "Officer Reed", role = "officer", mode = "manual" });
        await DoAsync(page, $"/{World.Officer}/dial", new { to = World.Line, withheld = false });
        await world.SettleAsync();
        await DoAsync(page, $"/{World.Officer}/press", new { digits = "1" });
        await world.PassAsync(1);

        var phone = (await SnapshotAsync(page))["phones"]!.AsArray().ShouldHaveSingleItem()!;
        phone["name"]!.ToString().ShouldBe("Officer Reed");
        phone["mode"]!.ToString().ShouldBe("manual");
        var call = phone["calls"]![0]!;
        call["direction"]!.ToString().ShouldBe("out");
        call["other"]!.ToString().ShouldBe(World.Line);
        call["status"]!.ToString().ShouldBe("in-progress");
        call["heard"]!.AsArray().Select(h => $"{h!["kind"]} {h["text"]}").ShouldBe(["system connected", "say press a key", "key 1", "say thank you", "pause 60"]);

        await DoAsync(page, $"/{World.Officer}/hangup", new { });
        (await SnapshotAsync(page))["phones"]![0]!["calls"]![0]!["status"]!.ToString().ShouldBe("completed");
    }

    [Fact]
    public async Task Should_let_a_person_answer_and_see_who_is_on_the_line()
    {
        await using var world = await World.CreateAsync();
        using var page = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        world.Sim.Phone(World.Officer).Name = "Officer Reed";
        await DoAsync(page, "", new { number = World.Adviser, name = "Adviser Khan", role = "adviser", mode = "manual" });
        await world.CallInAsync($"<Dial>{World.Adviser}</Dial>");
        await world.PassAsync(1);
        (await PhoneAsync(page, World.Adviser))["calls"]![0]!["ringing"]!.GetValue<bool>().ShouldBeTrue();
        await DoAsync(page, $"/{World.Adviser}/answer", new { });
        await world.SettleAsync();

        (await PhoneAsync(page, World.Officer))["calls"]![0]!["with"]![0]!.ToString().ShouldBe("Adviser Khan");
        (await PhoneAsync(page, World.Adviser))["calls"]![0]!["with"]![0]!.ToString().ShouldBe("Officer Reed");
    }

    [Fact]
    public async Task Should_say_why_something_cannot_be_done()
    {
        await using var world = await World.CreateAsync();
        using var page = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        using var refused = await page.PostAsJsonAsync($"sim/phones/{World.Adviser}/answer", new { }, TestContext.Current.CancellationToken);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Should_send_and_show_texts()
    {
        await using var world = await World.CreateAsync();
        using var page = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        world.Customer.Says("/sms", "<Message>received</Message>");
        await DoAsync(page, $"/{World.Officer}/text", new { to = World.Line, body = "hello" });
        await world.PassAsync(3);

        (await PhoneAsync(page, World.Officer))["texts"]!.AsArray().Select(t => $"{t!["direction"]} {t["body"]} {t["status"]}").ShouldBe(["out hello received", "in received delivered"]);
        (await PhoneAsync(page, World.Officer))["texts"]!.AsArray().Select(t => (string)t!["sid"]!).Distinct().Count().ShouldBe(2, "the page tells texts apart by it");
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("sim", "text/html")]
    [InlineData("sim/index.html", "text/html")]
    public async Task Should_serve_the_page(string path, string type)
    {
        await using var world = await World.CreateAsync();
        using var page = new HttpClient { BaseAddress = world.Sim.BaseAddress };
        using var response = await page.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    private static async Task DoAsync(HttpClient page, string path, object body)
    {
        using var response = await page.PostAsJsonAsync($"sim/phones{path}", body, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<JsonNode> PhoneAsync(HttpClient page, string number) =>
        (await SnapshotAsync(page))["phones"]!.AsArray().Single(p => p!["number"]!.ToString() == number)!;

    private static async Task<JsonObject> SnapshotAsync(HttpClient page)
    {
        await using var stream = await page.GetStreamAsync(new Uri("sim/events", UriKind.Relative), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(line!["data: ".Length..])!.AsObject();
    }
}
