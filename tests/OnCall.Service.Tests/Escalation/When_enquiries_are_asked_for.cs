using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using OnCall.Core.Rotas;
using OnCall.Service.Escalation;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

public sealed class When_enquiries_are_asked_for(TestDatabase databases)
{
    [Theory]
    [InlineData("after", "9223372036854775807-00000000000000000000000000000001")]
    [InlineData("after", "yesterday")]
    [InlineData("from", "9999-12-31T23:59:59-18:00")]
    [InlineData("to", "2026-11-25T09:00:00")]
    [InlineData("limit", "0")]
    [InlineData("state", "open")]
    public async Task Should_name_the_field_that_is_wrong(string field, string value)
    {
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/enquiries?{field}={value}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);

        using var answer = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(TestContext.Current.CancellationToken))!.Errors.Keys.ShouldBe([field]);
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
}
