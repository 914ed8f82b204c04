using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>How the two directions of the link to Twilio are: what we ask over REST, and what comes in as webhooks. One may fail without the other.</summary>
internal sealed class TwilioLink : IHealthCheck
{
    /// <summary>How long REST must have given no answer before it counts as failing: most failures last a moment.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(3);

    /// <summary>So many calls asked for in vain, one after the other, count as a failing API although it answers other requests.</summary>
    private const int CallsInVain = 5;

    /// <summary>Two are enough that lie so far apart: each of them hung until its time was out, and one officer's pages alone bring no more within half a minute.</summary>
    private static readonly Duration Hanging = Duration.FromSeconds(10);

    /// <summary>After so long without another one, those before say nothing any more. Longer than the rest and a call that hangs after it.</summary>
    private static readonly Duration CallsCount = Duration.FromMinutes(2);

    /// <summary>How long after the last of them a call is asked for again: nothing but a call can tell whether calls are placed.</summary>
    private static readonly Duration CallsRest = Duration.FromSeconds(30);

    /// <summary>How long the word of another node counts that is not heard of any more.</summary>
    private static readonly Duration WordCounts = Duration.FromMinutes(1);

    private readonly Counter<long> _webhooks;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<int, Instant> _others = new();
    private readonly Lock _lock = new();
    private volatile RestFailure _failure;
    private int _inVain;
    private Instant _firstInVain;
    private Instant _lastInVain;

    public TwilioLink(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Metrics.MeterName);
        _webhooks = meter.CreateCounter<long>("oncall_webhooks_accepted", description: "Requests with a valid signature of Twilio.");
        meter.CreateObservableGauge("oncall_twilio_rest_failing", () => FailsHere ? 1 : 0, description: "1 = the REST API fails: what is to go out waits (calls alone, where only they are not placed), and officers are led on by documents alone; 0 = it answers.");
    }

    /// <summary>Whether the REST API fails as this node sees it, for calls at least: until a look at it is answered again.</summary>
    public bool FailsHere => _failure != RestFailure.None;

    /// <summary>Whether it answers nothing at all, as this node sees it: texts wait, too, and changes of calls.</summary>
    public bool IsSilentHere => _failure == RestFailure.NoAnswer;

    /// <summary>Whether it fails as this node sees it, or another one: who is to be rung may lie with any of them.</summary>
    public bool RestFails => FailsHere || _others.Values.Any(until => until > _time.GetCurrentInstant());

    /// <summary>A request brought no answer, or none yet: it is time to look whether the API answers at all.</summary>
    public Signal Suspected { get; } = new();

    /// <summary>Whether calls are not placed, whatever else is answered.</summary>
    public bool PlacesNoCalls
    {
        get
        {
            lock (_lock)
            {
                var now = _time.GetCurrentInstant();
                var enough = (_inVain >= CallsInVain && now - _firstInVain >= Patience) || (_inVain >= 2 && _lastInVain - _firstInVain >= Hanging);
                return enough && now - _lastInVain < CallsRest;
            }
        }
    }

    /// <summary>The API was asked something.</summary>
    /// <param name="forCall">To place a call.</param>
    /// <param name="answered">Whether it answered, be it with a refusal of this one request.</param>
    public void Asked(bool forCall, bool answered)
    {
        if (forCall)
        {
            CountCall(answered);
        }

        if (!answered)
        {
            Suspected.Set();
        }
    }

    /// <summary>Nothing is answered at all: the calls that were asked for meanwhile say nothing of how it is with calls.</summary>
    public void ForgetCalls()
    {
        lock (_lock)
        {
            _inVain = 0;
        }
    }

    /// <summary>What looking has shown.</summary>
    /// <returns>Whether it was otherwise before.</returns>
    public bool Fails(RestFailure failure)
    {
        var changes = _failure != failure;
        _failure = failure;
        return changes;
    }

    /// <summary>What another node has found.</summary>
    public void OtherSays(int node, bool failing) => _others[node] = failing ? _time.GetCurrentInstant() + WordCounts : Instant.MinValue;

    /// <summary>A webhook came in that Twilio signed.</summary>
    public void CountWebhook() => _webhooks.Add(1);

    /// <summary>Degraded while REST fails: webhooks are still answered here, and another node would do no better.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure switch
        {
            RestFailure.NoAnswer => HealthCheckResult.Degraded("Twilio's REST API fails; calls and texts that are to go out wait, and officers are led on by documents alone"),
            RestFailure.NoCalls => HealthCheckResult.Degraded("Twilio's REST API places no calls; those that are to go out wait, and officers are led on by documents alone"),
            _ => HealthCheckResult.Healthy(),
        });

    private void CountCall(bool answered)
    {
        lock (_lock)
        {
            var now = _time.GetCurrentInstant();
            var before = now - _lastInVain < CallsCount ? _inVain : 0;
            _firstInVain = before == 0 ? now : _firstInVain;
            (_inVain, _lastInVain) = (answered ? 0 : before + 1, now);
        }
    }
}

/// <summary>How the REST API fails.</summary>
internal enum RestFailure
{
    /// <summary>Not as far as is known.</summary>
    None,

    /// <summary>It answers, and places no calls.</summary>
    NoCalls,

    /// <summary>It answers nothing.</summary>
    NoAnswer,
}
