using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

public sealed class When_rotas_are_imported(TestDatabase databases) : IAsyncLifetime
{
    private const string OneRota = """
        timeZone: Europe/London
        advisers: [{ id: a.alder, name: Ash Alder, phone: "+447700900101" }]
        rotas: [{ id: r, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder] } }] }]
        """;

    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await RunningService.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_publish_them_and_say_what_changed()
    {
        var (status, answer) = await ImportAsync(OneRota);

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("changes").EnumerateArray().Select(change => $"{change.GetProperty("action")} {change.GetProperty("kind")} {change.GetProperty("id")}")
            .ShouldBe(["added timeZone timeZone", "added adviser a.alder", "added rota r"]);
        answer.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldStartWith("7 days in a row: a.alder is on duty without a day off ");
        Book.Revision.ShouldBe(1);
        Book.Rotas.ShouldContainKey("r");
    }

    [Fact]
    public async Task Should_write_no_revision_where_nothing_changes()
    {
        await ImportAsync(OneRota);

        var (_, answer) = await ImportAsync(OneRota);

        answer.GetProperty("changes").GetArrayLength().ShouldBe(0);
        (await RowsAsync<BookRevisionRow>()).ShouldHaveSingleItem();
        (await RowsAsync<AuditRow>()).ShouldHaveSingleItem("of imports");
    }

