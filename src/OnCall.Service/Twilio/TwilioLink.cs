using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>How the two directions of the link to Twilio are: what we ask over REST, and what comes in as webhooks. One may fail without the other.</summary>
internal sealed class TwilioLink : IHealthCheck
{
    private readonly Counter<long> _webhooks;
    private volatile bool _restFails;

    public TwilioLink(IMeterFactory meters)
    {
        var meter = meters.Create(Metrics.MeterName);
        _webhooks = meter.CreateCounter<long>("oncall_webhooks_accepted", description: "Requests with a valid signature of Twilio.");
        meter.CreateObservableGauge("oncall_twilio_rest_failing", () => _restFails ? 1 : 0, description: "1 = the REST API has failed again and again, and is left alone for some seconds; 0 = it answers.");
    }

    /// <summary>Whether the breaker of the REST API is open: from its opening until a request succeeds again.</summary>
    public bool RestFails => _restFails;

    public void RestIs(bool failing) => _restFails = failing;

    /// <summary>A webhook came in that Twilio signed.</summary>
    public void CountWebhook() => _webhooks.Add(1);

    /// <summary>Degraded while REST fails: webhooks are still answered here, and another node would do no better.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_restFails ? HealthCheckResult.Degraded("Twilio's REST API fails; calls and texts that are to go out wait") : HealthCheckResult.Healthy());
}
