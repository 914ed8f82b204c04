using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator;

/// <summary>
/// Switches for what goes wrong between Twilio and its customer. Each counts for the next <c>times</c> requests that match (null: for all); the oldest switch first.
/// </summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<RestSwitch> rest = [];
    private readonly List<CallbackSwitch> callbacks = [];
    private readonly Func<bool, Task> listen;

    internal Faults(Func<bool, Task> listen) => this.listen = listen;

    /// <summary>Twilio does what was asked, and the connection breaks before its answer arrives.</summary>
    public void AnswerLostAfterActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.AnswerLost), times, when);

    /// <summary>Status 500 (20500), and nothing was done.</summary>
    public void Error500BeforeActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.ErrorBefore), times, when);

    /// <summary>Status 500 (20500), and it was done all the same. Source: https://www.twilio.com/docs/api/errors/20500.</summary>
    public void Error500AfterActing(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.ErrorAfter), times, when);

    /// <summary>The answer comes so late, on the simulator's clock; what was asked is done at once.</summary>
    public void Slow(TimeSpan delay, int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.Slow, delay), times, when);

    /// <summary>Status 429 (20429), and nothing was done. Source: https://www.twilio.com/docs/api/errors/20429.</summary>
    public void TooManyRequests429(int? times = 1, Func<RestRequest, bool>? when = null) => Add(new RestFault(RestFaultKind.TooMany), times, when);

    /// <summary>A callback is made twice, with the same idempotency token.</summary>
    public void DuplicateCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Duplicate), times, when);

    /// <summary>A callback is made after the next one about the same thing.</summary>
    public void ReorderCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Reorder), times, when);

    /// <summary>A callback is made so late, on the simulator's clock.</summary>
    public void DelayCallbacks(TimeSpan delay, int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Delay, delay), times, when);

    /// <summary>The customer's server does what it was asked, and the connection breaks before its answer arrives (any webhook, TwiML too).</summary>
    public void LoseWebhookAnswers(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.AnswerLost), times, when);

    /// <summary>A callback is never made.</summary>
    public void DropCallbacks(int? times = 1, Func<WebhookRequest, bool>? when = null) => Add(new CallbackFault(CallbackFaultKind.Drop), times, when);

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
            if (hit is { Left: not null } && --hit.Left == 0)
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
            if (hit is { Left: not null } && --hit.Left == 0)
            {
                callbacks.Remove(hit);
            }

            return hit?.Fault;
        }
    }

    private void Add(RestFault fault, int? times, Func<RestRequest, bool>? when)
    {
        lock (gate)
        {
            rest.Add(new RestSwitch(fault, when ?? (_ => true)) { Left = times });
        }
    }

    private void Add(CallbackFault fault, int? times, Func<WebhookRequest, bool>? when)
    {
        lock (gate)
        {
            callbacks.Add(new CallbackSwitch(fault, when ?? (_ => true)) { Left = times });
        }
    }

    private sealed record RestSwitch(RestFault Fault, Func<RestRequest, bool> When)
    {
        public int? Left { get; set; }
    }

    private sealed record CallbackSwitch(CallbackFault Fault, Func<WebhookRequest, bool> When)
    {
        public int? Left { get; set; }
    }
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
}

internal sealed record RestFault(RestFaultKind Kind, TimeSpan Delay = default);
