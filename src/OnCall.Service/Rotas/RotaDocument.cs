using System.Net.Mime;
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
    /// <summary>The most values and keys that a document may have, those counted as often that anchors stand for: some 20,000 shifts.</summary>
    public const int MostNodes = 150_000;

    /// <summary>Reads a document into its tree; what the tree says is judged by <see cref="RotaCheck"/>.</summary>
    /// <param name="source">A file's name; null = there is but one document.</param>
    /// <exception cref="UnreadableDocumentException">It is not UTF-8, not YAML or JSON, or bigger or deeper than any rota.</exception>
    public static Draft Read(ReadOnlyMemory<byte> bytes, DocumentForm form, string? source = null)
    {
        var text = Utf8Text.Read(bytes.Span);
        return form == DocumentForm.Json ? new Draft(source, JsonDrafts.Read(Utf8Text.WithoutMark(bytes.Span), MostNodes)) : YamlDrafts.Read(text, source);
    }

    /// <summary>Reads a document that was published, however big the book has grown.</summary>
    public static Draft ReadStored(string json) => new(null, JsonDrafts.Read(Encoding.UTF8.GetBytes(json)));

    public static string Write(DraftNode document, DocumentForm form) =>
        form == DocumentForm.Json ? JsonDrafts.Write(document) : YamlDrafts.Write(document);

    /// <summary>The form by a file's name: JSON where it ends so, else YAML.</summary>
    public static DocumentForm FormOf(string file) =>
        Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? DocumentForm.Json : DocumentForm.Yaml;

    /// <summary>The media type of a form.</summary>
    public static string TypeOf(DocumentForm form) => form == DocumentForm.Json ? MediaTypeNames.Application.Json : "application/yaml";
}

/// <summary>A document that cannot even be taken apart.</summary>
/// <param name="line">From 1.</param>
internal sealed class UnreadableDocumentException(int line, string sentence, Exception? inner = null)
    : Exception($"line {line}: {sentence}", inner);
