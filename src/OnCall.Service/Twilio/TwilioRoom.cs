using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;
using Refit;

namespace OnCall.Service.Twilio;

/// <summary>Everything that speaks with Twilio. TwiML itself is written elsewhere; here are the wire, the signatures and the addresses.</summary>
internal static class TwilioRoom
{
    public static void AddTwilio(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TwilioAddresses>();
        services.AddSingleton<RefusedWebhooks>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TwilioSignatureScheme>(TwilioSignatureScheme.Name, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(
            TwilioSignatureScheme.Policy, policy => policy.AddAuthenticationSchemes(TwilioSignatureScheme.Name).RequireAuthenticatedUser());

        services.AddTwilioApi();
        services.AddHostedService<TwilioNumbers>();
        services.AddHealthChecks().AddCheck<TwilioLink>("twilio");
    }

    /// <summary>The REST API alone.</summary>
    public static void AddTwilioApi(this IServiceCollection services)
    {
        services.AddSingleton<TwilioApi>();
        services.AddSingleton<TwilioLink>();
        services.AddTransient<TwilioEar>();
        services.AddTransient<TwilioLogin>();
        var client = services.AddRefitGeneratedClient<ITwilioRest>(new RefitSettings(new SystemTextJsonContentSerializer(Json)))
            .ConfigureHttpClient(Configure)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(4),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        client.AddResilienceHandler("twilio", AddPipeline);
        client.AddHttpMessageHandler<TwilioEar>();
        client.AddHttpMessageHandler<TwilioLogin>();
    }

    private static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new Rfc2822Converter() },
    };

    private static void Configure(IServiceProvider services, HttpClient client)
    {
        var settings = services.GetRequiredService<TwilioSettings>();
        client.BaseAddress = new Uri($"{settings.ApiBaseUrl}/2010-04-01/Accounts/{settings.AccountSid}");

        // The pipeline limits each try.
        client.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>
    /// From the outside in: three tries, but only of what certainly was not processed; a breaker that leaves a Twilio that keeps failing alone for a while;
    /// 10 s for each try.
    /// </summary>
    private static void AddPipeline(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(400),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
                ShouldHandle = attempt => ValueTask.FromResult(
                    (int?)attempt.Outcome.Result?.StatusCode == 429 || TwilioVerdict.NeverConnected(attempt.Outcome.Exception)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.8,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(20),
                BreakDuration = TimeSpan.FromSeconds(5),
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is HttpRequestException or TimeoutRejectedException || (int?)attempt.Outcome.Result?.StatusCode >= 500),
            })
            .AddTimeout(TimeSpan.FromSeconds(10));
    }
}
