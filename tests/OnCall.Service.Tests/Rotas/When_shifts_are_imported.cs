using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Core.Rotas;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

public sealed class When_shifts_are_imported(TestDatabase databases) : IAsyncLifetime
{
    private const string Book = """
        timeZone: Europe/London
        advisers:
          - { id: a.alder, name: Ash Alder, phone: "+447700900101", email: ash@example.org }
          - { id: b.birch, name: Bryony Birch, phone: "+447700900102" }
        rotas: [{ id: duty, layers: [{ name: weeks, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder, b.birch] } }] }]
        """;

    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        await SendAsync(Book, "application/yaml", "");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_publish_a_table_as_a_layer_and_say_what_changed()
    {
        var (status, answer) = await SendAsync("start,end,adviser\n2026-12-25T09:00,2026-12-26T09:00,Bryony Birch\n", "text/csv", "?rota=duty&layer=christmas");

        status.ShouldBe(HttpStatusCode.OK);
        var change = answer.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        change.GetProperty("kind").GetString().ShouldBe("rota");
        change.GetProperty("diff").EnumerateArray().ShouldHaveSingleItem().GetString()
            .ShouldBe("+ layers[christmas]: {name: christmas, shifts: [{start: 2026-12-25T09:00, end: 2026-12-26T09:00, adviser: b.birch}]}");
        Layers.ShouldBe(["weeks", "christmas"]);
        Revision.ShouldBe(2);
    }

    [Fact]
    public async Task Should_replace_the_shifts_that_were_imported_before()
    {
        await SendAsync("start,end,adviser\n2026-12-25,2026-12-26,a.alder\n2026-12-26,2026-12-27,a.alder\n", "text/csv", "?rota=duty");

        var (_, answer) = await SendAsync("start,end,adviser\n2026-12-26,2026-12-27,a.alder\n", "text/csv; charset=utf-8", "?rota=duty");
        var (_, again) = await SendAsync("start;end;adviser\n2026-12-26;2026-12-27;Ash Alder\n", "text/csv", "?rota=duty");

        answer.GetProperty("changes")[0].GetProperty("diff").EnumerateArray().ShouldHaveSingleItem().GetString()
            .ShouldBe("- layers[imported].shifts[2026-12-25]: {start: 2026-12-25, end: 2026-12-26, adviser: a.alder}");
        again.GetProperty("changes").GetArrayLength().ShouldBe(0);
        Revision.ShouldBe(3);
    }

    [Fact]
    public async Task Should_publish_a_calendar()
    {
        var (status, answer) = await SendAsync(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261225T090000\r\nDTEND:20261226T090000\r\nATTENDEE:mailto:ash@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261225T090000\r\nSTATUS:CANCELLED\r\nSUMMARY:b.birch\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "text/calendar",
            "?rota=duty");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("line 8: the event \"b.birch\" is cancelled; it is left out. (events)");
        Layers.ShouldBe(["weeks", "imported"]);
    }

    [Fact]
    public async Task Should_change_nothing_in_a_dry_run()
    {
        var (status, answer) = await SendAsync("start,end,adviser\n2026-12-25,2026-12-26,a.alder\n", "text/csv", "?rota=duty&dryRun=true");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("changes").GetArrayLength().ShouldBe(1);
        Revision.ShouldBe(1);
    }

    [Fact]
    public async Task Should_change_nothing_where_any_row_is_at_fault_and_name_them_all()
    {
        var (status, answer) = await SendAsync(
            "start,end,adviser\n2026-12-25,2026-12-26,a.alder\n25/12/2026,2026-12-27,Bryony Brich\n2026-12-27,2026-12-27,a.alder\n2026-12-27\n", "text/csv", "?rota=duty");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.GetProperty("errors").EnumerateObject().SelectMany(path => path.Value.EnumerateArray().Select(sentence => $"{path.Name}: {sentence}")).ShouldBe(
        [
            "shifts[1].start: line 3: start is \"25/12/2026\"; write a date and time like 2026-01-05T09:00, or a date like 2026-01-05.",
            "shifts[1].adviser: line 3: adviser is \"Bryony Brich\", which is neither the id nor the exact name of an adviser; did you mean \"Bryony Birch\"?",
            "shifts[2].end: line 4: end must be after start.",
            "row: line 5: this line has 1 value where the header has 3; a value that holds the separator goes between quotes.",
        ]);
        Revision.ShouldBe(1);
    }

    [Theory]
    [InlineData("text/csv", "", HttpStatusCode.BadRequest, "rota")]
    [InlineData("text/csv", "?rota=duty&prune=true", HttpStatusCode.BadRequest, "prune")]
    [InlineData("text/calendar", "?rota=duty", HttpStatusCode.BadRequest, "document")]
    [InlineData("text/csv", "?rota=dutty", HttpStatusCode.UnprocessableEntity, "rota")]
    [InlineData("text/csv", "?rota=duty&layer=weeks", HttpStatusCode.UnprocessableEntity, "layer")]
    public async Task Should_say_what_is_wrong_with_the_request(string type, string query, HttpStatusCode status, string path)
    {
        var (answered, answer) = await SendAsync("start,end,adviser\n2026-12-25,2026-12-26,a.alder\n", type, query);

        answered.ShouldBe(status);
        answer.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(path);
    }

    private IEnumerable<string> Layers => Current.Rotas["duty"].Layers.Select(layer => layer.Name);

    private long Revision => Current.Revision;

    private RotaBook Current => _service.Services.GetRequiredService<CurrentBook>().Book;

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string document, string type, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/import{query}");
        request.Content = new StringContent(document, Encoding.UTF8);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await _service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
