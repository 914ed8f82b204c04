using System.Net.Mime;

namespace OnCall.Service.OpenApi;

/// <summary>What is told of an endpoint that its parameters and types do not tell by themselves.</summary>
/// <param name="Id">The operation's name for programs that are made from the description; it stays as it is.</param>
/// <param name="Summary">A few words.</param>
internal sealed record ApiNote(string Id, string Summary)
{
    /// <summary>Sentences.</summary>
    public string? Details { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What is sent, where it is no type of ours.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>What is answered; null = nothing.</summary>
    public ApiContent? Answer { get; init; }

    /// <summary>The statuses of refusals, but for those that every endpoint has: 400, 401, 403 and 429, and 404 where the address names something.</summary>
    public int[] Refusals { get; init; } = [];

    /// <summary>The answer has an <c>ETag</c>; a read that gives it as <c>If-None-Match</c> gets 304 while nothing changed.</summary>
    public bool HasTag { get; init; }

    /// <summary>What is not there yet is made: 201, and never 404.</summary>
    public bool MayCreate { get; init; }

    /// <summary>Parameters that the endpoint has and this kind does not take.</summary>
    public string[] Hides { get; init; } = [];

    /// <summary><c>If-Match</c> and <c>If-None-Match</c> are heeded by a write.</summary>
    public bool IsConditional { get; init; }

    /// <summary><c>If-Match</c> alone is heeded: of what it takes the <c>ETag</c>; null = it is not.</summary>
    public string? HeedsTagOf { get; init; }

    /// <summary><c>Idempotency-Key</c> is heeded.</summary>
    public bool IsIdempotent { get; init; }
}

/// <summary>Puts notes on endpoints.</summary>
internal static class ApiNotes
{
    /// <param name="tag">The part of the description in which it stands.</param>
    public static RouteHandlerBuilder Tell(this RouteHandlerBuilder endpoint, string tag, ApiNote note)
    {
        endpoint.WithMetadata(note).WithTags(tag);
        return note.Answer is ApiContent.Of of ? endpoint.Produces(note.Status, of.Type, MediaTypeNames.Application.Json) : endpoint;
    }
}

/// <summary>A body that is sent.</summary>
/// <param name="Types">Media types.</param>
/// <param name="Schema">The name of a schema of the description; null = text that no schema describes.</param>
internal sealed record ApiBody(string? Schema, params string[] Types);

/// <summary>What is answered.</summary>
internal abstract record ApiContent
{
    /// <summary>A type of ours.</summary>
    public sealed record Of(Type Type) : ApiContent;

    /// <summary>A thing of the rota document, by the name of its schema.</summary>
    /// <param name="Types">Media types; JSON if there are none.</param>
    public sealed record Thing(string Schema, params string[] Types) : ApiContent;

    /// <summary>A thing of the rota document, with <c>changed</c>: what it changes on the timeline.</summary>
    public sealed record ThingWithChanges(string Schema) : ApiContent;

    /// <summary><c>changed</c> alone.</summary>
    public sealed record Changes : ApiContent;

    /// <summary>A page of such things, in a list of this name.</summary>
    public sealed record Page(string List, string Schema) : ApiContent;
}
