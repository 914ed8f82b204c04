using System.Globalization;
using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>One thing of a rota document, sent by itself: read, edited as a tree, and made into a document that says nothing else.</summary>
internal static class SentItem
{
    /// <summary>Reads the body, one JSON object, and answers with what becomes of it.</summary>
    /// <param name="type">The media type that it must have.</param>
    public static async Task<IResult> ReadAsync(
        HttpContext http, Func<DraftNode.Map, Task<IResult>> change, CancellationToken stop, string type = MediaTypeNames.Application.Json)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var sent) || !sent.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Problem($"Send it as {type}, and say so in Content-Type.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return RotaDocument.Read(await DocumentFile.BytesAsync(http.Request.Body, stop), DocumentForm.Json).Root is DraftNode.Map body
                ? await change(body)
                : TypedResults.Problem("Send one JSON object.", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (UnreadableDocumentException e)
        {
            return DocumentEndpoints.Unreadable(e);
        }
    }

    public static Draft AsDocument(string section, DraftNode.Map item) =>
        new(null, new DraftNode.Map([new DraftEntry(section, new DraftNode.List([item], item.Line), item.Line)], item.Line));

    /// <summary>A document that takes the place of everything, by <c>prune</c>: only such a one can leave something out.</summary>
    public static Draft Whole(BookContent content) => new(null, RotaWriter.Write(content));

    /// <param name="key">Where its name stands: <c>number</c> for a line.</param>
    public static DraftNode.Map WithId(DraftNode.Map item, string id, string key = "id") => IdIn(item, key) is not null
        ? item
        : item with { Entries = [new DraftEntry(key, new DraftNode.Scalar(id, IsQuoted: true, item.Line), item.Line), .. item.Entries.Where(entry => entry is not { Value: DraftNode.Scalar { IsNull: true } } || entry.Key != key)] };

    public static DraftNode.Map WithMore(DraftNode.Map item, string list, params DraftNode[] more)
    {
        var before = (item.Entries.FirstOrDefault(entry => entry.Key == list)?.Value as DraftNode.List)?.Items ?? [];
        return item with { Entries = [.. item.Entries.Where(entry => entry.Key != list), new DraftEntry(list, new DraftNode.List([.. before, .. more], item.Line), item.Line)] };
    }

    /// <summary>Null = it was left out, or is null, as some programs write what they leave out.</summary>
    public static string? IdIn(DraftNode.Map item, string key = "id") => item.Entries.FirstOrDefault(entry => entry.Key == key)?.Value is DraftNode.Scalar { IsNull: false } id ? id.Text : null;

    /// <summary>A number that no one of a list has as its id, nor as its place: by that they are called who have none.</summary>
    public static string NextId(IReadOnlyCollection<string?> ids) => (ids
        .Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0L)
        .Append(ids.Count).Max() + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes of a document with one rota the one in which it counts only from a moment on.</summary>
    /// <param name="since">That moment; null = the document stays as it is.</param>
    /// <param name="asked">Told if that moment is past.</param>
    public static Draft Effective(WrittenTime? since, BookContent content, Draft sent, string rota, Asked asked)
    {
        if (since is null
            || content.Rotas.FirstOrDefault(stored => stored.Id == rota) is not { } before
            || RotaCheck.Check([sent], content, prune: false).Content?.Rotas.First(read => read.Id == rota) is not { } after)
        {
            return sent;
        }

        var from = since.In(after.Zone);
        asked.Check(from >= asked.Now, "effective", "effective must not be past: who was on duty stays as it was.");
        return AsDocument("rotas", RotaWriter.Write(asked.Refusal is null ? RotaEdit.EffectiveFrom(before, after, from) : before));
    }
}
