using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Rotas;

/// <summary>Small changes of a rota, each with what it changes on the timeline: <c>preview</c>, overrides, absences. They go the way of an import: the same check, a revision, an audit entry.</summary>
internal static class ChangeEndpoints
{
    private const string Tag = "Rotas";

    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        api.MapPost("/rotas/{id}/preview", PreviewAsync).RequireAuthorization(Roles.Reader).Tell(Tag, new ApiNote("previewRota", "What a rota would change on the timeline")
        {
            Details = "Nothing is stored.",
            Body = Json("RotaAtItsAddress"),
            Answer = new ApiContent.Of(typeof(PreviewAnswer)),
            Refusals = [415, 422],
        });
        api.MapPost("/rotas/{id}/overrides", AddOverrideAsync).RequireAuthorization(Roles.Coordinator).Tell(Tag, new ApiNote("addOverride", "Adds an override: a swap, a stand-in")
        {
            Details = "The last of the rota's overrides, so that it counts on top of the others.",
            Status = StatusCodes.Status201Created,
            Body = Json("Override"),
            Answer = new ApiContent.ThingWithChanges("Override"),
            IsIdempotent = true,
            HasTag = true,
            HeedsTagOf = "the rota",
            Refusals = [409, 412, 415, 422],
        });
        api.MapDelete("/rotas/{id}/overrides/{oid}", RemoveOverrideAsync).RequireAuthorization(Roles.Coordinator)
            .Tell(Tag, new ApiNote("removeOverride", "Takes an override away")
            {
                Details = "One without an id is called by its place in the list, from 1, as the answers about duty call it; that takes `If-Match`.",
                Answer = new ApiContent.Changes(),
                HeedsTagOf = "the rota, or of the override",
                Refusals = [412, 422, 428],
            });
        api.MapPost("/absences", AddAbsenceAsync).RequireAuthorization(Roles.Coordinator).Tell(Tag, new ApiNote("addAbsence", "Adds an absence: leave, sickness")
        {
            Details = "Off every rota; what lies below shows through.",
            Status = StatusCodes.Status201Created,
            Body = Json("Absence"),
            Answer = new ApiContent.ThingWithChanges("Absence"),
            IsIdempotent = true,
            HasTag = true,
            HeedsTagOf = "the export",
            Refusals = [409, 412, 415, 422],
        });
        api.MapDelete("/absences/{aid}", RemoveAbsenceAsync).RequireAuthorization(Roles.Coordinator)
            .Tell(Tag, new ApiNote("removeAbsence", "Takes an absence away") { Answer = new ApiContent.Changes(), HeedsTagOf = "the absence", Refusals = [412, 422] });
    }

    private static ApiBody Json(string schema) => new(schema, MediaTypeNames.Application.Json);

    /// <param name="effective">From when it is to count, as for the PUT; null = it takes the place of what is stored.</param>
    private static async Task<IResult> PreviewAsync(
        HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop, string? from = null, string? to = null, string? effective = null)
    {
        var asked = new Asked(time);
        var (start, end) = asked.Window(from, to);
        var since = asked.Written("effective", effective);
        return asked.Refusal ?? await SentItem.ReadAsync(http, async body =>
        {
            asked.Check((SentItem.IdIn(body) ?? id) == id, "id", $"id must be {id}, as in the address, or be left out.");
            var publication = await store.PublishAsync(
                content => asked.Refusal is not null ? [] : [SentItem.Effective(since, content, SentItem.AsDocument("rotas", SentItem.WithId(body, id)), id, asked)],
                prune: false,
                dryRun: true,
                Origin.Of(http) with { Remit = null },
                stop);
            foreach (var deciding in new[] { publication.Before, publication.Book }.OfType<RotaBook>())
            {
                asked.CheckTurns([new BookInForce(start, deciding)], id, start, end);
            }

            return asked.Refusal ?? (publication.Book is { } book
                ? TypedResults.Ok(new PreviewAnswer(
                    publication.Before.Rotas.TryGetValue(id, out var known) ? DutyPeriodsAnswer.Between(publication.Before, known, start, end).Periods : [],
                    DutyPeriodsAnswer.Between(book, book.Rotas[id], start, end).Periods,
                    Changed(publication.Before, book, book.Rotas[id], start, end)))
                : DocumentEndpoints.Refused(publication, "rotas[0]."));
        }, stop);
    }

    private static Task<IResult> AddOverrideAsync(HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop) =>
        SentItem.ReadAsync(http, async body =>
        {
            var addition = new Addition(http, body, time);
            var before = 0;
            var publication = await store.PublishAsync(
                content =>
                {
                    if (RotaOf(content, id) is not { } rota)
                    {
                        return [];
                    }

                    before = rota.Overrides.Count;
                    var isThere = addition.NameAmong(rota.Overrides.Select(change => change.Id));
                    var others = RotaWriter.Write(rota with { Overrides = [] });
                    var again = rota.Overrides.Select(change => change.Id == addition.Id ? addition.Item : RotaWriter.Write(change, rota.Zone));
                    return addition.Judge(isThere, RotaWriter.Write(rota), SentItem.AsDocument("rotas", SentItem.WithMore(others, "overrides", [.. again])), content)
                        ? [SentItem.AsDocument("rotas", SentItem.WithMore(RotaWriter.Write(rota), "overrides", addition.Item))]
                        : [];
                },
                prune: false,
                dryRun: false,
                Origin.Of(http),
                stop);
            var outside = addition.Refusal is null && publication.Book is not null
                ? null
                : OutOfRemit.Of(Caller.RemitOf(http.User), publication.Before, new BookItem("rota", id), publication.At);
            if ((outside?.Answer() ?? addition.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (publication.Book is not { } book)
            {
                return DocumentEndpoints.Refused(publication, $"rotas[0].overrides[{before}].");
            }

            if (RotaOf(book.Content, id) is not { } rota)
            {
                return NoRota();
            }

            var added = rota.Overrides.First(change => change.Id == addition.Id);
            return Created(http, $"/api/v1/rotas/{id}/overrides/{addition.Id}", RotaWriter.Write(added, rota.Zone), publication, [rota], added.Start, time);
        }, stop);

    private static async Task<IResult> RemoveOverrideAsync(HttpContext http, BookStore store, TimeProvider time, string id, string oid, CancellationToken stop)
    {
        var condition = new Precondition(http);
        if (condition.Refusal(time) is { } refusal)
        {
            return refusal;
        }

        Rota? known = null;
        Override? removed = null;
        var (isSeen, isCertain) = (true, true);
        var publication = await store.PublishAsync(
            content =>
            {
                known = RotaOf(content, id);
                removed = known is null ? null : Called(oid, known.Overrides);
                isCertain = removed?.Id is not null || condition.SaysWhatWasSeen;
                isSeen = removed is null || condition.IsSeen(Resource.TagOf(RotaWriter.Write(known!)), Resource.TagOf(RotaWriter.Write(removed, known!.Zone)));
                return removed is not null && isSeen && isCertain
                    ? [SentItem.AsDocument("rotas", SentItem.WithMore(RotaWriter.Write(known! with { Overrides = known.Overrides.Where(change => !ReferenceEquals(change, removed)).ToValueList() }), "overrides"))]
                    : [];
            },
            prune: false,
            dryRun: false,
            Origin.Of(http),
            stop);
        return known is null ? NoRota()
            : removed is null ? TypedResults.Problem("The rota has no override with this id.", statusCode: StatusCodes.Status404NotFound)
            : !isCertain ? TypedResults.Problem("This override has no id, and another takes its place in the list once it is gone: read the rota, and send its ETag as If-Match.", statusCode: StatusCodes.Status428PreconditionRequired)
            : !isSeen ? Precondition.Stale("the rota", Resource.Json(RotaWriter.Write(known)))
            : publication.Book is null ? DocumentEndpoints.Refused(publication)
            : TypedResults.Ok(new { Changed = Changed(publication, [known], removed.Start, time) });
    }

    /// <summary>The override that the answers about duty call so: by its id, else by its place.</summary>
    private static Override? Called(string name, ValueList<Override> overrides) =>
        overrides.FirstOrDefault(change => change.Id == name)
        ?? overrides.Where((change, place) => change.Id is null && name == (place + 1).ToString(CultureInfo.InvariantCulture)).FirstOrDefault();

    private static Task<IResult> AddAbsenceAsync(HttpContext http, BookStore store, TimeProvider time, CancellationToken stop) =>
        SentItem.ReadAsync(http, async body =>
        {
            var addition = new Addition(http, body, time);
            var publication = await store.PublishAsync(
                content =>
                {
                    var isThere = addition.NameAmong(content.Absences.Select(absence => absence.Id));
                    var document = SentItem.AsDocument("absences", addition.Item);
                    return addition.Judge(isThere, rota: null, document, content) ? [document] : [];
                },
                prune: false,
                dryRun: false,
                Origin.Of(http),
                stop,
                before => addition.NameAmong(before.Absences.Select(absence => absence.Id)) || DocumentEndpoints.IsSeen(addition.Condition, before));
            if ((publication.IsStale ? Precondition.Stale("the rotas", json: null) : addition.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (publication.Book is not { } book)
            {
                return DocumentEndpoints.Refused(publication, "absences[0].");
            }

            var added = book.Absences.First(absence => absence.Id == addition.Id);
            return Created(http, $"/api/v1/absences/{addition.Id}", RotaWriter.Write(added, book.Zone), publication, book.Content.Rotas, added.Start, time);
        }, stop);

    private static async Task<IResult> RemoveAbsenceAsync(HttpContext http, BookStore store, TimeProvider time, string aid, CancellationToken stop)
    {
        var condition = new Precondition(http);
        if (condition.Refusal(time) is { } refusal)
        {
            return refusal;
        }

        Absence? known = null;
        DraftNode? stored = null;
        var isSeen = true;
        var publication = await store.PublishAsync(
            content =>
            {
                known = content.Absences.FirstOrDefault(absence => BookChanges.IdOf(absence, content.Zone) == aid);
                stored = known is null ? null : RotaWriter.Write(known, content.Zone);
                isSeen = stored is null || condition.IsSeen(Resource.TagOf(stored));
                return [SentItem.Whole(isSeen ? content with { Absences = content.Absences.Where(absence => absence != known).ToValueList() } : content)];
            },
            prune: true,
            dryRun: false,
            Origin.Of(http),
            stop);
        return known is null || stored is null ? TypedResults.Problem("There is no absence with this id.", statusCode: StatusCodes.Status404NotFound)
            : !isSeen ? Precondition.Stale("the absence", Resource.Json(stored))
            : publication.Book is { } book ? TypedResults.Ok(new { Changed = Changed(publication, book.Content.Rotas, known.Start, time) })
            : DocumentEndpoints.Refused(publication);
    }

    private static Created<JsonObject> Created(HttpContext http, string address, DraftNode stored, Publication publication, IEnumerable<Rota> rotas, Instant start, TimeProvider time)
    {
        http.Response.Headers.ETag = Resource.TagOf(stored);
        var answer = JsonNode.Parse(RotaDocument.Write(stored, DocumentForm.Json))!.AsObject();
        answer["changed"] = JsonSerializer.SerializeToNode(Changed(publication, rotas, start, time), JsonSerializerOptions.Web);
        answer["warnings"] = JsonSerializer.SerializeToNode(DutyWarnings.Of(publication.Book!, start).Except(DutyWarnings.Of(publication.Before, start)));
        return TypedResults.Created(address, answer);
    }

    /// <summary>What a publication changes on the timelines of rotas, from now on, or from its start where that is to come, and as far as the API looks.</summary>
    private static List<ChangedAnswer> Changed(Publication publication, IEnumerable<Rota> rotas, Instant start, TimeProvider time)
    {
        var from = Instant.Max(start, time.GetCurrentInstant());
        return [.. rotas.SelectMany(rota => Changed(publication.Before, publication.Book!, rota, from, from + Asked.LongestWindow))];
    }

    private static IEnumerable<ChangedAnswer> Changed(RotaBook before, RotaBook after, Rota rota, Instant from, Instant to) =>
        DutyDifference.Between(before, after, rota.Id, from, to).Select(difference => ChangedAnswer.Of(rota, difference));

    private static ProblemHttpResult NoRota() => TypedResults.Problem("There is no rota with this id.", statusCode: StatusCodes.Status404NotFound);

    private static Rota? RotaOf(BookContent content, string id) => content.Rotas.FirstOrDefault(rota => rota.Id == id);
}

/// <summary>What would change on a rota's timeline. Times are in the rota's zone.</summary>
internal sealed record PreviewAnswer(IEnumerable<PeriodAnswer> Before, IEnumerable<PeriodAnswer> After, IEnumerable<ChangedAnswer> Changed);

/// <summary>A stretch in which others are on duty than before.</summary>
internal sealed record ChangedAnswer(string Rota, string Start, string End, IEnumerable<string> Before, IEnumerable<string> After)
{
    public static ChangedAnswer Of(Rota rota, DutyDifference difference) =>
        new(rota.Id, AskedTime.Show(difference.Start, rota.Zone), AskedTime.Show(difference.End, rota.Zone), difference.Before, difference.After);
}
