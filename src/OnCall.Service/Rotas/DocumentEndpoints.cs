using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;

namespace OnCall.Service.Rotas;

/// <summary><c>POST /import</c> and <c>GET /export</c>.</summary>
internal static class DocumentEndpoints
{
    private const string Yaml = "application/yaml";

    private static readonly string[] YamlTypes = [Yaml, "application/x-yaml", "text/yaml", "text/x-yaml"];

    /// <summary>Sections that only an administrator may import.</summary>
    private static readonly string[] AdministratorsSections = ["lines", "policies", "blocked"];

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        api.MapPost("/import", ImportAsync).RequireAuthorization(Roles.Coordinator);
        api.MapGet("/export", Export).RequireAuthorization(Roles.Reader);
    }

    private static async Task<IResult> ImportAsync(HttpContext http, BookStore store, CancellationToken stop, bool dryRun = false, bool prune = false)
    {
        if (FormOf(http.Request.ContentType) is not { } form)
        {
            return TypedResults.Problem($"Send a rota document as {Yaml} or {MediaTypeNames.Application.Json}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        Draft draft;
        try
        {
            draft = RotaDocument.Read(await BodyAsync(http.Request, stop), form);
        }
        catch (UnreadableDocumentException e)
        {
            return Unreadable(e);
        }

        if (AdministratorsPart(draft, prune) is { } part && !http.User.IsInRole(Roles.Administrator))
        {
            return TypedResults.Problem($"{part} takes the administrator's role.", statusCode: StatusCodes.Status403Forbidden);
        }

        var publication = await store.PublishAsync([draft], prune, dryRun, Origin.Of(http), stop);
        return publication.Book is null
            ? Refused(publication)
            : TypedResults.Ok(new ImportAnswer(publication.Changes.Select(ChangeJson.Of), publication.Warnings));
    }

    private static ContentHttpResult Export(HttpContext http, CurrentBook current)
    {
        var book = current.Book;
        var form = AsksForYaml(http.Request) ? DocumentForm.Yaml : DocumentForm.Json;
        http.Response.Headers.ETag = $"\"{book.Revision}-{form}\"";
        http.Response.Headers.Vary = HeaderNames.Accept;
        return TypedResults.Text(
            RotaDocument.Write(RotaWriter.Write(book.Content), form),
            form == DocumentForm.Yaml ? Yaml : MediaTypeNames.Application.Json,
            Encoding.UTF8);
    }

    /// <summary>Everything that is wrong, by its path.</summary>
    /// <param name="within">What paths begin with that the caller did not write.</param>
    public static IResult Refused(Publication publication, string within = "") => Refused(
        StatusCodes.Status422UnprocessableEntity,
        "The document has errors; nothing was changed.",
        publication.Problems.Select(problem => (problem.Path.StartsWith(within, StringComparison.Ordinal) ? problem.Path[within.Length..] : problem.Path, problem.Located)));

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

    /// <summary>The whole body, one byte more than is allowed at most.</summary>
    public static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken stop)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (body.Length <= RotaDocument.LongestBytes && await request.Body.ReadAsync(buffer, stop) is > 0 and var count)
        {
            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

/// <summary>What an import changed or would change.</summary>
internal sealed record ImportAnswer(IEnumerable<ChangeJson> Changes, IEnumerable<string> Warnings);
