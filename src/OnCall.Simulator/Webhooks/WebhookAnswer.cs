namespace OnCall.Simulator.Webhooks;

/// <summary>What came of a webhook after all its tries.</summary>
/// <param name="ErrorCode">0 when an answer below 400 came; else Twilio's debugger code.</param>
/// <param name="Url">The address that answered in the end: another than the one asked, after HTTP redirects.</param>
/// <param name="Audio">The body of an audio answer.</param>
internal sealed record WebhookAnswer(int ErrorCode, string Error, string Url, int Status, string ContentType, string Body, byte[] Audio)
{
    /// <summary>How long the answer may be kept: max-age of its Cache-Control.</summary>
    public TimeSpan KeepFor { get; init; }

    public static WebhookAnswer Failed(int code, string error, string url, int status = 0) => new(code, error, url, status, "", "", []);

    public bool IsAudio => ContentType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
}
