using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnCall.Service.Data;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// Writes an entry of the journal as one line that only the service can read: people's numbers stand in it. AES-256-GCM, base64 of nonce, tag and
/// content; a line that was cut off, or changed, is told by its tag. The key comes from the account's token; while tokens are being changed, both are tried.
/// </summary>
internal sealed class JournalCipher(TwilioSettings twilio)
{
    private const int Nonce = 12;
    private const int Tag = 16;

    private readonly byte[][] _keys = [.. twilio.AuthTokens.Select(token => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "oncall journal 1"u8.ToArray()))];

    public string Write(JournalEntry entry)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Options);
        var line = new byte[Nonce + Tag + content.Length];
        RandomNumberGenerator.Fill(line.AsSpan(0, Nonce));
        using var cipher = new AesGcm(_keys[0], Tag);
        cipher.Encrypt(line.AsSpan(0, Nonce), content, line.AsSpan(Nonce + Tag), line.AsSpan(Nonce, Tag));
        return Convert.ToBase64String(line);
    }

    /// <returns>Null = the line is not whole, or not ours.</returns>
    public JournalEntry? Read(string text)
    {
        var line = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, line, out var length) && length > Nonce + Tag
            ? _keys.Select(key => Read(key, line.AsSpan(0, length))).FirstOrDefault(entry => entry is not null)
            : null;
    }

    private static JournalEntry? Read(byte[] key, ReadOnlySpan<byte> line)
    {
        var content = new byte[line.Length - Nonce - Tag];
        using var cipher = new AesGcm(key, Tag);
        try
        {
            cipher.Decrypt(line[..Nonce], line[(Nonce + Tag)..], line.Slice(Nonce, Tag), content);
            return JsonSerializer.Deserialize<JournalEntry>(content, StoredJson.Options);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
