using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

/// <summary>Two desks, of which the coordinator's key names one: Ash, Birch and Cedar are of it, Dogwood is of the other.</summary>
public sealed class When_a_coordinator_has_desks(TestDatabase databases)
{
    private const string Away = """{ "adviser": "ADVISER", "start": "2026-12-01", "through": "2026-12-02" }""";
    private const string StandIn = """{ "start": "2026-12-01T09:00", "end": "2026-12-02T09:00", "adviser": "cedar" }""";
    private const string Another = """{ "layers": [{ "name": "l", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["dogwood"] } }] }""";

    private string _secret = "";

    [Fact]
    public async Task Should_change_what_belongs_to_them_and_nothing_else()
    {
        await using var world = await StartAsync();
        await ShouldAsync(world, "PUT", "rotas/records", Another, HttpStatusCode.Created, key: RunningService.AdminKey);
        await ShouldAsync(world, "PATCH", "policies/records", """{ "steps": [{ "notify": ["rota:records"] }] }""", HttpStatusCode.OK, key: RunningService.AdminKey);

        await ShouldAsync(world, "POST", "rotas/extradition/overrides", StandIn, HttpStatusCode.Created);
        await ShouldAsync(world, "POST", "absences", Away.Replace("ADVISER", "ash", StringComparison.Ordinal), HttpStatusCode.Created);
        await ShouldAsync(world, "PATCH", "advisers/ash", """{ "name": "Alex Ashe" }""", HttpStatusCode.OK);
        await ShouldAsync(world, "PUT", "advisers/elm", """{ "name": "Eli Elm", "phone": "+447700900105" }""", HttpStatusCode.Created);
        await ShouldAsync(world, "PUT", "rotas/new", Another, HttpStatusCode.Created);
        await ShouldAsync(world, "DELETE", "rotas/new", null, HttpStatusCode.NoContent);
        await ShouldAsync(world, "POST", "rotas/extradition/calendar", null, HttpStatusCode.Created);
        await ShouldAsync(world, "POST", "rotas/records/preview", Another, HttpStatusCode.OK);
        var revision = world.Nodes[0].Services.GetRequiredService<CurrentBook>().Book.Revision;

        await ShouldAsync(world, "POST", "rotas/records/overrides", StandIn, HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "PATCH", "rotas/records", """{ "cover": 2 }""", HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "POST", "absences", Away.Replace("ADVISER", "dogwood", StringComparison.Ordinal), HttpStatusCode.Forbidden, "absence 2: the adviser belongs to desk records");
        await ShouldAsync(world, "PATCH", "advisers/dogwood", """{ "phone": "+447700900109" }""", HttpStatusCode.Forbidden, "adviser dogwood: the rota records names them, and belongs to desk records");
        await ShouldAsync(world, "POST", "rotas/records/calendar", null, HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "DELETE", "advisers/dogwood/calendar", null, HttpStatusCode.Forbidden, "adviser dogwood: the rota records names them, and belongs to desk records");
        world.Nodes[0].Services.GetRequiredService<CurrentBook>().Book.Revision.ShouldBe(revision);
    }

