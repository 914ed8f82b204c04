using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnCall.Service.Access;

namespace OnCall.Service.OpenApi;

/// <summary>What the description says of one endpoint: its note (<see cref="ApiNote"/>), who may call it, its headers and its refusals.</summary>
internal sealed class OperationDescription : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var note = endpoint.OfType<ApiNote>().LastOrDefault() ?? throw new InvalidOperationException($"No note describes {context.Description.HttpMethod} {context.Description.RelativePath}.");
        var policy = endpoint.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>().Last();
        operation.OperationId = note.Id;
        operation.Summary = note.Summary;
        operation.Description = string.Join(" ", new[] { note.Details, $"Takes a key or a token with the role {string.Join(" or ", Roles.ThatSatisfy[policy].Select(role => $"`{role}`"))}." }.OfType<string>());
        operation.Security =
        [
            .. new[] { WholeDescription.KeyScheme, WholeDescription.TokenScheme }
                .Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [.. Roles.ThatSatisfy[policy]] }),
        ];
        Parameterise(operation, note, isRead: context.Description.HttpMethod == HttpMethods.Get);
        AddBody(operation, note, context.Document!);
        operation.Responses = new OpenApiResponses { [$"{note.Status}"] = Answer(note, operation.Responses, context.Document!) };
        AddOthers(operation.Responses, note, isRead: context.Description.HttpMethod == HttpMethods.Get);
        foreach (var status in RefusalsOf(note, context.Description.RelativePath!))
        {
            operation.Responses.Add($"{status}", new OpenApiResponseReference(Refusals.NameOf(status), context.Document));
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> RefusalsOf(ApiNote note, string path)
    {
        int[] usual = [400, 401, 403, 429];
        return usual.Concat(path.Contains('{', StringComparison.Ordinal) && !note.MayCreate ? [404] : []).Concat(note.Refusals).Distinct().Order();
    }

    private static void AddOthers(OpenApiResponses responses, ApiNote note, bool isRead)
    {
        if (note.MayCreate)
        {
            var made = (OpenApiResponse)responses[$"{note.Status}"];
            responses.Add("201", new OpenApiResponse { Description = "It was not there, and is made.", Content = made.Content, Headers = made.Headers });
        }

        if (note.HasTag && isRead)
        {
            responses.Add("304", new OpenApiResponse { Description = "As it was when it had the tag that `If-None-Match` gives." });
        }
    }

    private static void Parameterise(OpenApiOperation operation, ApiNote note, bool isRead)
    {
        operation.Parameters = [.. (operation.Parameters ?? []).Where(parameter => !note.Hides.Contains(parameter.Name))];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            // Names of a query do not tell capitals apart; those that are described begin small.
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            var (text, format, example) = Parameters.Of(parameter.Name, parameter.In == ParameterLocation.Path);
            parameter.Description = text;
            parameter.Example = example;
            if (parameter.Schema is OpenApiSchema schema)
            {
                schema.Format = format ?? schema.Format;
            }
        }

        if (note.IsConditional)
        {
            operation.Parameters.Add(Header("If-Match", "The `ETag` that was read: the write is done only while that is what is stored; else 412.", "\"5f2b8c0d9e1a4b7c6d3e\""));
            operation.Parameters.Add(Header("If-None-Match", "`*`: the write is done only while nothing is stored; else 412.", "*"));
        }

        if (note.HeedsTagOf is { } what)
        {
            operation.Parameters.Add(Header("If-Match", $"The `ETag` of {what} that was read: it is done only while that is what is stored; else 412.", "\"5f2b8c0d9e1a4b7c6d3e\""));
        }

        if (note.HasTag && isRead)
        {
            operation.Parameters.Add(Header("If-None-Match", "The `ETag` that was read: 304 while nothing has changed.", "\"5f2b8c0d9e1a4b7c6d3e\""));
        }

        if (note.IsIdempotent)
        {
            operation.Parameters.Add(Header("Idempotency-Key", "Any name of this request, at most 100 characters: sent again with the same one, it does nothing more.", "7d5c1f9e-close-4821"));
        }
    }

    private static OpenApiParameter Header(string name, string text, string example) =>
        new() { Name = name, In = ParameterLocation.Header, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };

    private static void AddBody(OpenApiOperation operation, ApiNote note, OpenApiDocument document)
    {
        if (note.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = body.Types.ToDictionary(type => type, type => new OpenApiMediaType { Schema = SchemaOf(body, type, document) }),
            };
        }
    }

    private static IOpenApiSchema SchemaOf(ApiBody body, string type, OpenApiDocument document) => body.Schema is { } name && !type.StartsWith("text/", StringComparison.Ordinal)
        ? new OpenApiSchemaReference(name, document)
        : new OpenApiSchema { Type = JsonSchemaType.String };

    private static OpenApiResponse Answer(ApiNote note, OpenApiResponses? made, OpenApiDocument document)
    {
        var response = new OpenApiResponse { Description = note.Answer is null ? "Done." : "The answer." };
        if (note.Answer is ApiContent.Of)
        {
            response.Content = ((OpenApiResponse)made![$"{note.Status}"]).Content;
        }
        else if (note.Answer is { } answer)
        {
            var types = answer is ApiContent.Thing { Types: [_, ..] some } ? some : [MediaTypeNames.Application.Json];
            response.Content = types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = SchemaOf(answer, document) });
        }

        if (note.HasTag)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = Refusals.Header("Changes with what is said here, and with nothing else.") };
        }

        return response;
    }

    private static IOpenApiSchema SchemaOf(ApiContent answer, OpenApiDocument document) => answer switch
    {
        ApiContent.Thing thing => new OpenApiSchemaReference(thing.Schema, document),
        ApiContent.ThingWithChanges thing => new OpenApiSchema { AllOf = [new OpenApiSchemaReference(thing.Schema, document), Changes(document), Warnings()] },
        ApiContent.Changes => Changes(document),
        ApiContent.Page page => Page(page, document),
        _ => throw new InvalidOperationException($"Content of an unknown kind: {answer}"),
    };

    private static OpenApiSchema Changes(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["changed"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "What it changes on the timeline, from now on, or from its start where that is to come; 400 days of it.",
                Items = new OpenApiSchemaReference("Changed", document),
            },
        },
        Required = new HashSet<string> { "changed" },
    };

    private static OpenApiSchema Warnings() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["warnings"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "Which overrides have no effect by it, or hold although their adviser is away.",
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        },
        Required = new HashSet<string> { "warnings" },
    };

    private static OpenApiSchema Page(ApiContent.Page page, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            [page.List] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(page.Schema, document) },
            ["next"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "What `after` takes for the next page; null = this is the last one." },
        },
        Required = new HashSet<string> { page.List, "next" },
    };
}
