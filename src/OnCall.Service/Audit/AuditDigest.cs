using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OnCall.Service.Audit;

/// <summary>
/// The digests of the chain, SHA-256. Each text goes in with its length before it, so that no two entries read alike. What may be erased, before and
/// after, goes in as a keyed digest under the entry's salt: without the salt nobody can try out what was there.
/// </summary>
internal static class AuditDigest
{
    /// <summary>Before the first link.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    /// <summary>What stands for before and after; null = they were erased, and what was kept of them stands for them.</summary>
    public static byte[]? Content(AuditRow row) => row.Salt is null ? null : HMACSHA256.HashData(row.Salt, Joined([row.Before, row.After]));

    /// <summary>A link of the chain.</summary>
    /// <param name="previous">The digest of the link before.</param>
    /// <param name="content">Of <see cref="Content"/>, or what was kept of it.</param>
    public static byte[] Link(byte[] previous, long sequence, AuditRow row, byte[] content) => SHA256.HashData(
    [
        .. previous,
        .. Joined([Number(sequence), Number(row.Id), Number(row.At.ToUnixTimeTicks()), row.Actor, row.Source, row.Kind, row.Subject, .. row.Ids]),
        .. content,
    ]);

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Joined(IReadOnlyCollection<string?> texts) => [.. texts.SelectMany(Prefixed)];

    /// <summary>The length in bytes, -1 for none, in four bytes, then the text as UTF-8.</summary>
    private static byte[] Prefixed(string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
        return [.. length, .. bytes];
    }
}
