using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>What a write asks of that which is stored: <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110 §13.1).</summary>
internal sealed class Precondition(HttpContext http)
{
    private readonly RequestHeaders _headers = http.Request.GetTypedHeaders();

    /// <summary>A condition that cannot be read must not pass for none.</summary>
    public void Check(Asked asked)
    {
        asked.Check(string.IsNullOrEmpty(http.Request.Headers.IfMatch) || _headers.IfMatch.Count > 0, HeaderNames.IfMatch, "If-Match takes the ETag that was read, with its quotes.");
        asked.Check(string.IsNullOrEmpty(http.Request.Headers.IfNoneMatch) || _headers.IfNoneMatch.Count > 0, HeaderNames.IfNoneMatch, "If-None-Match takes * or an ETag with its quotes.");
    }

    /// <summary>The answer to a condition that cannot be read; null = it can be.</summary>
    public IResult? Refusal(TimeProvider time)
    {
        var asked = new Asked(time);
        Check(asked);
        return asked.Refusal;
    }

    /// <summary>Whether the writer says what was seen.</summary>
    public bool SaysWhatWasSeen => _headers.IfMatch.Count > 0;

    /// <summary>Whether what is stored is what the writer has seen, where the writer says what that was.</summary>
    /// <param name="tags">Of what is stored, any of which may have been read; none = nothing is stored.</param>
    public bool IsSeen(params IReadOnlyCollection<string> tags) => !SaysWhatWasSeen || _headers.IfMatch.Any(seen => IsAmong(seen, tags));

    /// <summary>Whether what is stored is something that the writer does not want to write over.</summary>
    /// <inheritdoc cref="IsSeen" path="/param"/>
    public bool IsInTheWay(params IReadOnlyCollection<string> tags) => _headers.IfNoneMatch.Any(seen => IsAmong(seen, tags));

    /// <summary>The refusal of who has not seen what is stored.</summary>
    /// <param name="what">What was changed, as the end of "somebody else has changed …".</param>
    /// <param name="json">What is stored now; null = it is too much to be shown.</param>
    public static ProblemHttpResult Stale(string what, string? json) => TypedResults.Problem(
        $"Somebody else has changed {what} since it was read; nothing was changed. Read it again, and send your change with the new ETag.",
        statusCode: StatusCodes.Status412PreconditionFailed,
        extensions: json is null ? null : new Dictionary<string, object?> { ["current"] = JsonNode.Parse(json), ["etag"] = Resource.TagOf(json) });

    /// <summary>A filter for writes of what has no <c>ETag</c>: whoever says which one was read has read something else.</summary>
    public static async ValueTask<object?> WithoutTagAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var condition = new Precondition(http);
        return HttpMethods.IsGet(http.Request.Method) ? await next(context)
            : condition.Refusal(http.RequestServices.GetRequiredService<TimeProvider>()) is { } refusal ? refusal
            : condition._headers.IfMatch.Any(seen => !seen.Equals(EntityTagHeaderValue.Any))
                ? TypedResults.Problem("This has no ETag, so nothing was changed. Leave If-Match out.", statusCode: StatusCodes.Status412PreconditionFailed)
            : await next(context);
    }

    private static bool IsAmong(EntityTagHeaderValue seen, IReadOnlyCollection<string> tags) => tags.Count > 0 && (tags.Contains(seen.Tag.Value) || seen.Equals(EntityTagHeaderValue.Any));
}
