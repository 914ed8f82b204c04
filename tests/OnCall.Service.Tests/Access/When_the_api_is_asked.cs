using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OnCall.Service.Access;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

public sealed class When_the_api_is_asked(TestDatabase databases) : IAsyncLifetime
{
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString, map: app =>
        {
            app.MapGet("/api/v1/test/admin", (HttpContext http) => http.User.Identity!.Name).RequireAuthorization(Roles.Administrator);
            app.MapGet("/api/v1/test/forgetful", () => "secret");
            app.MapGet("/api/v1/test/broken", string () => throw new InvalidOperationException("inside")).RequireAuthorization(Roles.Reader);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_let_the_administrators_key_in()
    {
        var answer = await AskAsync("/api/v1/test/admin", RunningService.AdminKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("admin-key");
    }

    [Fact]
    public async Task Should_say_what_is_missing_without_a_key()
    {
        var answer = await AskAsync("/api/v1/test/admin", key: null);

        await ShouldBeProblemAsync(answer, HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"OnCall\"");
    }

    [Fact]
    public async Task Should_say_that_a_key_is_wrong()
    {
        var answer = await AskAsync("/api/v1/test/admin", key: RunningService.AdminKey + "x");

        await ShouldBeProblemAsync(answer, HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
    }

    [Fact]
    public async Task Should_say_which_role_it_takes()
    {
        var made = await AskAsync("/api/v1/keys", RunningService.AdminKey, JsonContent.Create(new { name = "rotas", role = "coordinator" }));
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("secret").GetString();

        var answer = await AskAsync("/api/v1/test/admin", key);

        (await ShouldBeProblemAsync(answer, HttpStatusCode.Forbidden)).Detail.ShouldBe("It takes the role administrator; your key or token has the role coordinator.");
    }

    [Theory]
    [InlineData("export", null, "application/yaml", HttpStatusCode.Unauthorized)]
    [InlineData("nothing", RunningService.AdminKey, "text/csv", HttpStatusCode.NotFound)]
    [InlineData("import", RunningService.AdminKey, "application/yaml", HttpStatusCode.MethodNotAllowed)]
    [InlineData("test/broken", RunningService.AdminKey, "text/calendar", HttpStatusCode.InternalServerError)]
    public async Task Should_answer_an_error_as_a_problem_whatever_was_asked_for(string path, string? key, string accepted, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accepted));
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);

        await ShouldBeProblemAsync(await _service.Http.SendAsync(request, Stop), status);
    }

    [Fact]
    public async Task Should_read_a_time_in_small_letters()
    {
        using var answer = await AskAsync("/api/v1/on-duty?at=2026-11-03t18:00:00z", RunningService.AdminKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("audit?record=4821", "record", "actor, kind, id, from, to, limit, after")]
    [InlineData("enquiries?ref=4821", "ref", "state, desk, from, to, number, limit, after")]
    public async Task Should_refuse_a_filter_that_is_not_known(string path, string filter, string known)
    {
        var answer = await AskAsync($"/api/v1/{path}", RunningService.AdminKey);

        var errors = (JsonElement)(await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest)).Extensions["errors"]!;
        errors.GetProperty(filter)[0].GetString().ShouldBe($"{filter} is no filter that is known here; they are {known}.");
    }

    [Fact]
    public async Task Should_refuse_everybody_where_an_endpoint_does_not_say_who_may_call_it() =>
        await ShouldBeProblemAsync(await AskAsync("/api/v1/test/forgetful", RunningService.AdminKey), HttpStatusCode.Forbidden);

    [Fact]
    public async Task Should_not_find_what_is_not_there() =>
        await ShouldBeProblemAsync(await AskAsync("/api/v1/nothing", RunningService.AdminKey), HttpStatusCode.NotFound);

    [Fact]
    public async Task Should_say_that_an_address_does_not_take_the_method_and_which_it_takes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/advisers");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        var answer = await _service.Http.SendAsync(request, Stop);

        await ShouldBeProblemAsync(answer, HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET"]);
    }

    [Theory]
    [InlineData("advisers?limit=abc", null, "limit", "limit takes a whole number.")]
    [InlineData("enquiries?limit=abc", null, "limit", "limit takes a whole number.")]
    [InlineData("revisions/1/restore?dryRun=perhaps", "{}", "dryRun", "dryRun takes true or false.")]
    [InlineData("enquiries/4821/close", """{ "outcome": 5 }""", "outcome", "outcome is of another type than what is taken here; /openapi/v1.json describes what is.")]
    [InlineData("keys", """{ "name": "x", "role": "reader", "desk": "extradition" }""", "desk", "desk is no name that is known here; /openapi/v1.json describes what is.")]
    [InlineData("keys", """{ "name": "x", "role": "coordinator", "desks": [5] }""", "desks[0]", "desks[0] is of another type than what is taken here; /openapi/v1.json describes what is.")]
    [InlineData("revisions?after=x&limit=y", null, "after", "after takes the next of the page before.")]
    public async Task Should_say_which_field_cannot_be_read(string path, string? body, string field, string sentence)
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var problem = await ShouldBeProblemAsync(await AskAsync($"/api/v1/{path}", RunningService.AdminKey, content), HttpStatusCode.BadRequest);

        ((JsonElement)problem.Extensions["errors"]!).GetProperty(field)[0].GetString().ShouldBe(sentence);
    }

    [Fact]
    public async Task Should_not_blame_a_field_that_can_be_read()
    {
        var problem = await ShouldBeProblemAsync(await AskAsync("/api/v1/advisers?limit=abc&after=a.alder", RunningService.AdminKey), HttpStatusCode.BadRequest);

        ((JsonElement)problem.Extensions["errors"]!).EnumerateObject().Select(error => error.Name).ShouldBe(["limit"]);
    }

    [Theory]
    [InlineData("enquiries/4821/close", "{ \"outcome\": ", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("enquiries/4821/close", "[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("enquiries/4821/close", "", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("enquiries/4821/close", "outcome", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Should_refuse_as_a_problem_what_cannot_be_read_at_all(string path, string body, string type, HttpStatusCode status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);

        (await ShouldBeProblemAsync(await AskAsync($"/api/v1/{path}", RunningService.AdminKey, content), status)).Extensions.ShouldNotContainKey("errors");
    }

    [Fact]
    public async Task Should_answer_a_fault_with_a_problem_that_tells_nothing_of_the_inside()
    {
        var answer = await AskAsync("/api/v1/test/broken", RunningService.AdminKey);

        await ShouldBeProblemAsync(answer, HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("inside");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<HttpResponseMessage> AskAsync(string path, string? key, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = body };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await _service.Http.SendAsync(request, Stop);
    }

    private static async Task<ProblemDetails> ShouldBeProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = (await answer.Content.ReadFromJsonAsync<ProblemDetails>(Stop))!;
        problem.Status.ShouldBe((int)status);
        return problem;
    }
}
