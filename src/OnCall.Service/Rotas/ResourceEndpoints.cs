using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnCall.Service.Access;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Rotas;

/// <summary>
/// <c>GET, PUT, PATCH, DELETE /advisers/{id}</c> and the like for rotas, desks, policies and lines. What is sent goes the way of an import of nothing else; who sends
/// the <c>ETag</c> that was read as <c>If-Match</c> never overwrites what somebody else wrote meanwhile.
/// </summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        foreach (var kind in Resource.Kinds)
        {
            var note = new ResourceNotes(kind);
            api.MapGet($"/{kind.Section}", (HttpContext http, CurrentBook current, TimeProvider time, int limit = Asked.UsualPage, string? after = null) => List(kind, http, current, time, limit, after))
                .RequireAuthorization(Roles.Reader).Tell(ResourceNotes.Tag, note.List);
            api.MapGet($"/{kind.Section}/{{id}}", (HttpContext http, CurrentBook current, string id) => Get(kind, http, current, id))
                .RequireAuthorization(Roles.Reader).Tell(ResourceNotes.Tag, note.Get);
            api.MapPut(
                $"/{kind.Section}/{{id}}",
                (HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop, string? effective = null) =>
                    new ResourceWrite(kind, id, http, store, time).PutAsync(effective, stop)).RequireAuthorization(kind.Writers).Tell(ResourceNotes.Tag, note.Put);
            api.MapPatch(
                $"/{kind.Section}/{{id}}",
                (HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop, string? effective = null) =>
                    new ResourceWrite(kind, id, http, store, time).PatchAsync(effective, stop)).RequireAuthorization(kind.Writers).Tell(ResourceNotes.Tag, note.Patch);
            api.MapDelete(
                $"/{kind.Section}/{{id}}",
                (HttpContext http, BookStore store, TimeProvider time, string id, CancellationToken stop) =>
                    new ResourceWrite(kind, id, http, store, time).DeleteAsync(stop)).RequireAuthorization(kind.Writers).Tell(ResourceNotes.Tag, note.Delete);
        }
    }

    private static IResult List(Resource kind, HttpContext http, CurrentBook current, TimeProvider time, int limit, string? after)
    {
        var asked = new Asked(time);
        asked.CheckLimit(limit);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        // The plus of a number that was not escaped arrives as a blank, with which no id begins: the first page would be sent for ever.
        var last = after is [' ', .. var number] ? $"+{number}" : after;
        var rest = kind.All(current.Book.Content).OrderBy(one => one.Id, StringComparer.Ordinal)
            .SkipWhile(one => last is not null && string.CompareOrdinal(one.Id, last) <= 0).Take(limit + 1).ToList();
        var answer = new JsonObject
        {
            [kind.Section] = new JsonArray([.. rest.Take(limit).Select(one => JsonNode.Parse(Resource.Json(one.Item)))]),
            ["next"] = rest.Count > limit ? rest[limit - 1].Id : null,
        };
        return Tagged(http, answer.ToJsonString());
    }

    private static IResult Get(Resource kind, HttpContext http, CurrentBook current, string id) =>
        kind.Find(current.Book.Content, id) is { } item ? Tagged(http, Resource.Json(item)) : NotThere(kind);

    public static ProblemHttpResult NotThere(Resource kind) =>
        TypedResults.Problem($"There is no {kind.Singular} with this {kind.Key}.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Puts a tag on the answer, and says whether the client has what it stands for.</summary>
    public static bool IsKnown(HttpContext http, string tag)
    {
        http.Response.Headers.ETag = tag;
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == tag || known.Equals(EntityTagHeaderValue.Any));
    }

    /// <summary>The JSON with its tag; 304 where the client has it already.</summary>
    private static IResult Tagged(HttpContext http, string json)
    {
        return IsKnown(http, Resource.TagOf(json))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(json, MediaTypeNames.Application.Json, Encoding.UTF8);
    }
}
