using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OnCall.Service.OpenApi;

/// <summary>What the description says once for every endpoint: how to come in, what errors look like, what the rota document holds.</summary>
internal sealed class WholeDescription : IOpenApiDocumentTransformer
{
    /// <summary>The name of one way in: an API key.</summary>
    public const string KeyScheme = "key";

    /// <summary>The name of the other one: the token of an OpenID provider.</summary>
    public const string TokenScheme = "token";

    public const string Problem = "Problem";

    public static JsonObject Examples { get; } = Read("api-examples.json");

    private static readonly (string Tag, string Text)[] Tags =
    [
        ("Duty", "Who is on duty, when, and why."),
        ("Rotas", "The book of rotas, thing by thing, in the shapes of the rota document."),
        ("Documents", "The whole book as one document; its revisions, and the way back."),
        ("Enquiries", "Officers' requests for advice, with their timeline."),
        ("Calendars", "Secret addresses that people's calendar programs read."),
        ("Keys", "API keys: one for each person or system."),
        ("Audit", "Who did what, when, from where; chained and provable."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "OnCall: the admin API", Version = "v1", Description = Introduction.Text };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Tag, Description = tag.Text }).ToHashSet();
        document.AddComponent(TokenScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token of an OpenID provider that the service is set to take: `Authorization: Bearer eyJ…`. Its claims say which of the roles it has.",
        });
        document.AddComponent(KeyScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key: `Authorization: Bearer oncall_…`. The roles that an endpoint takes are named in its `security`.",
        });
        document.AddComponent(Problem, Refusals.Schema());
        DocumentSchemas.AddTo(document, Examples);
        foreach (var status in Refusals.All)
        {
            document.AddComponent(Refusals.NameOf(status), Refusals.Response(status, document));
        }

        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (schema is OpenApiSchema { Examples: null } own && Examples[name] is { } example)
            {
                own.Examples = [example.DeepClone()];
            }
        }

        return Task.CompletedTask;
    }

    private static JsonObject Read(string name)
    {
        using var stream = typeof(WholeDescription).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
