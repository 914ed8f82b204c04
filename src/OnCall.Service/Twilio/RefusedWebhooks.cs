using System.Diagnostics.Metrics;
using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>Counts the requests that came as webhooks and were not signed by Twilio.</summary>
internal sealed class RefusedWebhooks(IMeterFactory meters)
{
    private readonly Counter<long> _counter = meters.Create(Metrics.MeterName)
        .CreateCounter<long>("oncall_webhooks_refused", description: "Requests without a valid signature of Twilio.");

    public void Count() => _counter.Add(1);
}
