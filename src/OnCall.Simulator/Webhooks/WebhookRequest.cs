using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator;

/// <summary>One request that the simulator made to the customer's server (each try is one), with its answer.</summary>
public sealed class WebhookRequest
{
    public required DateTimeOffset At { get; init; }

    /// <summary><c>twiml</c>, <c>call-status</c>, <c>conference</c>, <c>recording</c>, <c>message-status</c>, <c>text</c>, <c>media</c>, <c>fallback</c>.</summary>
    public required string Kind { get; init; }

    public required string Method { get; init; }

    /// <summary>As configured, with its fragment.</summary>
    public required string Url { get; init; }

    public required Parameters Parameters { get; init; }

    /// <summary>1 for the first try.</summary>
    public required int Attempt { get; init; }

    /// <summary>I-Twilio-Idempotency-Token: the same for every try of one webhook.</summary>
    public required string IdempotencyToken { get; init; }

    /// <summary>The HTTP status of the answer; null while there is none.</summary>
    public int? Status { get; internal set; }

    public string? ContentType { get; internal set; }

    public string? Body { get; internal set; }

    /// <summary>Why there was no answer.</summary>
    public string? Error { get; internal set; }

    public DateTimeOffset? AnsweredAt { get; internal set; }

    /// <summary>The path of the address, without query and fragment.</summary>
    public string Path => Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri.AbsolutePath : Url;

    public override string ToString() => $"{Method} {Url} #{Attempt} → {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Error ?? "…"}";
}
