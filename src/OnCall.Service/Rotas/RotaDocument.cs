using System.Text;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas;

/// <summary>How a rota document is written.</summary>
internal enum DocumentForm
{
    Yaml,
    Json,
}

/// <summary>Reads and writes rota documents as YAML and as JSON, always UTF-8.</summary>
internal static class RotaDocument
{
    /// <summary>The longest document that is read, in bytes.</summary>
    public const int LongestBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document into its tree; what the tree says is judged by <see cref="RotaCheck"/>.</summary>
    /// <param name="source">A file's name; null = there is but one document.</param>
    /// <exception cref="UnreadableDocumentException">It is not UTF-8, not YAML or JSON, or bigger or deeper than any rota.</exception>
    public static Draft Read(ReadOnlyMemory<byte> bytes, DocumentForm form, string? source = null)
    {
        if (bytes.Length > LongestBytes)
        {
            throw new UnreadableDocumentException(1, "the document is longer than 4 MiB; split it.");
        }

        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var text = Decode(bytes.Span);
        return form == DocumentForm.Json ? new Draft(source, JsonDrafts.Read(bytes.Span)) : YamlDrafts.Read(text, source);
    }

    public static string Write(DraftNode document, DocumentForm form) =>
        form == DocumentForm.Json ? JsonDrafts.Write(document) : YamlDrafts.Write(document);

    /// <summary>The form by a file's name: JSON where it ends so, else YAML.</summary>
    public static DocumentForm FormOf(string file) =>
        Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? DocumentForm.Json : DocumentForm.Yaml;

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            throw new UnreadableDocumentException(line, "the document is not UTF-8; save it in that encoding.", e);
        }
    }
}

/// <summary>A document that cannot even be taken apart.</summary>
/// <param name="line">From 1.</param>
internal sealed class UnreadableDocumentException(int line, string sentence, Exception? inner = null)
    : Exception($"line {line}: {sentence}", inner);
