using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Calendars;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>Requests with a fault, generated from the description of the API: each is refused, with a problem document, and changes nothing.</summary>
public sealed class When_requests_are_bad(TestDatabase databases) : IAsyncLifetime
{
    private const int Usual = 30_000;

    private readonly Dictionary<string, string> _keys = [];
    private OwnDatabase _database = null!;
    private RunningService _service = null!;
    private BadRequests _requests = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await RunningService.StartAsync(_database.ConnectionString, ["--OnCall:RequestsPerSecond=1000000"], map: app =>
        {
            app.MapPost("/api/v1/test/throws", string () => throw new InvalidOperationException("planted")).RequireAuthorization(Roles.Reader).ExcludeFromDescription();
            app.MapPost("/api/v1/test/obeys", () => "planted").RequireAuthorization(Roles.Reader).ExcludeFromDescription();
            app.MapPost("/api/v1/test/changes", PlantedChangeAsync).RequireAuthorization(Roles.Reader).ExcludeFromDescription();
        });
        foreach (var role in Roles.All)
        {
            _keys[role] = (await _service.Services.GetRequiredService<KeyStore>().CreateAsync(new KeyWish($"the-{role}", role), new Origin("test", "test"), Stop))!.Value.Secret;
        }

        var description = JsonNode.Parse(await _service.Http.GetStringAsync("/openapi/v1.json", Stop))!;
        _requests = new BadRequests(description);
        var schemas = new Schemas(description);
        var book = KnownIds.Book(schemas);
        book["rotas"]![0]!["overrides"] = new JsonArray(schemas.ExampleOf("Override")!.DeepClone());
        using var import = new HttpRequestMessage(HttpMethod.Post, "/api/v1/import")
        {
            Content = new StringContent(book.ToJsonString(), MediaTypeHeaderValue.Parse("application/json")),
        };
        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        db.AddRange(KnownEnquiries.Rows);
        db.Add(new ApiKeyRow { Id = KnownIds.Key, Name = "spare", Role = Roles.Reader, SecretHash = KeySecret.Digest("spare") });
        await db.SaveChangesAsync(Stop);
        import.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[Roles.Administrator]);
        (await _service.Http.SendAsync(import, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>With <c>ONCALL_BAD_REQUEST</c>, a seed, that request alone; with <c>ONCALL_BAD_REQUESTS</c>, so many.</summary>
    [Fact]
    public async Task Should_refuse_every_one_and_change_nothing()
    {
        var seeds = Environment.GetEnvironmentVariable("ONCALL_BAD_REQUEST") is { Length: > 0 } seed ? [int.Parse(seed, CultureInfo.InvariantCulture)]
            : Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable("ONCALL_BAD_REQUESTS") ?? $"{Usual}", CultureInfo.InvariantCulture));

        var findings = await new BadRequestRun(_service, _database.ConnectionString, _keys).FindAsync(seeds.Select(_requests.Of), Stop);

        findings.ShouldBeEmpty();
    }

    /// <summary>Else what lies behind the look-up would not be tried.</summary>
    [Fact]
    public async Task Should_ask_for_what_is_there_unless_that_is_their_fault()
    {
        var asked = Enumerable.Range(0, 3000).Select(_requests.Of).Where(request => request.Fault != BadRequests.OfNothing).ToList();

        foreach (var request in asked)
        {
            using var message = request.ToMessage(_service.Http.BaseAddress!, _keys);
            using var answer = await _service.Http.SendAsync(message, Stop);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.NotFound, request.ToString());
        }

        asked.Count(request => request.Address.StartsWith("/api/v1/enquiries/", StringComparison.Ordinal)).ShouldBeGreaterThan(200);
        asked.Count(request => request.Address.StartsWith($"/api/v1/keys/{KnownIds.Key}", StringComparison.Ordinal)).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Should_be_made_again_by_their_seed()
    {
        Enumerable.Range(0, 200).Select(seed => _requests.Of(seed).ToString()).ShouldBe(Enumerable.Range(0, 200).Select(seed => _requests.Of(seed).ToString()));
        Enumerable.Range(0, 2000).Select(seed => $"{_requests.Of(seed).Method} {_requests.Of(seed).Address.Split('?')[0].Split('/')[3]}").Distinct().Count().ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData("throws", "500 was answered")]
    [InlineData("obeys", "200 was answered")]
    [InlineData("changes", "The table calendars has changed: 0 rows")]
    public async Task Should_notice_one_that_is_not_refused(string planted, string finding)
    {
        var request = new BadRequest(0, "planted", "POST", $"/api/v1/test/{planted}", Roles.Reader);

        var findings = await new BadRequestRun(_service, _database.ConnectionString, _keys).FindAsync([request], Stop);

        findings.ShouldContain(line => line.StartsWith(finding, StringComparison.Ordinal));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<IResult> PlantedChangeAsync(CalendarStore calendars)
    {
        await calendars.RenewAsync(new CalendarSubject.OfRota("planted"), new Origin("test", "test"), CancellationToken.None);
        return Results.Problem("planted", statusCode: StatusCodes.Status400BadRequest);
    }
}
