using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OnCall.Service.Audit;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Duty;

public sealed class When_duty_is_asked_for(TestDatabase databases) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero));
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));
        var draft = RotaDocument.Read("""
            timeZone: Europe/London
            advisers:
              - { id: a.alder, name: Ash Alder, phone: "+447700900101" }
              - { id: b.birch, name: Bryony Birch, phone: "+447700900102" }
            rotas:
              - id: days
                layers: [{ name: turns, rotation: { start: 2027-03-27T01:30, turn: P1D, advisers: [a.alder, b.birch] } }]
              - id: sparse
                timeZone: America/New_York
                cover: 2
                layers: [{ name: list, shifts: [{ start: 2027-03-27T09:00, end: 2027-03-27T17:00, adviser: b.birch }] }]
              - id: always
                layers: [{ name: one, rotation: { start: 2027-01-01, turn: P1W, advisers: [a.alder] } }]
            """u8.ToArray(), DocumentForm.Yaml);
        await _service.Services.GetRequiredService<BookStore>().PublishAsync([draft], prune: false, dryRun: false, new Origin("test", "test"), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_say_for_every_rota_who_until_when_and_who_is_next()
    {
        var answer = await AskAsync("/on-duty?at=2027-03-27T14:00:00Z");

        answer.GetRawText().ShouldBe(
            """[{"rota":"days","advisers":[{"id":"a.alder","name":"Ash Alder","until":"2027-03-28T02:00:00+01:00","reason":"layer turns, turn 1 of a.alder"}],"next":{"at":"2027-03-28T02:00:00+01:00","advisers":["b.birch"]}},"""
            + """{"rota":"sparse","advisers":[{"id":"b.birch","name":"Bryony Birch","until":"2027-03-27T17:00:00-04:00","reason":"layer list, shift 1 of the list"}],"next":{"at":"2027-03-27T17:00:00-04:00","advisers":[]}},"""
            + """{"rota":"always","advisers":[{"id":"a.alder","name":"Ash Alder","until":null,"reason":"layer one, turn 13 of a.alder"}],"next":null}]""");
    }

    [Fact]
    public async Task Should_mean_now_where_no_time_is_given() =>
        (await AskAsync("/on-duty")).GetRawText().ShouldBe((await AskAsync("/on-duty?at=2027-03-27T12:00:00%2B00:00")).GetRawText());

    [Fact]
    public async Task Should_cut_periods_and_gaps_at_both_ends()
    {
        var answer = await AskAsync("/rotas/sparse/duty?from=2027-03-27T12:00:00Z&to=2027-03-28T00:00:00Z");

        answer.GetRawText().ShouldBe(
            """{"periods":[{"start":"2027-03-27T09:00:00-04:00","end":"2027-03-27T17:00:00-04:00","advisers":["b.birch"],"sources":["layer:list"],"reasons":["""
            + """{"adviser":"b.birch","start":"2027-03-27T09:00:00-04:00","end":"2027-03-27T17:00:00-04:00","reason":"layer list, shift 1 of the list"}]}],"gaps":["""
            + """{"start":"2027-03-27T08:00:00-04:00","end":"2027-03-27T09:00:00-04:00","missing":2},"""
            + """{"start":"2027-03-27T09:00:00-04:00","end":"2027-03-27T17:00:00-04:00","missing":1},"""
            + """{"start":"2027-03-27T17:00:00-04:00","end":"2027-03-27T20:00:00-04:00","missing":2}]}""");
    }

    [Fact]
    public async Task Should_give_each_turn_as_a_reason_of_its_own_within_a_period_of_the_same_adviser()
    {
        var period = (await AskAsync("/rotas/always/duty?from=2027-03-27T12:00:00Z&to=2027-04-03T12:00:00Z")).GetProperty("periods").EnumerateArray().ShouldHaveSingleItem();

        period.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("start")} {reason.GetProperty("reason")}")
            .ShouldBe(["2027-03-27T12:00:00+00:00 layer one, turn 13 of a.alder", "2027-04-02T00:00:00+01:00 layer one, turn 14 of a.alder"]);
    }

    [Fact]
    public async Task Should_mean_now_and_28_days_where_no_window_is_given()
    {
        var periods = (await AskAsync("/rotas/days/duty")).GetProperty("periods");

        periods[0].GetProperty("start").GetString().ShouldBe("2027-03-27T12:00:00+00:00");
        periods[periods.GetArrayLength() - 1].GetProperty("end").GetString().ShouldBe("2027-04-24T13:00:00+01:00");
    }

    [Theory]
    [InlineData("/on-duty?at=2027-03-27T14:00:00", "at")]
    [InlineData("/on-duty?at=tomorrow", "at")]
    [InlineData("/on-duty?at=9999-12-31T00:00:00Z", "at")]
    [InlineData("/rotas/days/duty?from=x&to=2027-03-28T00:00:00Z", "from")]
    [InlineData("/rotas/days/duty?from=2027-03-28T00:00:00Z&to=2027-03-28T00:00:00Z", "to")]
    [InlineData("/rotas/days/duty?from=2027-03-28T00:00:00Z&to=2028-05-03T00:00:00Z", "to")]
    public async Task Should_say_what_is_wrong_with_the_question(string path, string field) =>
        (await AskAsync(path, HttpStatusCode.BadRequest)).GetProperty("errors").GetProperty(field).GetArrayLength().ShouldBe(1);

    /// <summary>Each is read whole.</summary>
    [Fact]
    public async Task Should_not_read_all_that_was_ever_published()
    {
        await using var data = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var many = data.CreateCommand(
            """
            INSERT INTO book_revisions (revision, published_at, actor, source, document, changes)
            SELECT number, '2027-03-27 08:00:00Z'::timestamptz + number * interval '0.1 second', actor, source, document, '[{"kind":"rota","id":"days","action":"changed","diff":[]}]'
            FROM book_revisions, generate_series(2, 2001) AS number WHERE revision = 1
            """);
        await many.ExecuteNonQueryAsync(Stop);

        (await AskAsync("/rotas/days/duty?from=2027-03-27T00:00:00Z&to=2027-03-27T12:00:00Z", HttpStatusCode.BadRequest)).GetProperty("errors").GetProperty("to")[0].GetString()!.ShouldContain("more than 2000 revisions");
        (await AskAsync("/rotas/days/duty?from=2027-03-27T00:00:00Z&to=2027-03-27T08:00:30Z")).GetProperty("gaps").GetArrayLength().ShouldBe(1);
        (await AskAsync("/rotas/sparse/duty?from=2027-03-27T00:00:00Z&to=2027-03-27T12:00:00Z")).GetProperty("periods").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Should_answer_400_days_and_no_more() => (await AskAsync("/rotas/days/duty?from=2027-03-28T00:00:00Z&to=2028-05-01T00:00:00Z")).GetProperty("periods").GetArrayLength().ShouldBe(401);

    [Fact]
    public async Task Should_not_know_a_rota_that_is_not_there() => (await AskAsync("/rotas/none/duty", HttpStatusCode.NotFound)).GetProperty("status").GetInt32().ShouldBe(404);

    [Fact]
    public async Task Should_take_a_plus_that_was_not_escaped() =>
        (await AskAsync("/on-duty?at=2027-03-27T14:00:00+00:00")).GetRawText().ShouldBe((await AskAsync("/on-duty?at=2027-03-27T14:00:00Z")).GetRawText());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<JsonElement> AskAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await _service.Http.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(status);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Stop));
    }
}