    /// <summary>Neither what uses it, nor how it stands, nor what is wrong with the wish: all that would be 409, 412 or 422 for others.</summary>
    [Fact]
    public async Task Should_be_told_nothing_else_of_what_belongs_to_other_desks()
    {
        await using var world = await StartAsync();
        await ShouldAsync(world, "PUT", "rotas/records", Another, HttpStatusCode.Created, key: RunningService.AdminKey);
        await ShouldAsync(world, "PATCH", "policies/records", """{ "steps": [{ "notify": ["rota:records"] }] }""", HttpStatusCode.OK, key: RunningService.AdminKey);
        await ShouldAsync(world, "POST", "rotas/records/overrides", $$"""{ "id": "cover", {{StandIn[1..]}}""", HttpStatusCode.Created, key: RunningService.AdminKey);

        await ShouldAsync(world, "DELETE", "rotas/records", null, HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "DELETE", "advisers/dogwood", null, HttpStatusCode.Forbidden, "adviser dogwood: the rota records names them, and belongs to desk records");
        await ShouldAsync(world, "DELETE", "rotas/records", null, HttpStatusCode.Forbidden, "rota records: it belongs to desk records", seen: "\"stale\"");
        await ShouldAsync(world, "PATCH", "rotas/records", """{ "cover": 2 }""", HttpStatusCode.Forbidden, "rota records: it belongs to desk records", seen: "\"stale\"");
        await ShouldAsync(world, "PATCH", "rotas/records", """{ "cover": -2 }""", HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "POST", "rotas/records/overrides", $$"""{ "id": "cover", {{StandIn[1..]}}""", HttpStatusCode.Forbidden, "rota records: it belongs to desk records");
        await ShouldAsync(world, "POST", "rotas/records/overrides", """{ "start": "never" }""", HttpStatusCode.Forbidden, "rota records: it belongs to desk records");

        await ShouldAsync(world, "DELETE", "rotas/extradition", null, HttpStatusCode.Conflict);
        await ShouldAsync(world, "PATCH", "rotas/extradition", """{ "cover": 2 }""", HttpStatusCode.PreconditionFailed, seen: "\"stale\"");
        await ShouldAsync(world, "PATCH", "rotas/extradition", """{ "cover": -2 }""", HttpStatusCode.UnprocessableEntity);
        await ShouldAsync(world, "DELETE", "rotas/nothing", null, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?dryRun=true")]
    public async Task Should_import_all_of_a_document_or_nothing(string how)
    {
        await using var world = await StartAsync();
        await ShouldAsync(world, "POST", $"import{how}", """{ "advisers": [{ "id": "cedar", "name": "Chris Cedars", "phone": "+447700900103" }] }""", HttpStatusCode.OK);
        var revision = world.Nodes[0].Services.GetRequiredService<CurrentBook>().Book.Revision;

        await ShouldAsync(
            world,
            "POST",
            $"import{how}",
            """
            { "advisers": [{ "id": "birch", "name": "Billie Birches", "phone": "+447700900102" }, { "id": "dogwood", "name": "Dana Dogwoods", "phone": "+447700900104" }], "topics": ["one"] }
            """,
            HttpStatusCode.Forbidden,
            "adviser dogwood: the policy records names them, and belongs to desk records; topics: it belongs to no desk");

        world.Nodes[0].Services.GetRequiredService<CurrentBook>().Book.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task Should_deal_with_their_enquiries_and_pass_them_to_another_desk()
    {
        await using var world = await StartAsync();
        await world.CallAsync();
        await world.UntilAsync(() => world.Rings(Books.Ash) == 1);
        var enquiry = (await world.EnquiryAsync()).Ref;

        await ShouldAsync(world, "POST", $"enquiries/{enquiry}/notes", """{ "note": "one" }""", HttpStatusCode.OK);
        await ShouldAsync(world, "POST", $"enquiries/{enquiry}/pass", """{ "desk": "records" }""", HttpStatusCode.OK, name: "pass");
        await ShouldAsync(world, "POST", $"enquiries/{enquiry}/pass", """{ "desk": "records" }""", HttpStatusCode.OK, name: "pass");

        foreach (var (wish, body) in new[] { ("notes", """{ "note": "two" }"""), ("pass", """{ "desk": "extradition" }"""), ("close", """{ "outcome": "other" }""") })
        {
            await ShouldAsync(world, "POST", $"enquiries/{enquiry}/{wish}", body, HttpStatusCode.Forbidden, $"enquiry {enquiry}: it belongs to desk records");
        }

        await ShouldAsync(world, "GET", $"enquiries/{enquiry}", null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_be_told_what_is_wrong_with_desks_of_a_key()
    {
        await using var world = await StartAsync();

        (await KeyAsync("""{ "name": "x", "role": "coordinator", "desks": ["extradition", "nothing"] }""")).ShouldBe("desks: there is no desk nothing; the desks are extradition, records.");
        (await KeyAsync("""{ "name": "x", "role": "reader", "desks": ["extradition"] }""")).ShouldBe("desks: only a coordinator's key is limited to desks.");
        (await KeyAsync("""{ "name": "x", "role": "coordinator", "desks": [] }""")).ShouldStartWith("desks: name at least one desk");
        (await AskAsync(world, "GET", "keys", null, RunningService.AdminKey)).Answer.GetProperty("keys")[0].GetProperty("desks").ToString().ShouldBe("[\"extradition\"]");

        async Task<string?> KeyAsync(string body) =>
            (await AskAsync(world, "POST", "keys", body, RunningService.AdminKey)).Answer.GetProperty("errors").GetProperty("desks")[0].GetString();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<World> StartAsync()
    {
        var world = await World.StartAsync(databases, Books.TwoDesks());
        var (status, answer) = await AskAsync(world, "POST", "keys", """{ "name": "p.lane", "role": "coordinator", "desks": ["extradition"] }""", RunningService.AdminKey);
        status.ShouldBe(HttpStatusCode.Created);
        _secret = answer.GetProperty("secret").GetString()!;
        return world;
    }

    /// <param name="needs">What a 403 says it would have taken.</param>
    private async Task ShouldAsync(World world, string method, string path, string? body, HttpStatusCode status, string needs = "", string? key = null, string? name = null, string? seen = null)
    {
        var (answered, answer) = await AskAsync(world, method, path, body, key ?? _secret, name, seen);
        answered.ShouldBe(status, $"{method} {path}: {answer}");
        if (status == HttpStatusCode.Forbidden)
        {
            answer.GetProperty("desks").ToString().ShouldBe("[\"extradition\"]");
            string.Join("; ", answer.GetProperty("needs").EnumerateArray().Select(need => need.GetString())).ShouldBe(needs);
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(World world, string method, string path, string? body, string key, string? name = null, string? seen = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", name);
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, method == "PATCH" ? "application/merge-patch+json" : "application/json");
        using var answer = await world.Nodes[0].Http.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
