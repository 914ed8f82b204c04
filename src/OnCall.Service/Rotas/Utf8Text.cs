using System.Text;

namespace OnCall.Service.Rotas;

/// <summary>Text of files and requests: UTF-8, with or without a byte order mark, and nothing else.</summary>
internal static class Utf8Text
{
    /// <summary>The longest document that is read, in bytes.</summary>
    public const int LongestBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UnreadableDocumentException">It is not UTF-8, or longer than <see cref="LongestBytes"/>.</exception>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBytes)
        {
            throw new UnreadableDocumentException(1, "the document is longer than 4 MiB; split it.");
        }

        bytes = WithoutMark(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            throw new UnreadableDocumentException(line, "the document is not UTF-8; save it in that encoding.", e);
        }
    }

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
