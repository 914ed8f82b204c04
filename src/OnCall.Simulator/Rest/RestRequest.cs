using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator;

/// <summary>One request to the REST API, with its outcome.</summary>
public sealed class RestRequest
{
    /// <summary>When it arrived, on the simulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    /// <summary>Below the account, for example <c>/Calls.json</c>.</summary>
    public required string Path { get; init; }

    public required Parameters Query { get; init; }

    public required Parameters Form { get; init; }

    /// <summary>The HTTP status; 0 when the answer was lost, null while there is none.</summary>
    public int? Status { get; internal set; }

    /// <summary>Twilio's error code, when it was refused.</summary>
    public int? ErrorCode { get; internal set; }

    /// <summary>The SID of what was made or asked for, where the answer has one.</summary>
    public string? Sid { get; internal set; }

    public override string ToString() => $"{Method} {Path} → {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…"}";
}