    [Fact]
    public async Task Should_change_nothing_in_a_dry_run()
    {
        var (status, answer) = await ImportAsync(OneRota, "?dryRun=true");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("changes").GetArrayLength().ShouldBe(3);
        Book.Revision.ShouldBe(0);
        (await RowsAsync<BookRevisionRow>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_change_nothing_where_there_is_any_error_and_list_them_all_with_their_lines()
    {
        await ImportAsync(OneRota);

        var (status, answer) = await ImportAsync("""
            topics: [fine]
            rotas:
              - id: r
                cover: many
                layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [nobody] } }]
            """);

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.GetProperty("status").GetInt32().ShouldBe(422);
        answer.GetProperty("errors").GetProperty("rotas[0].cover")[0].GetString()!.ShouldStartWith("line 4: cover must be a whole number");
        answer.GetProperty("errors").GetProperty("rotas[0].layers[0].rotation.advisers[0]")[0].GetString()!.ShouldStartWith("line 5: ");
        Book.Revision.ShouldBe(1);
        Book.Topics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rotas: ]", "application/yaml")]
    [InlineData("{", "application/json")]
    public async Task Should_answer_400_to_what_is_neither_YAML_nor_JSON(string text, string type)
    {
        var (status, answer) = await ImportAsync(text, type: type);

        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("errors").GetProperty("document")[0].GetString()!.ShouldStartWith("line 1: ");
    }

    [Theory]
    [InlineData("application/yaml", "")]
    [InlineData("application/json", "")]
    [InlineData("text/csv", "?rota=r")]
    [InlineData("text/calendar", "?rota=r")]
    public async Task Should_answer_400_to_ten_megabytes_of_anything(string type, string query)
    {
        var (status, answer) = await ImportAsync(new string('#', 10 * 1024 * 1024), query, type);

        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("errors").GetProperty("document")[0].GetString().ShouldBe("line 1: the document is longer than 4 MiB; split it.");
    }

    [Fact]
    public async Task Should_not_take_a_picture_for_a_rota() => (await ImportAsync("x", type: "image/png")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Should_leave_an_audit_entry_that_holds_the_difference()
    {
        await ImportAsync(OneRota);
        await ImportAsync(OneRota.Replace("P1W", "P2W", StringComparison.Ordinal));

        var entry = (await RowsAsync<AuditRow>())[^1];

        entry.Actor.ShouldBe("admin-key");
        entry.Kind.ShouldBe("import");
        entry.Subject.ShouldBe("revision 2");
        entry.Source.ShouldBe("127.0.0.1");
        entry.After!.ShouldContain("layers[x].rotation.turn: P1W → P2W");
    }

    [Fact]
    public async Task Should_remove_with_prune_what_the_document_lacks()
    {
        await ImportAsync(OneRota);

        var (_, answer) = await ImportAsync("topics: [other]", "?prune=true");

        answer.GetProperty("changes").EnumerateArray().Count(change => change.GetProperty("action").GetString() == "removed").ShouldBe(3);
        Book.Rotas.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_warn_of_overrides_without_effect()
    {
        var (_, answer) = await ImportAsync(OneRota);
        var (_, second) = await ImportAsync("""
            timeZone: Europe/London
            advisers: [{ id: b.birch, name: Bryony Birch, phone: "+447700900102" }]
            rotas:
              - id: r
                layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder] } }]
                overrides: [{ id: "17", start: 2090-02-01, end: 2090-02-02, adviser: a.alder, replaces: b.birch }]
            """);

        answer.GetProperty("warnings").GetArrayLength().ShouldBe(1);
        second.GetProperty("warnings").GetArrayLength().ShouldBe(2);
        second.GetProperty("warnings")[0].GetString()
            .ShouldBe("The rota r: override 17 by a.alder in place of b.birch has no effect from 2090-02-01 00:00 to 2090-02-02 00:00: b.birch would not be on duty.");
    }

    [Fact]
    public async Task Should_reach_the_other_node_at_once()
    {
        await using var other = await RunningService.StartAsync(_database.ConnectionString);

        await ImportAsync(OneRota);

        // What another node hears comes over the network, soon; how soon is not judged here.
        await RealTime.UntilAsync(() => other.Services.GetRequiredService<CurrentBook>().Book.Revision == 1);
    }

    [Fact]
    public async Task Should_be_there_after_a_restart()
    {
        await ImportAsync(OneRota);

        await using var later = await RunningService.StartAsync(_database.ConnectionString);

        later.Services.GetRequiredService<CurrentBook>().Book.Content.ShouldBe(Book.Content);
    }

    [Fact]
    public async Task Should_take_turns_when_many_publish_at_once()
    {
        await using var other = await RunningService.StartAsync(_database.ConnectionString);
        await ImportAsync(OneRota);

        var imports = Enumerable.Range(0, 20).Select(number => ImportAsync(
            $"advisers: [{{ id: x{number}, name: X, phone: \"+447700900101\" }}]", service: number % 2 == 0 ? _service : other));
        var answers = await Task.WhenAll(imports);

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (await RowsAsync<BookRevisionRow>()).Select(row => row.Revision).ShouldBe(Enumerable.Range(1, 21).Select(revision => (long)revision));
        await RealTime.UntilAsync(() => Book.Advisers.Count == 21 && other.Services.GetRequiredService<CurrentBook>().Book.Advisers.Count == 21);
    }

    [Theory]
    [InlineData("application/yaml", "application/yaml")]
    [InlineData("application/json", "application/json")]
    [InlineData(null, "application/json")]
    public async Task Should_be_exported_as_they_are(string? asked, string type)
    {
        await ImportAsync(Encoding.UTF8.GetString(Sample.Bytes()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/export");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        if (asked is not null)
        {
            request.Headers.Accept.ParseAdd(asked);
        }

        using var answer = await _service.Http.SendAsync(request, Stop);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.ETag.ShouldNotBeNull();
        var (_, again) = await ImportAsync(await answer.Content.ReadAsStringAsync(Stop), "?prune=true", type);
        again.GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Core.Rotas.RotaBook Book => _service.Services.GetRequiredService<CurrentBook>().Book;

    private async Task<(HttpStatusCode Status, JsonElement Answer)> ImportAsync(
        string document, string query = "", string type = "application/yaml", RunningService? service = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/import{query}")
        {
            Content = new StringContent(document, Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await (service ?? _service).Http.SendAsync(request, Stop);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Stop)));
    }

    private async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        return (await db.Set<T>().AsNoTracking().ToListAsync(Stop)).Where(row => row is not AuditRow { Kind: not "import" }).OrderBy(row => row is AuditRow audit ? audit.Id : ((BookRevisionRow)(object)row).Revision).ToList();
    }
}
