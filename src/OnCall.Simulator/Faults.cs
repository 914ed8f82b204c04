using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator;

/// <summary>
/// Switches for what goes wrong between Twilio and its customer. Each counts for the next <c>times</c> requests that match (null: for all); the oldest switch first.
/// Each says how often it struck.
/// </summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<RestSwitch> rest = [];
    private readonly List<CallbackSwitch> callbacks = [];
    private readonly Func<bool, Task> listen;

    internal Faults(Func<bool, Task> listen) => this.listen = listen;

    /// <summary>Twilio does what was asked, and the connection breaks before its answer arrives.</summary>
    public ArmedFault AnswerLostAfterActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.AnswerLost), times, when);

    /// <summary>Status 500 (20500), and nothing was done.</summary>
    public ArmedFault Error500BeforeActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.ErrorBefore), times, when);

    /// <summary>Status 500 (20500), and it was done all the same. Source: https://www.twilio.com/docs/api/errors/20500.</summary>
    public ArmedFault Error500AfterActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.ErrorAfter), times, when);

    /// <summary>The answer comes so late, on the simulator's clock; what was asked is done at once.</summary>
    public ArmedFault Slow(TimeSpan delay, int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.Slow, delay), times, when);

    /// <summary>Status 429 (20429), and nothing was done. Source: https://www.twilio.com/docs/api/errors/20429.</summary>
    public ArmedFault TooManyRequests429(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.TooMany), times, when);

    /// <summary>Status 401 (20003), and nothing was done: the account's token was changed. Source: https://www.twilio.com/docs/api/errors/20003.</summary>
    public ArmedFault Unauthorized401(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.Unauthorized), times, when);

    /// <summary>Status 403 (20403), and nothing was done. Source: https://www.twilio.com/docs/api/errors/20403.</summary>
    public ArmedFault Forbidden403(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.Forbidden), times, when);

    /// <summary>A callback is made twice, with the same idempotency token.</summary>
    public ArmedFault DuplicateCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Duplicate), times, when);

    /// <summary>A callback is made after the next one about the same thing.</summary>
    public ArmedFault ReorderCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Reorder), times, when);

    /// <summary>A callback is made so late, on the simulator's clock.</summary>
    public ArmedFault DelayCallbacks(TimeSpan delay, int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Delay, delay), times, when);

    /// <summary>The customer's server does what it was asked, and the connection breaks before its answer arrives (any webhook, TwiML too).</summary>
    public ArmedFault LoseWebhookAnswers(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.AnswerLost), times, when);

    /// <summary>A callback is never made.</summary>
    public ArmedFault DropCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Drop), times, when);

    /// <summary>Refuses connections to the REST API (and the page), or takes them again on the same port.</summary>
    public Task SetReachableAsync(bool reachable) => listen(reachable);

    /// <summary>Takes all switches back.</summary>
    public void Clear()
    {
        lock (gate)
        {
            rest.Clear();
            callbacks.Clear();
        }
    }

    internal RestFault? TakeRestFault(RestRequest request)
    {
        lock (gate)
        {
            var hit = rest.Find(f => f.When(request));
            if (hit is not null && !hit.Armed.Strike())
            {
                rest.Remove(hit);
            }

            return hit?.Fault;
        }
    }

    /// <summary>What happens to a callback that is about to be made.</summary>
    internal CallbackFault? TakeCallbackFault(string kind, Callback to, Parameters parameters) => Take(
        new WebhookRequest { At = default, Kind = kind, Method = to.Method.Method, Url = to.Url, Parameters = parameters, Attempt = 0, IdempotencyToken = "" },
        isAnswer: false);

    internal bool LosesAnswer(WebhookRequest request) => Take(request, isAnswer: true) is not null;

    private CallbackFault? Take(WebhookRequest request, bool isAnswer)
    {
        lock (gate)
        {
            var hit = callbacks.Find(f => f.Fault.Kind == CallbackFaultKind.AnswerLost == isAnswer && f.When(request));
            if (hit is not null && !hit.Armed.Strike())
            {
                callbacks.Remove(hit);
            }

            return hit?.Fault;
        }
    }

    private ArmedFault Add(RestFault fault, int? times, Func<RestRequest, bool>? when)
    {
        var armed = new ArmedFault(times);
        lock (gate)
        {
            rest.Add(new RestSwitch(fault, when ?? (_ => true), armed));
        }

        return armed;
    }

    private ArmedFault Add(CallbackFault fault, int? times, Func<WebhookRequest, bool>? when)
    {
        var armed = new ArmedFault(times);
        lock (gate)
        {
            callbacks.Add(new CallbackSwitch(fault, when ?? (_ => true), armed));
        }

        return armed;
    }

    private sealed record RestSwitch(RestFault Fault, Func<RestRequest, bool> When, ArmedFault Armed);

    private sealed record CallbackSwitch(CallbackFault Fault, Func<WebhookRequest, bool> When, ArmedFault Armed);
}

internal enum CallbackFaultKind
{
    Duplicate,
    Reorder,
    Drop,
    Delay,
    AnswerLost,
}

internal sealed record CallbackFault(CallbackFaultKind Kind, TimeSpan Delay = default);

internal enum RestFaultKind
{
    AnswerLost,
    ErrorBefore,
    ErrorAfter,
    Slow,
    TooMany,
    Unauthorized,
    Forbidden,
}

internal sealed record RestFault(RestFaultKind Kind, TimeSpan Delay = default);
