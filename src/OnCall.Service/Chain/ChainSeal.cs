using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// Seals the state of the chain, so that it may travel in an address: signed, since Twilio hands it back, and unreadable, since a number stands in it. Twelve
/// bytes of HMAC-SHA256 of the content are the nonce of AES-256-GCM, so that the same state gives the same address; all is base64url, nothing but
/// <c>A-Z a-z 0-9 _ -</c>. The key comes from the account's token, which all nodes share; while tokens are being changed, both are accepted.
/// </summary>
internal sealed class ChainSeal(TwilioSettings twilio, TimeProvider time)
{
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>A talk may last four hours, and its end is told with the state from before it (https://www.twilio.com/docs/voice/twiml/dial#timelimit).</summary>
    private static readonly Duration Valid = Duration.FromHours(5);

    private static readonly Duration ClocksDiffer = Duration.FromMinutes(1);

    private readonly byte[][] _keys = [.. twilio.AuthTokens.Select(token => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "oncall chain 1"u8.ToArray()))];

    public string Seal(ChainState state)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new Envelope(time.GetCurrentInstant().ToUnixTimeSeconds(), state), StoredJson.Options);
        var bytes = new byte[Nonce + Tag + content.Length];
        HMACSHA256.HashData(_keys[0], content).AsSpan(0, Nonce).CopyTo(bytes);
        using var cipher = new AesGcm(_keys[0], Tag);
        cipher.Encrypt(bytes.AsSpan(0, Nonce), content, bytes.AsSpan(Nonce + Tag), bytes.AsSpan(Nonce, Tag));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a state; null = it was not sealed by us, or too long ago.</summary>
    public ChainState? Open(string text)
    {
        var bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
        if (bytes.Length <= Nonce + Tag || _keys.Select(key => Open(key, bytes)).FirstOrDefault(open => open is not null) is not { } envelope)
        {
            return null;
        }

        var age = time.GetCurrentInstant() - Instant.FromUnixTimeSeconds(envelope.At);
        return age <= Valid && age >= -ClocksDiffer ? envelope.State : null;
    }

    /// <summary>The id of the enquiry that a call will have: the same whenever it is asked for, so that a repeated webhook gets the same answer.</summary>
    public Guid EnquiryOf(string callSid) => new(HMACSHA256.HashData(_keys[0], Encoding.UTF8.GetBytes($"enquiry of {callSid}")).AsSpan(0, 16));

    private static Envelope? Open(byte[] key, byte[] bytes)
    {
        var content = new byte[bytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(key, Tag);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, Nonce), bytes.AsSpan(Nonce + Tag), bytes.AsSpan(Nonce, Tag), content);
            return JsonSerializer.Deserialize<Envelope>(content, StoredJson.Options);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <param name="At">When, in seconds since 1970.</param>
    private sealed record Envelope(long At, ChainState State);
}
