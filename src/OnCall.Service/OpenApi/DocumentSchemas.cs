using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.OpenApi;

/// <summary>The schemas of what the rota document holds, taken from its readers: what is described is what is read.</summary>
internal sealed class DocumentSchemas
{
    /// <summary>What a name ends with of which the address says the id: there it may be left out.</summary>
    public const string AtItsAddress = "AtItsAddress";

    /// <summary>What a name ends with of a merge patch: nothing must be there, and null takes away.</summary>
    public const string Patch = "Patch";

    private static readonly (string Name, string Section)[] Things =
    [
        ("Adviser", "advisers"), ("Coordinator", "coordinators"), ("Desk", "desks"), ("Rota", "rotas"), ("Absence", "absences"),
        ("Policy", "policies"), ("Line", "lines"), ("Force", "forces"), ("Blocked", "blocked"),
    ];

    private readonly OpenApiDocument _document;
    private readonly JsonObject _examples;
    private readonly Dictionary<Shape, string> _names;

    private DocumentSchemas(OpenApiDocument document, JsonObject examples)
    {
        (_document, _examples) = (document, examples);
        _names = Things.ToDictionary(thing => DocumentShape.ItemOf(thing.Section), thing => thing.Name, ReferenceEqualityComparer.Instance as IEqualityComparer<Shape>);
        var rota = (Shape.Map)DocumentShape.ItemOf("rotas");
        _names.Add(((Shape.List)DocumentShape.Of(rota, "layers")).Items, "Layer");
        _names.Add(((Shape.List)DocumentShape.Of(rota, "overrides")).Items, "Override");
        _names.Add(DocumentShape.Document, "RotaDocument");
    }

    /// <summary>Adds a schema for each thing, and where it has an address of its own another one for what is sent there.</summary>
    public static void AddTo(OpenApiDocument document, JsonObject examples)
    {
        var schemas = new DocumentSchemas(document, examples);
        foreach (var (shape, name) in schemas._names)
        {
            schemas.Add(name, (Shape.Map)shape);
        }

        foreach (var kind in Rotas.Resource.Kinds)
        {
            var shape = (Shape.Map)DocumentShape.ItemOf(kind.Section);
            var keys = shape.Keys.Select(key => key.Name == kind.Key ? key with { IsRequired = false, What = "as in the address; may be left out" } : key);
            schemas.Add(schemas._names[shape] + AtItsAddress, new Shape.Map([.. keys]), schemas._names[shape]);
            schemas.AddPatch(schemas._names[shape] + Patch, shape);
        }
    }

    /// <summary>The name of the schema of a section's things.</summary>
    public static string NameOf(string section) => Things.First(thing => thing.Section == section).Name;

    private void Add(string name, Shape.Map shape, string? example = null)
    {
        var schema = Map(shape);
        schema.Examples = _examples[example ?? name] is { } known ? [known.DeepClone()] : null;
        _document.AddComponent(name, schema);
    }

    private void AddPatch(string name, Shape.Map shape)
    {
        Add(name, new Shape.Map([.. shape.Keys.Select(key => key with { IsRequired = false })]));
        foreach (var property in ((OpenApiSchema)_document.Components!.Schemas![name]).Properties!.Values.OfType<OpenApiSchema>())
        {
            property.Type |= JsonSchemaType.Null;
            property.Enum?.Add(JsonNullSentinel.JsonNull);
        }
    }

    private OpenApiSchema Map(Shape.Map map)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(), Required = new HashSet<string>(), AdditionalPropertiesAllowed = false };
        foreach (var key in map.Keys)
        {
            schema.Properties.Add(key.Name, WithText(Of(key.Shape), key.What));
            if (key.IsRequired)
            {
                schema.Required.Add(key.Name);
            }
        }

        return schema;
    }

    private IOpenApiSchema Of(Shape shape) => _names.TryGetValue(shape, out var name) ? new OpenApiSchemaReference(name, _document) : shape switch
    {
        Shape.Text text => TextForms.Of(text.Form),
        Shape.Choice choice => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. choice.Words.Select(word => (JsonNode)word)] },
        Shape.Whole whole => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = $"{whole.Least}", Maximum = $"{whole.Most}" },
        Shape.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        Shape.List list => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(list.Items), MinItems = list.MayBeEmpty ? null : 1 },
        Shape.Table table => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(table.Values), MinProperties = 1 },
        Shape.Map map => Map(map),
        _ => throw new InvalidOperationException($"A shape of an unknown kind: {shape}"),
    };

    private static IOpenApiSchema WithText(IOpenApiSchema schema, string what)
    {
        if (schema is OpenApiSchema own && what.Length > 0)
        {
            // Where null means something, the sentence says what.
            own.Type = what.Contains("null =", StringComparison.Ordinal) ? own.Type | JsonSchemaType.Null : own.Type;
            own.Description = char.ToUpperInvariant(what[0]) + what[1..] + ".";
        }

        return schema;
    }
}
