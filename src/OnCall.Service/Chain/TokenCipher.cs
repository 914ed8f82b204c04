using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnCall.Service.Data;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// AES-256-GCM: nonce of twelve bytes, tag of sixteen, content. The key comes from the account's token, which all nodes share; while tokens are being changed,
/// both are tried in reading.
/// </summary>
/// <param name="use">What it is for: each use has a key of its own.</param>
internal sealed class TokenCipher(TwilioSettings twilio, string use)
{
    public const int Nonce = 12;

    private const int Tag = 16;

    private readonly byte[][] _keys =
        [.. twilio.AuthTokens.Select(token => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: Encoding.UTF8.GetBytes(use)))];

    /// <summary>HMAC-SHA256 of something under the key that writes, so many bytes of it.</summary>
    public byte[] Hash(byte[] content, int length) => HMACSHA256.HashData(_keys[0], content)[..length];

    /// <param name="nonce">The nonce for a content.</param>
    public byte[] Write<T>(T value, Func<byte[], byte[]> nonce)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(value, StoredJson.Options);
        var bytes = new byte[Nonce + Tag + content.Length];
        nonce(content).CopyTo(bytes, 0);
        using var cipher = new AesGcm(_keys[0], Tag);
        cipher.Encrypt(bytes.AsSpan(0, Nonce), content, bytes.AsSpan(Nonce + Tag), bytes.AsSpan(Nonce, Tag));
        return bytes;
    }

    /// <returns>Null = it is not whole, or was not written with our key.</returns>
    public T? Read<T>(byte[] bytes)
        where T : class => bytes.Length > Nonce + Tag ? _keys.Select(key => Read<T>(key, bytes)).FirstOrDefault(value => value is not null) : null;

    private static T? Read<T>(byte[] key, byte[] bytes)
        where T : class
    {
        var content = new byte[bytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(key, Tag);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, Nonce), bytes.AsSpan(Nonce + Tag), bytes.AsSpan(Nonce, Tag), content);
            return JsonSerializer.Deserialize<T>(content, StoredJson.Options);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
