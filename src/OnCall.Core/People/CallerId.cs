namespace OnCall.Core.People;

/// <summary>What a network shows of a caller's number.</summary>
public static class CallerId
{
    // Twilio spelled words on the keypad: anonymous, restricted, unavailable, unknown, blocked. They look like foreign numbers, and must never be called
    // (https://www.twilio.com/docs/voice/twiml, "From"; letters are sent instead since November 2022).
    private static readonly HashSet<string> Words = ["+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533"];

    /// <summary>The number; null where it is withheld, or is no number that could be called back.</summary>
    /// <param name="shown">Twilio's <c>From</c>.</param>
    public static PhoneNumber? Read(string? shown) =>
        !Words.Contains(shown ?? "") && PhoneNumber.TryParse(shown, out var number, out _) ? number : null;

    /// <summary>A number as it is keyed in within the United Kingdom: 01632 960000, 00353 …, or with 44 in front; null = none of these.</summary>
    /// <param name="digits">Twilio's <c>Digits</c>.</param>
    public static PhoneNumber? ReadKeyed(string? digits)
    {
        var international = digits switch
        {
            ['0', '0', .. var abroad] => abroad,
            ['0', .. var national] => $"44{national}",
            _ => digits,
        };
        return PhoneNumber.TryParse($"+{international}", out var number, out _) && (number.Value.Length is 12 or 13 || !number.Value.StartsWith("+44", StringComparison.Ordinal)) ? number : null;
    }
}
