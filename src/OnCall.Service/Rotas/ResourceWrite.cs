using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>One PUT or DELETE of one thing. Whether it may is judged when it is its turn to publish, so that of two who write at once one is told.</summary>
internal sealed class ResourceWrite(Resource kind, string id, HttpContext http, BookStore store, TimeProvider time)
{
    private DraftNode.Map? _stored;
    private bool _mayNot;

    /// <param name="effective">For a rota: from when it counts; what was before then stays as it was. Null = it takes the place of what is stored.</param>
    public Task<IResult> PutAsync(string? effective, CancellationToken stop) => SentItem.ReadAsync(http, async body =>
    {
        var asked = new Asked(time);
        var since = asked.Written("effective", effective);
        asked.Check(effective is null || kind.Section == "rotas", "effective", "only a rota takes effective.");
        asked.Check((SentItem.IdIn(body, kind.Key) ?? id) == id, kind.Key, $"{kind.Key} must be {id}, as in the address, or be left out.");
        CheckHeaders(asked);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var sent = SentItem.AsDocument(kind.Section, SentItem.WithId(body, id, kind.Key));
        var publication = await store.PublishAsync(
            content => Judge(content) ? [SentItem.Effective(since, content, sent, id, asked)] : [], prune: false, dryRun: false, Origin.Of(http), stop);
        return asked.Refusal
            ?? (_mayNot ? Stale(DifferenceTo(publication, sent))
            : publication.Book is { } book ? Stored(kind.Find(book.Content, id)!)
            : DocumentEndpoints.Refused(publication, $"{kind.Section}[0]."));
    }, stop);

    public async Task<IResult> DeleteAsync(CancellationToken stop)
    {
        var asked = new Asked(time);
        CheckHeaders(asked);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var publication = await store.PublishAsync(
            content => [SentItem.Whole(Judge(content) ? kind.Without(content, id) : content)], prune: true, dryRun: false, Origin.Of(http), stop);
        return _stored is null ? ResourceEndpoints.NotThere(kind)
            : _mayNot ? Stale([])
            : publication.Book is not null ? TypedResults.NoContent()
            : TypedResults.Problem(
                $"The {kind.Singular} is in use; nothing was changed. Take it out of what refers to it first.",
                statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["uses"] = publication.Problems.Select(problem => $"{problem.Path}: {problem.Sentence}") });
    }

    /// <summary>A condition that cannot be read must not pass for none.</summary>
    private void CheckHeaders(Asked asked)
    {
        var headers = http.Request.GetTypedHeaders();
        asked.Check(string.IsNullOrEmpty(http.Request.Headers.IfMatch) || headers.IfMatch.Count > 0, HeaderNames.IfMatch, "If-Match takes the ETag that was read, with its quotes.");
        asked.Check(string.IsNullOrEmpty(http.Request.Headers.IfNoneMatch) || headers.IfNoneMatch.Count > 0, HeaderNames.IfNoneMatch, "If-None-Match takes * or an ETag with its quotes.");
    }

    /// <summary>Whether what is stored is what the writer has seen (RFC 9110 §13.1).</summary>
    private bool Judge(BookContent content)
    {
        _stored = kind.Find(content, id);
        var tag = _stored is null ? null : Resource.TagOf(_stored);
        var headers = http.Request.GetTypedHeaders();
        _mayNot = (headers.IfMatch.Count > 0 && !headers.IfMatch.Any(seen => tag is not null && (seen.Tag == tag || seen.Equals(EntityTagHeaderValue.Any))))
            || headers.IfNoneMatch.Any(seen => tag is not null && (seen.Tag == tag || seen.Equals(EntityTagHeaderValue.Any)));
        return !_mayNot;
    }

    /// <summary>What the PUT would have changed of what is stored now.</summary>
    private static IEnumerable<string> DifferenceTo(Publication publication, Draft sent) =>
        RotaCheck.Check([sent], publication.Before.Content, prune: false).Content is { } wanted
            ? BookChanges.Between(publication.Before.Content, wanted).SelectMany(change => change.Diff)
            : [];

    private ContentHttpResult Stored(DraftNode.Map item)
    {
        http.Response.Headers.ETag = Resource.TagOf(item);
        if (_stored is null)
        {
            http.Response.Headers.Location = $"/api/v1/{kind.Section}/{Uri.EscapeDataString(id)}";
        }

        return TypedResults.Text(Resource.Json(item), MediaTypeNames.Application.Json, Encoding.UTF8, _stored is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private ProblemHttpResult Stale(IEnumerable<string> difference) => TypedResults.Problem(
        _stored is null
            ? $"There is no {kind.Singular} with this {kind.Key} any more; nothing was changed."
            : $"Somebody else has changed the {kind.Singular} since it was read; nothing was changed. Read it again, and send your change with the new ETag.",
        statusCode: StatusCodes.Status412PreconditionFailed,
        extensions: new Dictionary<string, object?>
        {
            ["current"] = _stored is null ? null : JsonNode.Parse(Resource.Json(_stored)),
            ["etag"] = _stored is null ? null : Resource.TagOf(_stored),
            ["difference"] = difference,
        });
}
