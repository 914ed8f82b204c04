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

/// <summary>Previews, overrides, absences, and the way back, as a coordinator's tools ask for them.</summary>
public sealed class When_a_rota_is_changed(TestDatabase databases) : IAsyncLifetime
{
    private const string Book = """
        timeZone: Europe/London
        advisers:
          - { id: a.alder, name: Ash Alder, phone: "+447700900101" }
          - { id: b.beech, name: Bo Beech, phone: "+447700900102" }
        rotas:
          - { id: r, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder] } }] }
          - { id: s, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder, b.beech] } }] }
        """;

    private const string Override = """{ "start": "2199-11-03T18:00", "end": "2199-11-04T09:00", "adviser": "b.beech", "replaces": "a.alder", "reason": "court" }""";

    private const string Nameless = """rotas: [{ id: r, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder] } }], overrides: [{ start: 2027-11-03T18:00, end: 2027-11-04T09:00, adviser: b.beech }] }]""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await RunningService.StartAsync(_database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));
        (await SendAsync(HttpMethod.Post, "import", Book, "application/yaml")).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_what_a_rota_would_change_and_store_nothing()
    {
        var (status, answer) = await SendAsync(
            HttpMethod.Post,
            "rotas/r/preview?from=2027-01-04T09:00:00Z&to=2027-01-18T09:00:00Z",
            """{ "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a.alder", "b.beech"] } }] }""");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("before").GetArrayLength().ShouldBe(1);
        answer.GetProperty("after").GetArrayLength().ShouldBe(2);
        Changed(answer).ShouldBe(["r 2027-01-11T09:00:00+00:00 2027-01-18T09:00:00+00:00 a.alder > b.beech"]);
        (await RevisionsAsync()).ShouldBe([1]);
    }

    [Theory]
    [InlineData("{ \"cover\": \"many\" }", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{ \"id\": \"s\", \"layers\": [] }", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{ nonsense", HttpStatusCode.BadRequest)]
    public async Task Should_say_what_is_wrong_with_a_preview(string rota, HttpStatusCode expected) =>
        (await SendAsync(HttpMethod.Post, "rotas/r/preview", rota)).Status.ShouldBe(expected);

    /// <summary>Hundreds of thousands of periods would keep the node at work, which leads calls, too.</summary>
    [Fact]
    public async Task Should_not_tell_who_is_on_duty_where_that_changes_too_often_for_so_long_a_time()
    {
        const string Minutes = """{ "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "PT1M", "advisers": ["a.alder", "b.beech"] } }] }""";
        const string Year = "from=2027-01-04T09:00:00Z&to=2028-01-04T09:00:00Z";
        const string Day = "from=2027-01-04T09:00:00Z&to=2027-01-05T09:00:00Z";

        (await FaultsAsync(HttpMethod.Post, $"rotas/r/preview?{Year}", Minutes)).ShouldBe(["to"]);
        (await SendAsync(HttpMethod.Post, $"rotas/r/preview?{Day}", Minutes)).Answer.GetProperty("after").GetArrayLength().ShouldBe(24 * 60);
        (await SendAsync(HttpMethod.Post, $"rotas/r/preview?{Year}", Minutes.Replace("\"name\"", "\"until\": \"2027-01-05\", \"name\"", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Put, "rotas/r", Minutes)).Status.ShouldBe(HttpStatusCode.OK);
        (await FaultsAsync(HttpMethod.Get, $"rotas/r/duty?{Year}")).ShouldBe(["to"]);
        (await SendAsync(HttpMethod.Get, $"rotas/r/duty?{Day}")).Answer.GetProperty("periods").GetArrayLength().ShouldBe(24 * 60);
    }

    [Fact]
    public async Task Should_add_an_override_and_take_it_away_again()
    {
        var (status, added) = await SendAsync(HttpMethod.Post, "rotas/r/overrides", """{ "start": "2026-11-03T18:00", "end": "2199-11-04T09:00", "adviser": "b.beech", "reason": "court" }""");
        status.ShouldBe(HttpStatusCode.Created);
        added.GetProperty("id").GetString().ShouldBe("1");
        added.GetProperty("reason").GetString().ShouldBe("court");
        Changed(added).ShouldHaveSingleItem().ShouldEndWith("a.alder > b.beech");

        (await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override)).Answer.GetProperty("id").GetString().ShouldBe("2");
        var (removed, back) = await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1");
        removed.ShouldBe(HttpStatusCode.OK);
        Changed(back).ShouldHaveSingleItem().ShouldEndWith("b.beech > a.alder");
        (await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await RevisionsAsync()).ShouldBe([4, 3, 2, 1]);
    }

    [Fact]
    public async Task Should_tell_what_changes_in_years_to_come()
    {
        (await ChangedByAsync(HttpMethod.Post, "rotas/r/overrides", Override)).ShouldBe(["r 2199-11-03T18:00:00+00:00 2199-11-04T09:00:00+00:00 a.alder > b.beech"]);
        (await ChangedByAsync(HttpMethod.Delete, "rotas/r/overrides/1")).ShouldBe(["r 2199-11-03T18:00:00+00:00 2199-11-04T09:00:00+00:00 b.beech > a.alder"]);
        (await ChangedByAsync(HttpMethod.Post, "absences", """{ "adviser": "a.alder", "start": "2199-11-03", "end": "2199-11-04" }"""))
            .ShouldContain("r 2199-11-03T00:00:00+00:00 2199-11-04T00:00:00+00:00 a.alder > ");
        (await ChangedByAsync(HttpMethod.Delete, "absences/1")).ShouldContain("r 2199-11-03T00:00:00+00:00 2199-11-04T00:00:00+00:00  > a.alder");
    }

    [Theory]
    [InlineData("2026-10-01")]
    [InlineData("2027-10-01")]
    public async Task Should_say_that_an_override_has_no_effect_or_is_of_somebody_who_is_away(string day)
    {
        (await WarningsAsync("absences", $$"""{ "adviser": "b.beech", "start": "{{day}}", "through": "{{day}}" }""")).ShouldBeEmpty();

        (await WarningsAsync("rotas/r/overrides", Of("a.alder", "b.beech"))).ShouldHaveSingleItem().ShouldEndWith(": b.beech would not be on duty.");
        (await WarningsAsync("rotas/r/overrides", Of("b.beech", "a.alder"))).ShouldHaveSingleItem().ShouldContain("holds although b.beech is away");
        (await WarningsAsync("rotas/r/overrides", Override)).ShouldBeEmpty("what was said before is not said again");

        string Of(string adviser, string replaced) => $$"""{ "start": "{{day}}T09:00", "end": "{{day}}T17:00", "adviser": "{{adviser}}", "replaces": "{{replaced}}" }""";
    }

    [Fact]
    public async Task Should_call_nothing_by_the_place_of_an_override_that_has_no_id()
    {
        (await SendAsync(HttpMethod.Post, "import", Nameless, "application/yaml")).Status.ShouldBe(HttpStatusCode.OK);

        (await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override)).Answer.GetProperty("id").GetString().ShouldBe("2");
    }

    /// <summary>Sent again, it would take away whatever has that place by then.</summary>
    [Fact]
    public async Task Should_take_away_an_override_that_has_no_id_by_its_place_from_whoever_has_seen_the_rota()
    {
        await SendAsync(HttpMethod.Post, "import", Nameless, "application/yaml");
        var tag = await TagAsync(HttpMethod.Get, "rotas/r");

        (await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1")).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        var (status, removed) = await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1", seen: tag);

        status.ShouldBe(HttpStatusCode.OK);
        Changed(removed).ShouldBe(["r 2027-11-03T18:00:00+00:00 2027-11-04T09:00:00+00:00 b.beech > a.alder"]);
        (await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1", seen: tag)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Some programs write null for what they leave out.</summary>
    [Theory]
    [InlineData("rotas/r/overrides", "\"start\": \"2027-11-03T18:00\", \"end\": \"2027-11-04T09:00\", \"adviser\": \"b.beech\"")]
    [InlineData("absences", "\"start\": \"2027-11-03\", \"adviser\": \"b.beech\"")]
    public async Task Should_give_an_id_to_what_is_sent_with_a_null_for_it(string path, string fields)
    {
        var (status, added) = await SendAsync(HttpMethod.Post, path, $"{{ \"id\": null, {fields} }}", name: "once");
        var again = await SendAsync(HttpMethod.Post, path, $"{{ \"id\": null, {fields} }}", name: "once");

        status.ShouldBe(HttpStatusCode.Created);
        again.Status.ShouldBe(HttpStatusCode.Created);
        again.Answer.GetProperty("id").GetString().ShouldBe(added.GetProperty("id").GetString());
        (await RevisionsAsync()).ShouldBe([2, 1]);
        (await SendAsync(HttpMethod.Delete, $"{path}/{added.GetProperty("id").GetString()}")).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Put, "advisers/c.cedar", """{ "id": null, "name": "Cec Cedar", "phone": "+447700900103" }""")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_take_away_an_absence_without_an_id_by_what_the_import_called_it()
    {
        var (_, imported) = await SendAsync(HttpMethod.Post, "import", "absences: [{ adviser: a.alder, start: 2027-11-01, through: 2027-11-02, reason: leave }]\ntimeZone: Europe/London\n", "application/yaml");
        var name = imported.GetProperty("changes")[0].GetProperty("id").GetString()!;

        var (status, removed) = await SendAsync(HttpMethod.Delete, $"absences/{Uri.EscapeDataString(name)}");

        status.ShouldBe(HttpStatusCode.OK, name);
        Changed(removed).ShouldContain("r 2027-11-01T00:00:00+00:00 2027-11-03T00:00:00+00:00  > a.alder");
    }

    [Fact]
    public async Task Should_write_down_what_was_there_before()
    {
        await SendAsync(HttpMethod.Put, "advisers/a.alder", """{ "name": "Ash Alder", "phone": "+447700900109" }""");

        var (_, audit) = await SendAsync(HttpMethod.Get, "audit?id=a.alder");
        var entries = audit.GetProperty("items").EnumerateArray().ToList();
        entries[0].GetProperty("before")[0].GetProperty("document").GetProperty("phone").GetString().ShouldBe("+447700900101");
        entries[0].GetProperty("after")[0].GetProperty("diff")[0].GetString()!.ShouldContain("+447700900109");
        entries[^1].GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null, "nothing was there");
    }

    [Fact]
    public async Task Should_change_nothing_of_what_somebody_else_has_changed_since_it_was_read()
    {
        var read = await TagAsync(HttpMethod.Get, "rotas/r");
        var added = await TagAsync(HttpMethod.Post, "rotas/r/overrides", Override, read);
        var away = await TagAsync(HttpMethod.Post, "absences", """{ "id": "leave", "adviser": "a.alder", "start": "2027-11-01", "through": "2027-11-02" }""");

        var (stale, answer) = await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override, seen: read);
        stale.ShouldBe(HttpStatusCode.PreconditionFailed);
        answer.GetProperty("current").GetProperty("overrides").GetArrayLength().ShouldBe(1);
        answer.GetProperty("etag").GetString().ShouldBe(await TagAsync(HttpMethod.Get, "rotas/r"));
        (await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1", seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Delete, "absences/leave", seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Delete, "absences/leave", seen: "no tag")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await RevisionsAsync()).ShouldBe([3, 2, 1]);

        (await SendAsync(HttpMethod.Delete, "absences/leave", seen: away)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Delete, "rotas/r/overrides/1", seen: added)).Status.ShouldBe(HttpStatusCode.OK);
        (await TagAsync(HttpMethod.Get, "rotas/r")).ShouldBe(read, "it is as it was");
    }

    [Fact]
    public async Task Should_import_nothing_over_what_somebody_else_has_published_since_it_was_exported()
    {
        const string More = """{ "advisers": [{ "id": "c.cedar", "name": "Cy Cedar", "phone": "+447700900103" }] }""";
        const string Away = """{ "adviser": "a.alder", "start": "2027-11-01", "through": "2027-11-02" }""";
        var read = await TagAsync(HttpMethod.Get, "export");
        (await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override)).Status.ShouldBe(HttpStatusCode.Created);

        (await SendAsync(HttpMethod.Post, "import", More, seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Post, "import", More, seen: "no tag")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, "revisions/1/restore", seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Post, "revisions/1/restore", seen: "no tag")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, "absences", Away, seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Post, "rotas/r/calendar", seen: read)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(HttpMethod.Post, "rotas/r/calendar", seen: "no tag")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Get, "keys", seen: read)).Status.ShouldBe(HttpStatusCode.OK);
        (await RevisionsAsync()).ShouldBe([2, 1]);

        (await SendAsync(HttpMethod.Post, "import", More, seen: await TagAsync(HttpMethod.Get, "export"))).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "absences", Away, seen: await TagAsync(HttpMethod.Get, "export"))).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(HttpMethod.Post, "revisions/1/restore", seen: await TagAsync(HttpMethod.Get, "export"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_keep_every_override_that_is_added_at_once()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(HttpMethod.Post, "rotas/r/overrides", Override)));

        added.ShouldAllBe(one => one.Status == HttpStatusCode.Created);
        added.Select(one => one.Answer.GetProperty("id").GetString()).Order(StringComparer.Ordinal).ShouldBe(["1", "10", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }

    [Fact]
    public async Task Should_add_once_what_is_sent_again_under_one_name()
    {
        var first = await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override, name: "swap-1");
        var again = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(HttpMethod.Post, "rotas/r/overrides", Override, name: "swap-1")));

        again.ShouldAllBe(one => one.Status == HttpStatusCode.Created && one.Answer.GetProperty("id").GetString() == first.Answer.GetProperty("id").GetString());
        (await RevisionsAsync()).ShouldBe([2, 1]);
        (await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override.Replace("court", "leave", StringComparison.Ordinal), name: "swap-1")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override, name: new string('x', 101))).Status.ShouldBe(HttpStatusCode.BadRequest);

        const string Absence = """{ "adviser": "a.alder", "start": "2027-11-01", "through": "2027-11-02" }""";
        var away = await SendAsync(HttpMethod.Post, "absences", Absence, name: "leave-1");
        (await SendAsync(HttpMethod.Post, "absences", Absence, name: "leave-1")).Answer.GetProperty("id").GetString().ShouldBe(away.Answer.GetProperty("id").GetString());
        (await RevisionsAsync()).ShouldBe([3, 2, 1]);
    }

    [Fact]
    public async Task Should_name_the_fault_of_an_override()
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, "rotas/r/overrides", """{ "start": "2026-11-03T18:00", "end": "2026-11-03T09:00", "adviser": "nobody" }""");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["end", "adviser"]);
        (await SendAsync(HttpMethod.Post, "rotas/none/overrides", Override)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_add_an_absence_and_take_it_away_again()
    {
        var (status, added) = await SendAsync(HttpMethod.Post, "absences", """{ "adviser": "a.alder", "start": "2026-11-01", "reason": "leave" }""");
        status.ShouldBe(HttpStatusCode.Created);
        added.GetProperty("id").GetString().ShouldBe("1");
        Changed(added).ShouldContain(change => change.StartsWith("r ", StringComparison.Ordinal) && change.EndsWith("a.alder > ", StringComparison.Ordinal));
        (await SendAsync(HttpMethod.Post, "absences", """{ "id": "1", "adviser": "b.beech", "start": "2026-11-01" }""")).Status.ShouldBe(HttpStatusCode.Conflict);

        var (removed, back) = await SendAsync(HttpMethod.Delete, "absences/1");
        removed.ShouldBe(HttpStatusCode.OK);
        Changed(back).ShouldContain(change => change.EndsWith(" > a.alder", StringComparison.Ordinal));
        (await SendAsync(HttpMethod.Delete, "absences/1")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_go_back_to_any_revision_by_a_new_one()
    {
        await SendAsync(HttpMethod.Post, "absences", """{ "adviser": "a.alder", "start": "2026-11-01" }""");
        await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override);

        var (status, answer) = await SendAsync(HttpMethod.Post, "revisions/1/restore");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("changes").GetArrayLength().ShouldBe(2);
        (await RevisionsAsync()).ShouldBe([4, 3, 2, 1]);
        var (_, first) = await SendAsync(HttpMethod.Get, "revisions/1");
        var (_, last) = await SendAsync(HttpMethod.Get, "revisions/4");
        last.GetProperty("document").ToString().ShouldBe(first.GetProperty("document").ToString());
        (await SendAsync(HttpMethod.Post, "revisions/99/restore")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_list_revisions_page_by_page()
    {
        await SendAsync(HttpMethod.Post, "rotas/r/overrides", Override);

        var (_, first) = await SendAsync(HttpMethod.Get, "revisions?limit=1");
        first.GetProperty("next").GetInt64().ShouldBe(2);
        first.GetProperty("revisions")[0].GetProperty("changes")[0].GetProperty("id").GetString().ShouldBe("r");
        var (_, second) = await SendAsync(HttpMethod.Get, "revisions?limit=1&after=2");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await SendAsync(HttpMethod.Get, "revisions?limit=0")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_answer_about_the_past_from_the_revision_then_in_force()
    {
        var before = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(HttpMethod.Post, "rotas/r/overrides", """{ "start": "2026-01-05T09:00", "end": "2199-11-04T09:00", "adviser": "b.beech" }""");

        (await OnDutyAsync(before)).ShouldBe("a.alder", "the change came later");
        (await OnDutyAsync(_time.GetUtcNow())).ShouldBe("b.beech");
        (await OnDutyAsync(before.AddDays(-5))).ShouldBe("b.beech", "nothing was in force then");
    }

    [Fact]
    public async Task Should_piece_the_past_together_of_the_revisions_that_were_in_force()
    {
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(HttpMethod.Post, "absences", """{ "adviser": "b.beech", "start": "2027-01-01" }""");
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(HttpMethod.Put, "rotas/r", """{ "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["b.beech"] } }] }""");
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(HttpMethod.Post, "rotas/s/overrides", Override.Replace("a.alder", "b.beech", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(HttpMethod.Put, "rotas/r", """{ "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a.alder"] } }] }""");

        var (_, duty) = await SendAsync(HttpMethod.Get, "rotas/r/duty?from=2026-11-25T08:00:00Z&to=2026-11-25T20:00:00Z");

        duty.GetProperty("periods").EnumerateArray().Select(period => $"{period.GetProperty("start").GetString()![11..16]} {period.GetProperty("advisers")[0]} {period.GetProperty("reasons").GetArrayLength()}")
            .ShouldBe(["08:00 a.alder 1", "11:00 b.beech 1", "13:00 a.alder 1"]);
        (await SendAsync(HttpMethod.Get, "rotas/none/duty?from=2026-11-25T08:00:00Z&to=2026-11-25T20:00:00Z")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_still_tell_the_past_of_a_rota_that_was_removed()
    {
        _time.Advance(TimeSpan.FromHours(1));
        (await SendAsync(HttpMethod.Delete, "rotas/r")).Status.ShouldBe(HttpStatusCode.NoContent);
        _time.Advance(TimeSpan.FromHours(1));

        (await SendAsync(HttpMethod.Get, "rotas/r/duty?from=2026-11-25T09:30:00Z")).Answer.GetProperty("periods").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("end").GetString().ShouldBe("2026-11-25T10:00:00+00:00");
        (await SendAsync(HttpMethod.Get, "rotas/r/duty")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string?> OnDutyAsync(DateTimeOffset at) =>
        (await SendAsync(HttpMethod.Get, $"on-duty?at={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}Z")).Answer.EnumerateArray()
            .Single(rota => rota.GetProperty("rota").GetString() == "r").GetProperty("advisers")[0].GetProperty("id").GetString();

    private async Task<IEnumerable<string>> FaultsAsync(HttpMethod method, string path, string? body = null) =>
        (await SendAsync(method, path, body)).Answer.GetProperty("errors").EnumerateObject().Select(error => error.Name);

    private async Task<IEnumerable<long>> RevisionsAsync() =>
        (await SendAsync(HttpMethod.Get, "revisions")).Answer.GetProperty("revisions").EnumerateArray().Select(revision => revision.GetProperty("revision").GetInt64());

    private async Task<IEnumerable<string>> ChangedByAsync(HttpMethod method, string path, string? body = null) => Changed((await SendAsync(method, path, body)).Answer);

    private async Task<IEnumerable<string>> WarningsAsync(string path, string body) =>
        (await SendAsync(HttpMethod.Post, path, body)).Answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!);

    private static IEnumerable<string> Changed(JsonElement answer) => answer.GetProperty("changed").EnumerateArray().Select(change =>
        $"{change.GetProperty("rota")} {change.GetProperty("start")} {change.GetProperty("end")} {Ids(change, "before")} > {Ids(change, "after")}");

    private static string Ids(JsonElement change, string which) => string.Join(",", change.GetProperty(which).EnumerateArray().Select(id => id.GetString()));

    private async Task<string?> TagAsync(HttpMethod method, string path, string? body = null, string? seen = null)
    {
        using var answer = await AskAsync(method, path, body, "application/json", null, seen);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return answer.Headers.ETag?.Tag;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? body, string type, string? name, string? seen)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", name);
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        return await _service.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        HttpMethod method, string path, string? body = null, string type = "application/json", string? name = null, string? seen = null)
    {
        using var answer = await AskAsync(method, path, body, type, name, seen);
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.NoContent ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
