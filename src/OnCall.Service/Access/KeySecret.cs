using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnCall.Service.Access;

/// <summary>The secret of an API key: 256 random bits behind a prefix by which people and scanners of repositories know what they have found.</summary>
internal static class KeySecret
{
    public const string Prefix = "oncall_";

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of it. No salt and no slow hash: 256 random bits cannot be guessed.</summary>
    public static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
