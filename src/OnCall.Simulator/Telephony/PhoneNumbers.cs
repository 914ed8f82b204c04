using System.Text.RegularExpressions;

namespace OnCall.Simulator.Telephony;

/// <summary>What Twilio takes for a number. Source: https://www.twilio.com/docs/glossary/what-e164.</summary>
internal static partial class PhoneNumbers
{
    public static bool IsE164(string text) => E164().IsMatch(text);

    /// <summary>A sender of letters: at most 11 of A-Z a-z 0-9 and space, one of them a letter. Source: https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id.</summary>
    public static bool IsSenderName(string text) => SenderName().IsMatch(text);

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex E164();

    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SenderName();
}
