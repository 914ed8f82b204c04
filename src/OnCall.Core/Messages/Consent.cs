namespace OnCall.Core.Messages;

/// <summary>The words by which a phone takes no more texts, or takes them again (https://help.twilio.com/articles/223134027): Twilio obeys, and answers them.</summary>
public static class Consent
{
    private static readonly HashSet<string> Stop = new(StringComparer.OrdinalIgnoreCase) { "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL" };

    private static readonly HashSet<string> Start = new(StringComparer.OrdinalIgnoreCase) { "START", "UNSTOP", "YES" };

    /// <summary>All of them.</summary>
    internal static IEnumerable<string> Words => Stop.Concat(Start);

    /// <summary>What a whole text says: false = no more texts, true = texts again; null = neither.</summary>
    public static bool? Read(string? text) => (text ?? "").Trim() switch
    {
        var word when Stop.Contains(word) => false,
        var word when Start.Contains(word) => true,
        _ => null,
    };
}
