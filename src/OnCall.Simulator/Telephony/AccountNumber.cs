namespace OnCall.Simulator;

/// <summary>A number of the account and where its calls and texts go. Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.</summary>
public sealed class AccountNumber
{
    public required string Sid { get; init; }

    /// <summary>E.164.</summary>
    public required string Number { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string FriendlyName { get; set; } = "";

    /// <summary>Whether the number can take and make calls.</summary>
    public bool Voice { get; set; } = true;

    /// <summary>Whether the number can take and send texts.</summary>
    public bool Sms { get; set; } = true;

    public string? VoiceUrl { get; set; }

    public string VoiceMethod { get; set; } = "POST";

    public string? VoiceFallbackUrl { get; set; }

    public string VoiceFallbackMethod { get; set; } = "POST";

    /// <summary>Told of each inbound call, once, at its end.</summary>
    public string? StatusCallback { get; set; }

    public string StatusCallbackMethod { get; set; } = "POST";

    public string? SmsUrl { get; set; }

    public string SmsMethod { get; set; } = "POST";

    public string? SmsFallbackUrl { get; set; }

    public string SmsFallbackMethod { get; set; } = "POST";
}
