using Microsoft.AspNetCore.OpenApi;
using Scalar.AspNetCore;

namespace OnCall.Service.OpenApi;

/// <summary>The description of the admin API: <c>GET /openapi/v1.json</c> (OpenAPI 3.1) for tools, <c>/reference</c> for people. Both tell nothing that is not in the source, so nobody needs a key.</summary>
internal static class OpenApiRoom
{
    private const string Version = "v1";
    private const string Api = "api/v1/";

    /// <summary>Types are named in the description by what they are, not by what they are for.</summary>
    private static readonly string[] Endings = ["Answer", "View", "Json"];

    public static void AddApiDescription(this IHostApplicationBuilder builder)
    {
        // Numbers are numbers: the description would else have to say that text with digits will do, too.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict);
        builder.Services.AddOpenApi(Version, api =>
        {
            api.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Api, StringComparison.Ordinal) == true;
            api.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
                ? Endings.Where(name.EndsWith).Select(ending => name[..^ending.Length]).FirstOrDefault(name)
                : null;
            api.AddDocumentTransformer<WholeDescription>();
            api.AddOperationTransformer<OperationDescription>();
        });
    }

    public static void MapApiDescription(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();

        // Everything that the page needs comes from here: no script, font or word of what is tried goes to anybody else.
        app.MapScalarApiReference("/reference", page => page
            .WithTitle("OnCall: the admin API")
            .WithDynamicBaseServerUrl()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .AddPreferredSecuritySchemes(WholeDescription.KeyScheme)).AllowAnonymous();
    }
}
