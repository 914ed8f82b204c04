using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>The settings of the section <c>Twilio</c>.</summary>
internal sealed class TwilioSettings
{
    /// <summary><c>Twilio:AccountSid</c>: AC and 32 hexadecimal digits. Required.</summary>
    public required string AccountSid { get; init; }

    /// <summary><c>Twilio:AuthToken</c>: signs every webhook and opens the REST API. Required.</summary>
    public required string AuthToken { get; init; }

    /// <summary><c>Twilio:SecondaryAuthToken</c>: accepted in signatures too, and tried where REST refuses the first, while tokens are being changed. Default: none.</summary>
    public string? SecondaryAuthToken { get; init; }

    /// <summary><c>Twilio:ApiBaseUrl</c>: the REST API's address without a slash at its end. Default: https://api.twilio.com.</summary>
    public string ApiBaseUrl { get; init; } = "https://api.twilio.com";

    /// <summary><c>Twilio:ManageNumbers</c>: whether the lines' numbers are set and checked at Twilio, at start and hourly. Default: true.</summary>
    public bool ManageNumbers { get; init; } = true;

    /// <summary><c>Twilio:CallsPerSecond</c>: calls a second that the account may start. 0.1 to 10,000, default 1.</summary>
    public double CallsPerSecond { get; init; } = 1;

    /// <summary><c>Twilio:MessagesPerSecond</c>: texts a second that the account may send. 0.1 to 10,000, default 1.</summary>
    public double MessagesPerSecond { get; init; } = 1;

    /// <summary><c>Twilio:RedactTexts</c>: whether the bodies of texts, in and out, are emptied at Twilio some minutes after they were delivered. Default: false.</summary>
    public bool RedactTexts { get; init; }

    /// <summary>The tokens with which a webhook may be signed, and of which one opens the REST API.</summary>
    public IReadOnlyList<string> AuthTokens => SecondaryAuthToken is null ? [AuthToken] : [AuthToken, SecondaryAuthToken];

    public static TwilioSettings Read(SettingsReader settings) => new()
    {
        AccountSid = settings.Required("Twilio:AccountSid", "the account's SID: AC and 32 hexadecimal digits", Sid),
        AuthToken = settings.Required("Twilio:AuthToken", "the account's auth token", Token),
        SecondaryAuthToken = settings.Optional("Twilio:SecondaryAuthToken", "the account's second auth token", Token),
        ApiBaseUrl = settings.Optional(
            "Twilio:ApiBaseUrl",
            "the https address of Twilio's REST API (http for a loopback host only), for example https://api.dublin.ie1.twilio.com",
            WebAddress.Parse,
            "https://api.twilio.com")!,
        ManageNumbers = settings.Flag("Twilio:ManageNumbers", otherwise: true),
        CallsPerSecond = settings.Number("Twilio:CallsPerSecond", "calls a second, from 0.1 to 10000", 0.1, 10_000, 1),
        MessagesPerSecond = settings.Number("Twilio:MessagesPerSecond", "texts a second, from 0.1 to 10000", 0.1, 10_000, 1),
        RedactTexts = settings.Flag("Twilio:RedactTexts", otherwise: false),
    };

    private static string? Sid(string text) =>
        text.Length == 34 && text.StartsWith("AC", StringComparison.Ordinal) && text[2..].All(char.IsAsciiHexDigit) ? text : null;

    private static string? Token(string text) => text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : text;
}
