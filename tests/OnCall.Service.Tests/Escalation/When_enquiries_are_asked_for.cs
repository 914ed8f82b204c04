using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

public sealed class When_enquiries_are_asked_for(TestDatabase databases)
{
    private static readonly Instant Nine = Instant.FromUtc(2026, 11, 25, 9, 0);

    [Fact]
    public async Task Should_name_the_field_that_is_wrong()
    {
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);
        foreach (var (field, value) in new[]
        {
            ("after", "9223372036854775807-00000000000000000000000000000001"), ("after", "yesterday"), ("from", "9999-12-31T23:59:59-18:00"), ("to", "2026-11-25T09:00:00"),
            ("limit", "0"), ("state", "open"), ("number", "07700%20900201"), ("number", "withheld"), ("desk", "%07"),
        })
        {
            using var answer = await AskAsync(service, $"{field}={value}");

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{field}={value}");
            (await answer.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(Stop))!.Errors.Keys.ShouldBe([field]);
        }
    }

    [Fact]
    public async Task Should_show_those_alone_that_are_asked_for()
    {
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);
        await using (var db = await service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop))
        {
            db.AddRange(Row("1001", "closed", "records", World.Officer, 0), Row("1002", "paging", "records", "+447700900202", 10), Row("1003", "closed", "extradition", null, 20));
            await db.SaveChangesAsync(Stop);
        }

        foreach (var (query, refs) in new[]
        {
            ("", "1003 1002 1001"), ("state=&desk=&from=&to=&number=&after=", "1003 1002 1001"), ("state=closed", "1003 1001"), ("desk=records", "1002 1001"), ("desk=none", ""), ("number=%2B447700900201", "1001"), ("number=+447700900201", "1001"),
            ("number=447700900201", "1001"), ("from=2026-11-25T09:10:00Z", "1003 1002"), ("to=2026-11-25T10:10:00%2B01:00", "1001"), ("state=closed&desk=records&to=2026-11-25T09:00:01Z", "1001"),
        })
        {
            using var answer = await AskAsync(service, query);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

            string.Join(' ', page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ref").GetString())).ShouldBe(refs, query);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_show_numbers_and_words_to_those_alone_who_may_see_them(bool seesAll)
    {
        var row = new EnquiryRow { Ref = "4821", State = "closed", Caller = World.Officer };
        TimelineRow[] timeline = [new() { Event = "closed", Detail = "a few words" }, new() { Event = "note", Detail = "more words" }];

        var view = EnquiryView.Of(row, timeline, RotaBook.Empty, seesAll);

        view.From.ShouldBe(seesAll ? World.Officer : null);
        view.Timeline.Select(line => line.Detail).ShouldBe(seesAll ? ["a few words", "more words"] : [null, null]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static EnquiryRow Row(string shortRef, string state, string desk, string? caller, int minutes) => new()
    {
        Id = Guid.NewGuid(),
        Ref = shortRef,
        State = state,
        Channel = "call",
        Line = World.Line,
        Priority = "routine",
        Desk = desk,
        Caller = caller,
        OpenedAt = Nine + Duration.FromMinutes(minutes),
        Document = "{}",
    };

    private static async Task<HttpResponseMessage> AskAsync(RunningService service, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/enquiries?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        return await service.Http.SendAsync(request, Stop);
    }
}
