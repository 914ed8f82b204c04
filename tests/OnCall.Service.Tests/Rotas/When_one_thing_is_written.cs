using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>Advisers, desks, rotas, policies and lines, one by one.</summary>
public sealed class When_one_thing_is_written(TestDatabase databases) : IAsyncLifetime
{
    private const string Book = """
        timeZone: Europe/London
        advisers:
          - { id: a.alder, name: Ash Alder, phone: "+447700900101" }
          - { id: b.beech, name: Bo Beech, phone: "+447700900102" }
          - { id: c.cedar, name: Cat Cedar, phone: "+447700900103" }
        rotas:
          - id: r
            layers: [{ name: week, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder, b.beech] } }]
            overrides: [{ id: "1", start: 2199-11-03T18:00, end: 2199-11-04T09:00, adviser: b.beech }]
        policies: [{ id: p, steps: [{ notify: ["rota:r"] }] }]
        desks: [{ id: d, name: Extradition, policy: p }]
        lines: [{ number: "+442079460101", name: National, greeting: Hello., menu: [{ key: "1", desk: d, say: extradition }], default: d }]
        """;

    private const string WithCedar = """{ "layers": [{ "name": "week", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a.alder", "b.beech", "c.cedar"] } }] }""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await RunningService.StartAsync(_database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));
        (await SendAsync(HttpMethod.Post, "import", Book, type: "application/yaml")).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("advisers", "a.alder", "id")]
    [InlineData("rotas", "r", "id")]
    [InlineData("policies", "p", "id")]
    [InlineData("desks", "d", "id")]
    [InlineData("lines", "+442079460101", "number")]
    public async Task Should_read_what_is_there_and_write_it_back_unchanged(string kind, string id, string key)
    {
        var (status, item, tag) = await SendAsync(HttpMethod.Get, $"{kind}/{Uri.EscapeDataString(id)}");
        status.ShouldBe(HttpStatusCode.OK);
        item.GetProperty(key).GetString().ShouldBe(id);
        (await SendAsync(HttpMethod.Get, kind)).Answer.GetProperty(kind).EnumerateArray().ShouldContain(one => one.GetProperty(key).GetString() == id);
        (await SendAsync(HttpMethod.Get, $"{kind}/{Uri.EscapeDataString(id)}", ifNoneMatch: tag)).Status.ShouldBe(HttpStatusCode.NotModified);

        (status, var written, var after) = await SendAsync(HttpMethod.Put, $"{kind}/{Uri.EscapeDataString(id)}", item.ToString(), ifMatch: tag);

        (status, written.ToString(), after).ShouldBe((HttpStatusCode.OK, item.ToString(), tag));
        (await RevisionAsync()).ShouldBe(1, "nothing changed");
        (await SendAsync(HttpMethod.Get, $"{kind}/none")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_add_change_and_remove_one()
    {
        var (status, _, tag) = await SendAsync(HttpMethod.Put, "advisers/d.ash", """{ "name": "Di Ash", "phone": "+447700900104" }""", ifNoneMatch: "*");
        status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(HttpMethod.Put, "advisers/d.ash", """{ "name": "Di Ash", "phone": "+447700900104" }""", ifNoneMatch: "*")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        (status, var changed, var after) = await SendAsync(HttpMethod.Put, "advisers/d.ash", """{ "name": "Di Ashe", "phone": "+447700900104" }""", ifMatch: tag);
        (status, changed.GetProperty("name").GetString()).ShouldBe((HttpStatusCode.OK, "Di Ashe"));
        after.ShouldNotBe(tag);

        (await SendAsync(HttpMethod.Delete, "advisers/d.ash", ifMatch: tag)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Delete, "advisers/d.ash", ifMatch: after)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Delete, "advisers/d.ash")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_let_one_of_two_win_and_show_the_other_what_differs()
    {
        var tag = (await SendAsync(HttpMethod.Get, "rotas/r")).Tag;
        var answers = await Task.WhenAll(
            SendAsync(HttpMethod.Put, "rotas/r", WithCedar, ifMatch: tag),
            SendAsync(HttpMethod.Put, "rotas/r", WithCedar.Replace("P1W", "P2W", StringComparison.Ordinal), ifMatch: tag));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed]);
        var lost = answers.Single(answer => answer.Status == HttpStatusCode.PreconditionFailed).Answer;
        lost.GetProperty("difference")[0].GetString()!.ShouldContain("layers[week].rotation.turn: ");
        lost.GetProperty("etag").GetString().ShouldBe((await SendAsync(HttpMethod.Get, "rotas/r")).Tag);
        lost.GetProperty("current").GetProperty("id").GetString().ShouldBe("r");
    }

    [Theory]
    [InlineData("advisers/a.alder", """{ "phone": "+447700900109", "languages": ["cy"] }""", """{"id":"a.alder","name":"Ash Alder","phone":"+447700900109","languages":["cy"]}""")]
    [InlineData("policies/p", """{ "rounds": 3, "chase": null }""", """{"id":"p","steps":[{"notify":["rota:r"],"ring":"PT25S","wait":"PT1M"}],"rounds":3,"then":"callback","chase":["PT2M","PT5M","PT10M"]}""")]
    [InlineData("lines/%2B442079460101", """{ "menu": null }""", """{"number":"+442079460101","name":"National","greeting":"Hello.","default":"d"}""")]
    [InlineData("desks/d", """{ "id": "d", "name": "Arrest" }""", """{"id":"d","name":"Arrest","policy":"p"}""")]
    public async Task Should_change_what_a_patch_names_and_nothing_else(string path, string patch, string expected)
    {
        var (status, answer, tag) = await PatchAsync(path, patch, ifMatch: (await SendAsync(HttpMethod.Get, path)).Tag);

        (status, JsonSerializer.Serialize(answer)).ShouldBe((HttpStatusCode.OK, JsonSerializer.Serialize(JsonElement.Parse(expected))));
        (await SendAsync(HttpMethod.Get, path)).Tag.ShouldBe(tag);
    }

    [Fact]
    public async Task Should_keep_a_rotas_overrides_where_a_patch_does_not_name_them()
    {
        (await PatchAsync("rotas/r", """{ "cover": 2 }""")).Answer.GetProperty("overrides").GetArrayLength().ShouldBe(1);
        (await PatchAsync("rotas/r", """{ "overrides": "none" }""")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PatchAsync("rotas/r", """{ "overrides": null }""")).Answer.TryGetProperty("overrides", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_let_one_of_two_patches_win_and_show_the_other_what_differs()
    {
        var tag = (await SendAsync(HttpMethod.Get, "rotas/r")).Tag;
        var answers = await Task.WhenAll(PatchAsync("rotas/r", """{ "name": "North" }""", tag), PatchAsync("rotas/r", """{ "name": "South" }""", tag));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed]);
        var (won, lost) = (answers.Single(answer => answer.Status == HttpStatusCode.OK).Answer, answers.Single(answer => answer.Status != HttpStatusCode.OK).Answer);
        lost.GetProperty("current").GetProperty("name").GetString().ShouldBe(won.GetProperty("name").GetString());
        lost.GetProperty("difference").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("name: ");
    }

    [Theory]
    [InlineData("advisers/none", """{ "name": "Ash" }""", HttpStatusCode.NotFound)]
    [InlineData("advisers/a.alder", """{ "name": null }""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("advisers/a.alder", """{ "sms": null }""", HttpStatusCode.BadRequest)]
    [InlineData("advisers/a.alder", """{ "id": "b.beech" }""", HttpStatusCode.BadRequest)]
    [InlineData("advisers/a.alder", """{ "surprise": 1 }""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("advisers/a.alder", "[]", HttpStatusCode.BadRequest)]
    public async Task Should_refuse_a_patch_that_is_wrong(string path, string patch, HttpStatusCode expected)
    {
        (await PatchAsync(path, patch)).Status.ShouldBe(expected);
        (await RevisionAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Should_patch_a_rota_from_a_day_on()
    {
        var (_, rota, _) = await PatchAsync("rotas/r?effective=2026-11-26", WithCedar);

        rota.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()).ShouldBe(["week", "week from 2026-11-26T00:00"]);
        (await SendAsync(HttpMethod.Patch, "rotas/r", "{}")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType, "JSON, but no merge patch");
    }

    [Fact]
    public async Task Should_keep_a_rotas_overrides_where_the_body_does_not_name_them()
    {
        (await SendAsync(HttpMethod.Put, "rotas/r", WithCedar)).Answer.GetProperty("overrides").GetArrayLength().ShouldBe(1);
        (await SendAsync(HttpMethod.Put, "rotas/r", WithCedar.Replace("{ \"layers\"", "{ \"overrides\": [], \"layers\"", StringComparison.Ordinal))).Answer
            .TryGetProperty("overrides", out _).ShouldBeFalse();
    }

    /// <summary>On 25 November a.alder has turn 46 of two; of three it would be b.beech's.</summary>
    [Fact]
    public async Task Should_keep_todays_turn_and_the_past_where_a_change_says_from_when_it_counts()
    {
        const string Window = "from=2026-11-23T09:00:00Z&to=2026-12-21T09:00:00Z";
        (await SendAsync(HttpMethod.Post, $"rotas/r/preview?effective=2026-11-26&{Window}", WithCedar)).Answer.GetProperty("changed").EnumerateArray()
            .Select(change => change.GetProperty("start").GetString()!).ShouldBe(["2026-12-07T09:00:00+00:00", "2026-12-14T09:00:00+00:00"]);

        var (status, rota, _) = await SendAsync(HttpMethod.Put, "rotas/r?effective=2026-11-26", WithCedar);

        status.ShouldBe(HttpStatusCode.OK);
        rota.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()).ShouldBe(["week", "week from 2026-11-26T00:00"]);
        (await SendAsync(HttpMethod.Get, $"rotas/r/duty?{Window}")).Answer.GetProperty("periods").EnumerateArray()
            .Select(period => period.GetProperty("advisers")[0].GetString()).ShouldBe(["a.alder", "b.beech", "c.cedar", "a.alder"]);
        var (refused, why, _) = await SendAsync(HttpMethod.Put, "rotas/r?effective=2026-11-24", WithCedar);
        (refused, why.GetProperty("errors").GetProperty("effective")[0].GetString()).ShouldBe((HttpStatusCode.BadRequest, "effective must not be past: who was on duty stays as it was."));
    }

    [Theory]
    [InlineData("advisers", "a.alder", "rotas[0].layers[0].rotation.advisers[0]")]
    [InlineData("policies", "p", "desks[0].policy")]
    public async Task Should_say_by_what_a_thing_is_used_that_is_to_be_removed(string kind, string id, string use)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Delete, $"{kind}/{id}");

        status.ShouldBe(HttpStatusCode.Conflict);
        answer.GetProperty("uses").EnumerateArray().ShouldContain(line => line.GetString()!.StartsWith(use, StringComparison.Ordinal));
        (await RevisionAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("advisers/a.alder", """{ "name": "Ash", "phone": "12" }""", HttpStatusCode.UnprocessableEntity, "phone")]
    [InlineData("advisers/a.alder", """{ "id": "b.beech", "name": "Ash", "phone": "+447700900101" }""", HttpStatusCode.BadRequest, "id")]
    [InlineData("advisers/a.alder?effective=2027-01-01", """{ "name": "Ash", "phone": "+447700900101" }""", HttpStatusCode.BadRequest, "effective")]
    [InlineData("rotas/r?effective=soon", WithCedar, HttpStatusCode.BadRequest, "effective")]
    [InlineData("rotas/r", """{ "layers": [{ "name": "week", "rotation": { "start": "2026-01-05T09:00", "turn": "P1Y", "advisers": ["a.alder"] } }] }""", HttpStatusCode.UnprocessableEntity, "layers[0].rotation.turn")]
    [InlineData("advisers/A B", """{ "name": "Ash", "phone": "+447700900101" }""", HttpStatusCode.UnprocessableEntity, "id")]
    public async Task Should_name_the_field_that_is_at_fault(string path, string body, HttpStatusCode expected, string field)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Put, path, body);

        status.ShouldBe(expected);
        answer.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(field);
        (await RevisionAsync()).ShouldBe(1);
    }

    /// <summary>A condition that cannot be read would else pass for none, and another's change be overwritten.</summary>
    [Fact]
    public async Task Should_refuse_a_condition_that_cannot_be_read()
    {
        var tag = (await SendAsync(HttpMethod.Get, "rotas/r")).Tag!;

        var (status, answer, _) = await SendAsync(HttpMethod.Put, "rotas/r", WithCedar, ifMatch: tag.Trim('"'));

        (status, answer.GetProperty("errors").TryGetProperty("If-Match", out _)).ShouldBe((HttpStatusCode.BadRequest, true));
        (await SendAsync(HttpMethod.Delete, "rotas/r", ifMatch: tag.Trim('"'))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Put, "rotas/r", WithCedar, type: "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await SendAsync(HttpMethod.Get, "rotas/r")).Tag.ShouldBe(tag);
    }

    [Fact]
    public async Task Should_list_page_by_page()
    {
        var (_, first, _) = await SendAsync(HttpMethod.Get, "advisers?limit=2");
        first.GetProperty("next").GetString().ShouldBe("b.beech");
        var (_, second, _) = await SendAsync(HttpMethod.Get, "advisers?limit=2&after=b.beech");
        second.GetProperty("advisers").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("c.cedar");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await SendAsync(HttpMethod.Get, "advisers?limit=501")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_go_on_after_a_number_whose_plus_was_not_escaped()
    {
        const string Other = "+442079460102";
        (await SendAsync(HttpMethod.Put, $"lines/{Other}", """{ "name": "Second", "greeting": "Hello.", "menu": [{ "key": "1", "desk": "d", "say": "extradition" }], "default": "d" }""")).Status.ShouldBe(HttpStatusCode.Created);
        var next = (await SendAsync(HttpMethod.Get, "lines?limit=1")).Answer.GetProperty("next").GetString();

        var rest = (await SendAsync(HttpMethod.Get, $"lines?limit=1&after={next}")).Answer;

        rest.GetProperty("lines").EnumerateArray().Single().GetProperty("number").GetString().ShouldBe(Other);
    }

    private Task<(HttpStatusCode Status, JsonElement Answer, string? Tag)> PatchAsync(string path, string patch, string? ifMatch = null) =>
        SendAsync(HttpMethod.Patch, path, patch, ifMatch, type: "application/merge-patch+json");

    private async Task<long> RevisionAsync() => (await SendAsync(HttpMethod.Get, "revisions")).Answer.GetProperty("revisions")[0].GetProperty("revision").GetInt64();

    private async Task<(HttpStatusCode Status, JsonElement Answer, string? Tag)> SendAsync(
        HttpMethod method, string path, string? body = null, string? ifMatch = null, string? ifNoneMatch = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        using var answer = await _service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var json = answer.Content.Headers.ContentLength == 0 || answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
            ? default
            : await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer.StatusCode, json, answer.Headers.ETag?.ToString());
    }
}
