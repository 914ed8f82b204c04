using System.Text.Json.Nodes;
using Json.Schema;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>The schemas of a description, by which a value can be judged.</summary>
internal sealed class Schemas
{
    private readonly JsonObject _all;
    private readonly Dictionary<string, JsonSchema> _compiled = [];

    public Schemas(JsonNode description) =>
        _all = JsonNode.Parse(description["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();

    public IEnumerable<string> Names => _all.Select(schema => schema.Key);

    public JsonNode? ExampleOf(string name) => _all[name]!["examples"]?[0];

    public JsonNode Of(string name) => _all[name]!;

    /// <summary>What is wrong with a value; empty = it fits.</summary>
    public IReadOnlyList<string> Faults(string name, JsonNode? value)
    {
        var result = Compiled(name).Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. result.Details.Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("does not fit")];
    }

    private JsonSchema Compiled(string name)
    {
        if (!_compiled.TryGetValue(name, out var schema))
        {
            schema = JsonSchema.FromText(new JsonObject { ["$ref"] = $"#/$defs/{name}", ["$defs"] = _all.DeepClone() }.ToJsonString());
            _compiled.Add(name, schema);
        }

        return schema;
    }
}
