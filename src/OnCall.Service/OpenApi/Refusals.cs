using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace OnCall.Service.OpenApi;

/// <summary>Problem documents (RFC 9457), as the description shows them.</summary>
internal static class Refusals
{
    private static readonly Dictionary<int, string> Meanings = new()
    {
        [400] = "Something that was sent cannot be read, or a parameter is wrong. Nothing was changed.",
        [401] = "No key and no token, or none that is valid.",
        [403] = "The role of the key or token may not do this, or what is to be changed belongs to none of its desks (`desks`; `needs` says to which it belongs).",
        [404] = "There is nothing at this address.",
        [409] = "It does not go with what is there: something is in use (`uses` says by what), has the name already, or is past the state in which this can be done. Nothing was changed.",
        [412] = "Somebody else has changed it since it was read. Nothing was changed; `current`, `etag` and `difference` say what is there now.",
        [415] = "The body is of a media type that is not taken here.",
        [422] = "The document has errors; each is named by its path. Nothing was changed.",
        [428] = "This takes `If-Match`, and nothing was changed without.",
        [429] = "Too many requests, or too many wrong keys and tokens from this address. `Retry-After` says how many seconds to wait.",
    };

    public static IEnumerable<int> All => Meanings.Keys;

    public static string NameOf(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);

    public static OpenApiResponse Response(int status, OpenApiDocument document) => new()
    {
        Description = Meanings[status],
        Headers = status == StatusCodes.Status429TooManyRequests ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("Seconds to wait.", JsonSchemaType.Integer) } : null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [MediaTypeNames.Application.ProblemJson] = new() { Schema = new OpenApiSchemaReference(WholeDescription.Problem, document), Example = Example(status) },
        },
    };

    public static OpenApiHeader Header(string text, JsonSchemaType type = JsonSchemaType.String) => new() { Description = text, Schema = new OpenApiSchema { Type = type } };

    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document (RFC 9457).",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Identifies the kind of problem."),
            ["title"] = Text("The kind of problem, for people."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong, and what to do."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Every fault, by the path of the field, like `layers[1].rotation.turn`; those of documents begin with their line.",
                AdditionalProperties = Texts(null),
            },
            ["uses"] = Texts("409: by what the thing is used."),
            ["difference"] = Texts("412: what the write would have changed of what is stored now."),
            ["current"] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, Description = "412: what is stored now; null = nothing any more." },
            ["etag"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "412: its `ETag`." },
            ["desks"] = Texts("403: the desks to which the key or token is limited."),
            ["needs"] = Texts("403: what of it lies outside those, and to which desks it belongs."),
            ["traceId"] = Text("Names the request in the service's logs."),
        },
        Required = new HashSet<string> { "title", "status" },
    };

    private static OpenApiSchema Text(string text) => new() { Type = JsonSchemaType.String, Description = text };

    private static OpenApiSchema Texts(string? text) => new() { Type = JsonSchemaType.Array, Description = text, Items = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static JsonNode? Example(int status) => WholeDescription.Examples[NameOf(status)]?.DeepClone();
}
