using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas.Shifts;

namespace OnCall.Service.Rotas;

/// <summary><c>POST /import</c> and <c>GET /export</c>.</summary>
internal static class DocumentEndpoints
{
    private static readonly string Yaml = RotaDocument.TypeOf(DocumentForm.Yaml);

    private static readonly string[] YamlTypes = [Yaml, "application/x-yaml", "text/yaml", "text/x-yaml"];

    /// <summary>Sections that only an administrator may import.</summary>
    private static readonly string[] AdministratorsSections = ["lines", "policies", "desks", "blocked"];

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        api.MapPost("/import", ImportAsync).RequireAuthorization(Roles.Coordinator).Tell("Documents", new ApiNote("import", "Publishes a rota document, all or nothing")
        {
            Details = "Sections that are left out stay; what they do not have stays, unless it is pruned. Lines, policies, desks and blocked numbers take the administrator's role. "
                + "With `rota`, CSV and iCalendar files are taken too: the dated shifts of that rota.",
            Body = new ApiBody("RotaDocument", [Yaml, MediaTypeNames.Application.Json, "text/csv", "text/calendar"]),
            Answer = new ApiContent.Of(typeof(ImportAnswer)),
            HeedsTagOf = "the export",
            Refusals = [412, 415, 422],
        });
        api.MapGet("/export", Export).RequireAuthorization(Roles.Reader).Tell("Documents", new ApiNote("export", "The whole book as one rota document")
        {
            Details = "JSON, or YAML where `Accept` asks for it. Blocked numbers are left out for whoever may not see officers' numbers.",
            Answer = new ApiContent.Thing("RotaDocument", MediaTypeNames.Application.Json, Yaml),
            HasTag = true,
        });
    }

    private static Task<IResult> ImportAsync(
        HttpContext http, BookStore store, TimeProvider time, CancellationToken stop, bool dryRun = false, bool prune = false, string? rota = null, string? layer = null)
    {
        var condition = new Precondition(http);
        bool IsSeen(RotaBook before) => DocumentEndpoints.IsSeen(condition, before);
        return condition.Refusal(time) is { } refusal ? Task.FromResult(refusal)
            : ShiftFile.FormOfType(http.Request.ContentType) is { } shifts ? ShiftImport.ImportAsync(http, shifts, store, time, new ShiftWish(rota, layer, prune, dryRun), IsSeen, stop)
            : FormOf(http.Request.ContentType) is { } form ? ImportDocumentAsync(http, form, store, prune, dryRun, IsSeen, stop)
            : Task.FromResult<IResult>(TypedResults.Problem(
                $"Send a rota document as {Yaml} or {MediaTypeNames.Application.Json}, or a rota's dated shifts as text/csv or text/calendar.",
                statusCode: StatusCodes.Status415UnsupportedMediaType));
    }

    private static async Task<IResult> ImportDocumentAsync(HttpContext http, DocumentForm form, BookStore store, bool prune, bool dryRun, Func<RotaBook, bool> isSeen, CancellationToken stop)
    {
        Draft draft;
        try
        {
            draft = RotaDocument.Read(await DocumentFile.BytesAsync(http.Request.Body, stop), form);
        }
        catch (UnreadableDocumentException e)
        {
            return Unreadable(e);
        }

        if (draft.Root is DraftNode.Scalar { IsNull: true } && form == DocumentForm.Json)
        {
            // An empty file says nothing, as {} does; null is a variable that somebody forgot to fill.
            return Refused(StatusCodes.Status422UnprocessableEntity, "The document has errors; nothing was changed.", [(RotaCheck.Document, "line 1: the document is null; send {} if nothing is meant.")]);
        }

        if (AdministratorsPart(draft, prune) is { } part && !http.User.IsInRole(Roles.Administrator))
        {
            return TypedResults.Problem($"{part} takes the administrator's role.", statusCode: StatusCodes.Status403Forbidden);
        }

        return Imported(http, await store.PublishAsync(_ => [draft], prune, dryRun, Origin.Of(http), stop, isSeen, mayDrop: prune));
    }

    /// <summary>Whether a book is the one that the writer has seen, in whichever form it was read.</summary>
    public static bool IsSeen(Precondition condition, RotaBook book) => condition.IsSeen([.. TagsOf(book)]);

    private static IEnumerable<string> TagsOf(RotaBook book) =>
        Enum.GetValues<DocumentForm>().SelectMany(form => (string[])[TagOf(book, form, seesAll: true), TagOf(book, form, seesAll: false)]);

    private static string TagOf(RotaBook book, DocumentForm form, bool seesAll) => $"\"{book.Revision}.{book.PublishedAt?.ToUnixTimeTicks()}-{form}{(seesAll ? "" : "-seen")}\"";

    /// <summary>Blocked numbers are officers': they are left out for whoever may not see such.</summary>
    private static IResult Export(HttpContext http, CurrentBook current)
    {
        var book = current.Book;
        var form = AsksForYaml(http.Request) ? DocumentForm.Yaml : DocumentForm.Json;
        var content = Roles.SeesAll(http.User) ? book.Content : book.Content with { Blocked = [] };
        var tag = TagOf(book, form, Roles.SeesAll(http.User));
        http.Response.Headers.Vary = HeaderNames.Accept;
        return ResourceEndpoints.IsKnown(http, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Text(
            RotaDocument.Write(RotaWriter.Write(content), form),
            RotaDocument.TypeOf(form),
            Encoding.UTF8);
    }

    /// <summary>What was changed or would be, or everything that is wrong.</summary>
    public static IResult Imported(HttpContext http, Publication publication) => publication.IsStale ? Precondition.Stale("the rotas", json: null) : publication.Book is null
        ? Refused(publication)
        : TypedResults.Ok(ImportAnswer.Of(publication, Roles.SeesAll(http.User)));

    /// <summary>Everything that is wrong, by its path; or why it is not for whoever asks.</summary>
    /// <param name="within">What paths begin with that the caller did not write.</param>
    public static IResult Refused(Publication publication, string within = "") => publication.Outside?.Answer() ?? NotHere(publication) ?? Refused(
        StatusCodes.Status422UnprocessableEntity,
        "The document has errors; nothing was changed.",
        publication.Problems.Select(problem => (problem.Path.StartsWith(within, StringComparison.Ordinal) ? problem.Path[within.Length..] : problem.Path, problem.Located)));

    /// <summary>503, since another node may do it; null = that is not the reason.</summary>
    public static ProblemHttpResult? NotHere(Publication publication) =>
        publication.NotHere is { } why ? TypedResults.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable) : null;

    public static IResult Unreadable(UnreadableDocumentException e) =>
        Refused(StatusCodes.Status400BadRequest, "The document cannot be read.", [(RotaCheck.Document, e.Message)]);

    private static IResult Refused(int status, string title, IEnumerable<(string Path, string Sentence)> faults) => Results.ValidationProblem(
        faults.GroupBy(fault => fault.Path).ToDictionary(group => group.Key, group => group.Select(fault => fault.Sentence).ToArray()),
        title: title,
        statusCode: status);

    private static DocumentForm? FormOf(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null
        : type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) ? DocumentForm.Json
        : YamlTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase) ? DocumentForm.Yaml
        : null;

    private static bool AsksForYaml(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1)
            .FirstOrDefault(type => YamlTypes.Append(MediaTypeNames.Application.Json).Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            is { } asked && YamlTypes.Contains(asked.MediaType.Value, StringComparer.OrdinalIgnoreCase);

    private static string? AdministratorsPart(Draft draft, bool prune)
    {
        if (prune)
        {
            return "To remove what the document does not have";
        }

        var section = (draft.Root as DraftNode.Map)?.Entries.FirstOrDefault(entry => AdministratorsSections.Contains(entry.Key))?.Key;
        return section is null ? null : $"A document with {section}";
    }
}
