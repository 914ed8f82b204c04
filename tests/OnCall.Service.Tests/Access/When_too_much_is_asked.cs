using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

public sealed class When_too_much_is_asked(TestDatabase databases) : IAsyncLifetime
{
    private const int PerSecond = 5;

    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await RunningService.StartAsync(_database.ConnectionString, [$"--OnCall:RequestsPerSecond={PerSecond}", "--ForwardedHeaders_Enabled=true"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_say_when_to_come_back_and_let_others_in()
    {
        var (greedy, modest) = (await MakeKeyAsync("greedy"), await MakeKeyAsync("modest"));

        using var refused = await UntilRefusedAsync(() => AskAsync("/api/v1/on-duty", greedy));

        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadFromJsonAsync<ProblemDetails>(Stop))!.Status.ShouldBe(429);
        (await AskAsync("/api/v1/on-duty", modest)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_limit_an_address_that_shows_no_key_and_no_key_with_it()
    {
        using var refused = await UntilRefusedAsync(() => AskAsync("/calendars/guess.ics", key: null));

        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await AskAsync("/api/v1/on-duty", await MakeKeyAsync("modest"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_lock_out_who_guesses_keys_and_nobody_else_behind_the_same_proxy()
    {
        const string Guesser = "203.0.113.7";
        var key = await MakeKeyAsync("modest");
        for (var guess = 0; guess < WrongKeys.Most; guess++)
        {
            using var wrong = await AskAsync("/api/v1/on-duty", $"oncall_{guess}", Guesser);
        }

        (await AskAsync("/api/v1/on-duty", RunningService.AdminKey, Guesser)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync("/api/v1/on-duty", key, Guesser)).StatusCode.ShouldBe(HttpStatusCode.OK, "a key of the record is none that is guessed");
        (await AskAsync("/api/v1/on-duty", RunningService.AdminKey, "203.0.113.8")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/twilio/voice", HttpStatusCode.Forbidden)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    public async Task Should_never_limit_webhooks_and_probes(string path, HttpStatusCode expected)
    {
        for (var time = 0; time < 20; time++)
        {
            (await AskAsync(path, key: null)).StatusCode.ShouldBe(expected);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks until it is refused for asking too often. However slow the machine is, many at once are more than any second's share.</summary>
    private static async Task<HttpResponseMessage> UntilRefusedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        while (true)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 10 * PerSecond).Select(_ => ask()));
            if (Array.Find(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests) is { } refused)
            {
                return refused;
            }

            Stop.ThrowIfCancellationRequested();
        }
    }

    private async Task<string> MakeKeyAsync(string name) =>
        (await _service.Services.GetRequiredService<KeyStore>().CreateAsync(new KeyWish(name, Roles.Reader), new Origin("test", "test"), Stop))!.Value.Secret;

    private async Task<HttpResponseMessage> AskAsync(string path, string? key, string? address = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await _service.Http.SendAsync(request, Stop);
    }
}
