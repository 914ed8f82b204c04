using Refit;

namespace OnCall.Service.Twilio;

/// <summary>A call to place; the names are Twilio's.</summary>
internal sealed record NewCall
{
    /// <summary>In E.164 form.</summary>
    public required string To { get; init; }

    /// <summary>One of the account's numbers.</summary>
    public required string From { get; init; }

    /// <summary>The document that the call runs once it is answered.</summary>
    public required string Url { get; init; }

    /// <summary>The document where <see cref="Url"/> fails; null = none.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary>How the fallback is fetched: a static document answers GET.</summary>
    public string? FallbackMethod => FallbackUrl is null ? null : "GET";

    /// <summary>Told of every state of the call; null = nobody.</summary>
    public string? StatusCallback { get; init; }

    [Query(CollectionFormat.Multi)]
    public IReadOnlyList<string>? StatusCallbackEvent => StatusCallback is null ? null : ["initiated", "ringing", "answered", "completed"];

    /// <summary>How long it rings, in seconds, 5 to 600; Twilio may add 5.</summary>
    public required int Timeout { get; init; }
}

/// <summary>What to change of a live call: a new document, or its end.</summary>
internal sealed record CallUpdate
{
    public string? Url { get; init; }

    public string? Status { get; init; }
}

/// <summary>A text to send.</summary>
internal sealed record NewText
{
    public required string To { get; init; }

    public required string From { get; init; }

    /// <summary>At most 1600 characters.</summary>
    public required string Body { get; init; }

    /// <summary>Told of every state of the text; null = nobody.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>After how many seconds a text that still waits at Twilio is given up, 1 to 36,000; null = 10 hours.</summary>
    public int? ValidityPeriod { get; init; }
}

/// <summary>What to change of a text: its body can be emptied, and nothing else.</summary>
internal sealed record TextUpdate
{
    public string Body { get; } = "";
}

/// <summary>Where the calls and texts to one of the account's numbers lead.</summary>
internal sealed record NumberAddresses
{
    public required string VoiceUrl { get; init; }

    public string VoiceMethod { get; init; } = "POST";

    public required string SmsUrl { get; init; }

    public string SmsMethod { get; init; } = "POST";

    public required string StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";

    /// <summary>Null leaves it as it is.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary>A static document answers GET.</summary>
    public string? VoiceFallbackMethod { get; init; }

    /// <summary>Null leaves it as it is.</summary>
    public string? SmsFallbackUrl { get; init; }

    public string? SmsFallbackMethod { get; init; }
}
