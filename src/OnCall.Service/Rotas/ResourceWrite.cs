using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>One PUT, PATCH or DELETE of one thing. Whether it may is judged when it is its turn to publish, so that of two who write at once one is told.</summary>
internal sealed class ResourceWrite(Resource kind, string id, HttpContext http, BookStore store, TimeProvider time)
{
    private readonly Precondition _condition = new(http);
    private DraftNode.Map? _stored;
    private bool _mayNot;

    /// <param name="effective">For a rota: from when it counts; what was before then stays as it was. Null = it takes the place of what is stored.</param>
    public Task<IResult> PutAsync(string? effective, CancellationToken stop) =>
        SentItem.ReadAsync(http, body => WriteAsync(body, effective, _ => body, stop), stop);

    /// <summary>Writes what becomes of that which is stored when it is its turn.</summary>
    /// <param name="effective">As for the PUT.</param>
    public Task<IResult> PatchAsync(string? effective, CancellationToken stop) =>
        SentItem.ReadAsync(
            http,
            patch => TakesTextsAway(patch) is { } refusal
                ? Task.FromResult(refusal)
                : WriteAsync(patch, effective, stored => stored is null ? null : Patched(stored, patch), stop),
            stop,
            MergePatch.MediaType);

    /// <summary>In a rota document <c>sms: null</c> says that an adviser takes no texts; in a patch it would take that word away, and texts go to the phone.</summary>
    private IResult? TakesTextsAway(DraftNode.Map patch)
    {
        var asked = new Asked(time);
        asked.Check(
            kind.Section != "advisers" || !patch.Entries.Any(entry => entry is { Key: "sms", Value: DraftNode.Scalar { IsNull: true } }),
            "sms",
            "sms: null in a patch would have texts go to the phone. PUT the adviser with sms: null to say that none are taken, or patch sms to a number.");
        return asked.Refusal;
    }

    /// <param name="wanted">What is to be written, of what is stored; null = there is nothing to be written to.</param>
    private async Task<IResult> WriteAsync(DraftNode.Map body, string? effective, Func<DraftNode.Map?, DraftNode.Map?> wanted, CancellationToken stop)
    {
        var asked = new Asked(time);
        var since = asked.Written("effective", effective);
        asked.Check(effective is null || kind.Section == "rotas", "effective", "only a rota takes effective.");
        asked.Check((SentItem.IdIn(body, kind.Key) ?? id) == id, kind.Key, $"{kind.Key} must be {id}, as in the address, or be left out.");
        _condition.Check(asked);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        Draft? sent = null;
        var publication = await store.PublishAsync(
            content =>
            {
                var may = Judge(content);
                sent = wanted(_stored) is { } item ? SentItem.AsDocument(kind.Section, SentItem.WithId(item, id, kind.Key)) : null;
                return may && sent is not null ? [SentItem.Effective(since, content, sent, id, asked)] : [];
            },
            prune: false,
            dryRun: false,
            Origin.Of(http),
            stop);
        return asked.Refusal
            ?? (sent is null ? ResourceEndpoints.NotThere(kind)
            : OutsideIfRefused(publication) is { } outside ? outside.Answer()
            : _mayNot ? Stale(DifferenceTo(publication, sent))
            : publication.Book is { } book ? Stored(kind.Find(book.Content, id)!)
            : DocumentEndpoints.Refused(publication, $"{kind.Section}[0]."));
    }

    /// <summary>A rota that says nothing of its overrides would keep those that are stored; here null has taken them away.</summary>
    private static DraftNode.Map Patched(DraftNode.Map stored, DraftNode.Map patch)
    {
        var patched = MergePatch.Apply(stored, patch);
        return patch.Entries.Any(entry => entry.Key == "overrides") && patched.Entries.All(entry => entry.Key != "overrides") ? SentItem.WithMore(patched, "overrides") : patched;
    }

    public async Task<IResult> DeleteAsync(CancellationToken stop)
    {
        if (_condition.Refusal(time) is { } refusal)
        {
            return refusal;
        }

        var publication = await store.PublishAsync(
            content => [SentItem.Whole(Judge(content) ? kind.Without(content, id) : content)], prune: true, dryRun: false, Origin.Of(http), stop);
        return _stored is null ? ResourceEndpoints.NotThere(kind)
            : OutsideIfRefused(publication) is { } outside ? outside.Answer()
            : _mayNot ? Stale([])
            : publication.Book is not null ? TypedResults.NoContent()
            : DocumentEndpoints.NotHere(publication) is { } notHere ? notHere
            : TypedResults.Problem(
                $"The {kind.Singular} is in use; nothing was changed. Take it out of what refers to it first.",
                statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["uses"] = publication.Problems.Select(problem => $"{problem.Path}: {problem.Sentence}") });
    }

    /// <summary>
    /// Why what is stored is not the writer's, where the write is refused: that goes before any other reason, which would tell what others do with it. Null = it is the writer's,
    /// or nothing is there, or the write is done.
    /// </summary>
    private OutOfRemit? OutsideIfRefused(Publication publication) => publication.Outside
        ?? (_stored is not null && (_mayNot || publication.Book is null)
            ? OutOfRemit.Of(Caller.RemitOf(http.User), publication.Before, new BookItem(kind.Singular, id), publication.At)
            : null);

    /// <summary>Whether what is stored is what the writer has seen (RFC 9110 §13.1).</summary>
    private bool Judge(BookContent content)
    {
        _stored = kind.Find(content, id);
        string[] tags = _stored is null ? [] : [Resource.TagOf(_stored)];
        _mayNot = !_condition.IsSeen(tags) || _condition.IsInTheWay(tags);
        return !_mayNot;
    }

    /// <summary>What the write would have changed of what is stored now.</summary>
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
