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
}
