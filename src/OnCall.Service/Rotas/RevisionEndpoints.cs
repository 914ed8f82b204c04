using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Rotas;

/// <summary>The revisions of the book: who published what and when, each whole, and the way back to any of them.</summary>
internal static class RevisionEndpoints
{
    public static void MapRevisions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/revisions", ListAsync).RequireAuthorization(Roles.Reader)
            .Tell("Documents", new ApiNote("listRevisions", "What was published, the newest first") { Answer = new ApiContent.Of(typeof(RevisionsAnswer)) });
        api.MapGet("/revisions/{revision:long}", GetAsync).RequireAuthorization(Roles.Reader)
            .Tell("Documents", new ApiNote("getRevision", "One revision with its whole book") { Answer = new ApiContent.Of(typeof(RevisionAnswer)) });

        // A revision holds lines, policies and blocked numbers as well.
        api.MapPost("/revisions/{revision:long}/restore", RestoreAsync).RequireAuthorization(Roles.Administrator)
            .Tell("Documents", new ApiNote("restoreRevision", "Publishes the book as it was in a revision")
            {
                Details = "As a new revision: nothing that was published is lost by it.",
                Answer = new ApiContent.Of(typeof(ImportAnswer)),
                HeedsTagOf = "the export",
                Refusals = [412, 422],
            });
    }

    private static async Task<IResult> ListAsync(HttpContext http, BookStore store, TimeProvider time, CancellationToken stop, int limit = Asked.UsualPage, long? after = null)
    {
        var asked = new Asked(time);
        asked.CheckLimit(limit);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var rows = await store.ListAsync(after ?? long.MaxValue, limit + 1, stop);
        return TypedResults.Ok(RevisionsAnswer.Of(rows, limit, Roles.SeesAll(http.User)));
    }

    private static async Task<IResult> GetAsync(HttpContext http, BookStore store, long revision, CancellationToken stop) => await store.FindAsync(revision, stop) is { } row
        ? TypedResults.Ok(RevisionAnswer.Of(row, Roles.SeesAll(http.User)).WithDocument(row, Roles.SeesAll(http.User)))
        : None();

    /// <summary>Undo: publishes the book as it was, as a new revision; nothing that was published is lost by it.</summary>
    private static async Task<IResult> RestoreAsync(HttpContext http, BookStore store, TimeProvider time, long revision, CancellationToken stop, bool dryRun = false)
    {
        var condition = new Precondition(http);
        if (condition.Refusal(time) is { } refusal)
        {
            return refusal;
        }

        if (await store.FindAsync(revision, stop) is not { } row)
        {
            return None();
        }

        var draft = RotaDocument.ReadStored(row.Document);
        return DocumentEndpoints.Imported(
            http,
            await store.PublishAsync(_ => [draft], prune: true, dryRun, Origin.Of(http), stop, before => DocumentEndpoints.IsSeen(condition, before), mayDrop: true));
    }

    private static ProblemHttpResult None() => TypedResults.Problem("There is no revision with this number.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Next">What to give as <c>after</c> for those that follow; null = there are none.</param>
internal sealed record RevisionsAnswer(IEnumerable<RevisionAnswer> Revisions, long? Next)
{
    /// <param name="rows">One more than <paramref name="limit"/>, if there are so many.</param>
    /// <inheritdoc cref="RevisionAnswer.Of" path="/param"/>
    public static RevisionsAnswer Of(IReadOnlyList<BookRevisionRow> rows, int limit, bool seesAll) =>
        new([.. rows.Take(limit).Select(row => RevisionAnswer.Of(row, seesAll))], rows.Count > limit ? rows[limit - 1].Revision : null);
}

/// <param name="At">When it was published, in UTC.</param>
/// <param name="Actor">Who published it.</param>
/// <param name="From">From where: an address, or the command line.</param>
/// <param name="Changes">Against the revision before.</param>
/// <param name="Document">The whole book; null in a list.</param>
internal sealed record RevisionAnswer(long Revision, string At, string Actor, string From, IEnumerable<ChangeJson> Changes, JsonNode? Document = null)
{
    /// <param name="seesAll">Whether blocked numbers, which are officers', may be seen.</param>
    public static RevisionAnswer Of(BookRevisionRow row, bool seesAll) => new(
        row.Revision,
        AskedTime.Show(row.PublishedAt, DateTimeZone.Utc),
        row.Actor,
        row.Source,
        (JsonSerializer.Deserialize<List<ChangeJson>>(row.Changes, Data.StoredJson.Options) ?? []).Where(change => seesAll || change.Kind != "blocked"));

    public RevisionAnswer WithDocument(BookRevisionRow row, bool seesAll)
    {
        var document = JsonNode.Parse(row.Document)!.AsObject();
        if (!seesAll)
        {
            document.Remove("blocked");
        }

        return this with { Document = document };
    }
}
