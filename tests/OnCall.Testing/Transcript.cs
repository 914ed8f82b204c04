using OnCall.Simulator;

namespace OnCall.Testing;

/// <summary>When a leg heard what.</summary>
public static class Transcript
{
    /// <summary>The moment at which words that contain these began; the first time.</summary>
    public static DateTimeOffset SaidAt(this PhoneCall call, string words) =>
        call.Heard.First(heard => heard.Kind == "say" && heard.Text.Contains(words, StringComparison.OrdinalIgnoreCase)).At;

    public static DateTimeOffset PressedAt(this PhoneCall call, string key) => call.Heard.Last(heard => heard.Kind == "key" && heard.Text == key).At;

    /// <summary>The moment at which it could speak with somebody else, the last time.</summary>
    public static DateTimeOffset ConnectedAt(this PhoneCall call) =>
        call.Heard.Last(heard => heard.Kind == "system" && heard.Text.StartsWith("connected with", StringComparison.Ordinal)).At;

    /// <summary>Whether it was ever in a room with somebody else.</summary>
    public static bool WasConnected(this PhoneCall call) =>
        call.Heard.Any(heard => heard.Kind == "system" && heard.Text.StartsWith("connected with", StringComparison.Ordinal));

    public static bool WasTold(this PhoneCall call, string words) => call.Words.Contains(words, StringComparison.OrdinalIgnoreCase);
}
