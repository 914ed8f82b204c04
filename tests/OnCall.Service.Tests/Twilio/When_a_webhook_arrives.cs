using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class When_a_webhook_arrives(TestDatabase databases) : IAsyncLifetime
{
    private const string Target = "/twilio/test?page=a-1";

    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(
            _database.ConnectionString,
            ["--Twilio:SecondaryAuthToken=second"],
            map: app => app.MapMethods("/twilio/test", ["GET", "POST"], (string page, TwilioForm form) => $"{page} {form["CallSid"]} {form["callsid"] ?? "null"}")
                .RequireAuthorization(TwilioSignatureScheme.Policy));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(RunningService.AuthToken)]
    [InlineData("second")]
    public async Task Should_hand_the_form_of_a_signed_one_to_the_handler(string token)
    {
        var answer = await PostAsync("CallSid=CA1&Body=a+b", Sign($"https://oncall.example.org{Target}Bodya bCallSidCA1", token));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("a-1 CA1 null");
    }

    [Fact]
    public async Task Should_read_the_fields_of_a_signed_get_from_its_query()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Target}&CallSid=CA2");
        request.Headers.Add("X-Twilio-Signature", Sign($"https://oncall.example.org{Target}&CallSid=CA2", RunningService.AuthToken));

        (await (await _service.Http.SendAsync(request, Stop)).Content.ReadAsStringAsync(Stop)).ShouldBe("a-1 CA2 null");
    }

    [Fact]
    public async Task Should_refuse_one_without_a_signature_and_count_it()
    {
        using var refused = new Measurements(_service, "oncall_webhooks_refused");

        var answer = await PostAsync("CallSid=CA1", signature: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBeEmpty();
        refused.Labels.ShouldHaveSingleItem();
        (await _service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop)).ShouldContain("oncall_webhooks_refused_total");
    }

    [Theory]
    [InlineData("/twilio/sms")]
    [InlineData("/twilio/status/call")]
    [InlineData("/twilio/nothing/here")]
    public async Task Should_refuse_one_without_a_signature_however_it_asks(string path) =>
        (await _service.Http.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("CallSid=CA2", Target)]
    [InlineData("CallSid=CA1&Digits=1", Target)]
    [InlineData("CallSid=CA1", "/twilio/other")]
    public async Task Should_refuse_one_that_is_not_what_was_signed(string body, string signedTarget)
    {
        var signature = Sign($"https://oncall.example.org{signedTarget}CallSidCA1", RunningService.AuthToken);

        (await PostAsync(body, signature)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_refuse_one_that_was_signed_with_another_token() =>
        (await PostAsync("CallSid=CA1", Sign($"https://oncall.example.org{Target}CallSidCA1", "third"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Should_refuse_one_that_is_too_large_to_be_one() =>
        (await PostAsync($"Body={new string('x', 70_000)}", Sign("anything", "third"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Should_not_take_an_api_key_for_a_signature()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target);
        request.Headers.Authorization = new("Bearer", RunningService.AdminKey);

        (await _service.Http.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio's choice.")]
    private static string Sign(string text, string token) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));

    private async Task<HttpResponseMessage> PostAsync(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target);
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        if (signature is not null)
        {
            request.Headers.Add("X-Twilio-Signature", signature);
        }

        return await _service.Http.SendAsync(request, Stop);
    }
}
