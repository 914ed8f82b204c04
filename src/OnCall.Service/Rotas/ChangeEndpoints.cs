using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>Small changes of a rota, each with what it changes on the timeline: <c>preview</c>, overrides, absences. They go the way of an import: the same check, a revision, an audit entry.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        api.MapPost("/rotas/{id}/preview", PreviewAsync).RequireAuthorization(Roles.Reader);
        api.MapPost("/rotas/{id}/overrides", AddOverrideAsync).RequireAuthorization(Roles.Coordinator);
        api.MapDelete("/rotas/{id}/overrides/{oid}", RemoveOverrideAsync).RequireAuthorization(Roles.Coordinator);
        api.MapPost("/absences", AddAbsenceAsync).RequireAuthorization(Roles.Coordinator);
        api.MapDelete("/absences/{aid}", RemoveAbsenceAsync).RequireAuthorization(Roles.Coordinator);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop, string? from = null, string? to = null)
    {
        var asked = new Asked(time);
        var (start, end) = asked.Window(from, to);
        return asked.Refusal ?? await WithBodyAsync(http, async body =>
        {
            if ((IdIn(body) ?? id) != id)
            {
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["id"] = [$"id must be {id}, as in the address, or be left out."] });
            }

            var publication = await store.PublishAsync([Document("rotas", WithId(body, id))], prune: false, dryRun: true, Origin.Of(http), stop);
            return publication.Book is { } book
                ? TypedResults.Ok(new PreviewAnswer(
                    publication.Before.Rotas.TryGetValue(id, out var known) ? DutyPeriodsAnswer.Between(publication.Before, known, start, end).Periods : [],
                    DutyPeriodsAnswer.Between(book, book.Rotas[id], start, end).Periods,
                    Changed(publication.Before, book, book.Rotas[id], start, end)))
                : DocumentEndpoints.Refused(publication);
        }, stop);
    }

    private static Task<IResult> AddOverrideAsync(HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop) =>
        WithBodyAsync(http, async body =>
        {
            string? given = null;
            var publication = await store.PublishAsync(
                content =>
                {
                    given = IdIn(body) ?? NextId(RotaOf(content, id)?.Overrides.Select(change => change.Id) ?? []);
                    return RotaOf(content, id) is { } rota ? [Document("rotas", WithMore(RotaWriter.Write(rota), "overrides", WithId(body, given)))] : [];
                },
                prune: false,
                dryRun: false,
                Origin.Of(http),
                stop);
            return publication.Book is not { } book ? DocumentEndpoints.Refused(publication)
                : RotaOf(book.Content, id) is not { } rota ? NoRota()
                : Created($"/api/v1/rotas/{id}/overrides/{given}", RotaWriter.Write(rota.Overrides.First(change => change.Id == given), rota.Zone), publication, [rota], time);
        }, stop);

    private static async Task<IResult> RemoveOverrideAsync(HttpContext http, BookStore store, CurrentBook current, TimeProvider time, string id, string oid, CancellationToken stop)
    {
        if (RotaOf(current.Book.Content, id) is not { } known)
        {
            return NoRota();
        }

        if (!known.Overrides.Any(change => change.Id == oid))
        {
            return TypedResults.Problem("The rota has no override with this id.", statusCode: StatusCodes.Status404NotFound);
        }

        var publication = await store.PublishAsync(
            content => RotaOf(content, id) is { } rota
                ? [Document("rotas", WithMore(RotaWriter.Write(rota with { Overrides = rota.Overrides.Where(change => change.Id != oid).ToValueList() }), "overrides"))]
                : [],
            prune: false,
            dryRun: false,
            Origin.Of(http),
            stop);
        return publication.Book is null ? DocumentEndpoints.Refused(publication) : TypedResults.Ok(new { Changed = Changed(publication, [known], time) });
    }

    private static Task<IResult> AddAbsenceAsync(HttpContext http, BookStore store, CurrentBook current, TimeProvider time, CancellationToken stop) =>
        WithBodyAsync(http, async body =>
        {
            if (current.Book.Absences.Any(absence => absence.Id is not null && absence.Id == IdIn(body)))
            {
                return TypedResults.Problem("There is an absence with this id already; leave the id out, and a new one is given.", statusCode: StatusCodes.Status409Conflict);
            }

            string? given = null;
            var publication = await store.PublishAsync(
                content => [Document("absences", WithId(body, given = IdIn(body) ?? NextId(content.Absences.Select(absence => absence.Id))))],
                prune: false,
                dryRun: false,
                Origin.Of(http),
                stop);
            return publication.Book is { } book
                ? Created($"/api/v1/absences/{given}", RotaWriter.Write(book.Absences.First(absence => absence.Id == given), book.Zone), publication, book.Content.Rotas, time)
                : DocumentEndpoints.Refused(publication);
        }, stop);

    private static async Task<IResult> RemoveAbsenceAsync(HttpContext http, BookStore store, CurrentBook current, TimeProvider time, string aid, CancellationToken stop)
    {
        if (!current.Book.Absences.Any(absence => absence.Id == aid))
        {
            return TypedResults.Problem("There is no absence with this id.", statusCode: StatusCodes.Status404NotFound);
        }

        // Only a document that takes the place of everything can leave something out.
        var publication = await store.PublishAsync(
            content => [new Draft(null, RotaWriter.Write(content with { Absences = content.Absences.Where(absence => absence.Id != aid).ToValueList() }))],
            prune: true,
            dryRun: false,
            Origin.Of(http),
            stop);
        return publication.Book is { } book
            ? TypedResults.Ok(new { Changed = Changed(publication, book.Content.Rotas, time) })
            : DocumentEndpoints.Refused(publication);
    }

    private static async Task<IResult> WithBodyAsync(HttpContext http, Func<DraftNode.Map, Task<IResult>> change, CancellationToken stop)
    {
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

    private static Created<JsonObject> Created(string address, DraftNode stored, Publication publication, IEnumerable<Rota> rotas, TimeProvider time)
    {
        var answer = JsonNode.Parse(RotaDocument.Write(stored, DocumentForm.Json))!.AsObject();
        answer["changed"] = JsonSerializer.SerializeToNode(Changed(publication, rotas, time), JsonSerializerOptions.Web);
        return TypedResults.Created(address, answer);
    }

    /// <summary>What a publication changes on the timelines of rotas, from now on and as far as the API looks.</summary>
    private static List<ChangedAnswer> Changed(Publication publication, IEnumerable<Rota> rotas, TimeProvider time)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return [.. rotas.SelectMany(rota => Changed(publication.Before, publication.Book!, rota, now, now + Asked.LongestWindow))];
    }

    private static IEnumerable<ChangedAnswer> Changed(RotaBook before, RotaBook after, Rota rota, Instant from, Instant to) =>
        DutyDifference.Between(before, after, rota.Id, from, to).Select(difference => new ChangedAnswer(
            rota.Id, AskedTime.Show(difference.Start, rota.Zone), AskedTime.Show(difference.End, rota.Zone), difference.Before, difference.After));

    private static ProblemHttpResult NoRota() => TypedResults.Problem("There is no rota with this id.", statusCode: StatusCodes.Status404NotFound);

    private static Rota? RotaOf(BookContent content, string id) => content.Rotas.FirstOrDefault(rota => rota.Id == id);

    private static Draft Document(string section, DraftNode.Map item) =>
        new(null, new DraftNode.Map([new DraftEntry(section, new DraftNode.List([item], item.Line), item.Line)], item.Line));

    private static DraftNode.Map WithId(DraftNode.Map item, string id) => IdIn(item) is not null
        ? item
        : item with { Entries = [new DraftEntry("id", new DraftNode.Scalar(id, IsQuoted: true, item.Line), item.Line), .. item.Entries] };

    private static DraftNode.Map WithMore(DraftNode.Map item, string list, params DraftNode[] more)
    {
        var before = (item.Entries.FirstOrDefault(entry => entry.Key == list)?.Value as DraftNode.List)?.Items ?? [];
        return item with { Entries = [.. item.Entries.Where(entry => entry.Key != list), new DraftEntry(list, new DraftNode.List([.. before, .. more], item.Line), item.Line)] };
    }

    private static string? IdIn(DraftNode.Map item) => (item.Entries.FirstOrDefault(entry => entry.Key == "id")?.Value as DraftNode.Scalar)?.Text;

    private static string NextId(IEnumerable<string?> ids) =>
        (ids.Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty().Max() + 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>What would change on a rota's timeline. Times are in the rota's zone.</summary>
internal sealed record PreviewAnswer(IEnumerable<PeriodAnswer> Before, IEnumerable<PeriodAnswer> After, IEnumerable<ChangedAnswer> Changed);

/// <summary>A stretch in which others are on duty than before.</summary>
internal sealed record ChangedAnswer(string Rota, string Start, string End, IEnumerable<string> Before, IEnumerable<string> After);
