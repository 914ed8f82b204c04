using System.Security.Cryptography;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// Writes an entry of the journal as one line that only the service can read: people's numbers stand in it. Base64 of what <see cref="TokenCipher"/> writes, the
/// nonce random; a line that was cut off, or changed, is told by its tag.
/// </summary>
internal sealed class JournalCipher(TwilioSettings twilio)
{
    private readonly TokenCipher _cipher = new(twilio, "oncall journal 1");

    public string Write(JournalEntry entry) => Convert.ToBase64String(_cipher.Write(entry, _ => RandomNumberGenerator.GetBytes(TokenCipher.Nonce)));

    /// <returns>Null = the line is not whole, or not ours.</returns>
    public JournalEntry? Read(string text)
    {
        var line = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, line, out var length) ? _cipher.Read<JournalEntry>(line[..length]) : null;
    }
}
