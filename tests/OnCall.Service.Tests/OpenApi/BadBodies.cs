using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>Makes of a value that fits a schema one that does not, by one fault in one place. Where any text is taken there may stand any.</summary>
internal sealed class BadBodies(Schemas schemas, Random random)
{
    private const int Hostile = 3;

    /// <summary>What JSON can carry.</summary>
    private static readonly string[] Harmless = [.. HostileText.All.Where(text => !IsLoneSurrogate(text))];

    /// <summary>By pattern those that it refuses. $ of .NET lets a line end pass.</summary>
    private static readonly ConcurrentDictionary<string, string[]> BadTexts = new();

    /// <returns>The value and what is wrong with it.</returns>
    public (JsonNode? Body, string Fault) Of(string name)
    {
        var body = schemas.ExampleOf(name)!.DeepClone();
        var places = new List<Place>();
        Walk(body, schemas.Of(name), "", places);
        foreach (var place in places.Where(place => IsFreeText(place.Schema) && random.Next(Hostile) == 0))
        {
            place.Put(JsonValue.Create(Harmless[random.Next(Harmless.Length)]));
        }

        if (body is JsonObject whole && schemas.Of(name)["additionalProperties"] is JsonValue && random.Next(8) == 0)
        {
            whole["surprise"] = 1;
            return (body, "has an unknown key");
        }

        var faulty = places[random.Next(places.Count)];
        var (change, fault) = Fault(faulty);
        change();
        return (body, $"{faulty.Path} {fault}");
    }

    /// <summary>What is no object at all.</summary>
    public JsonNode? NoObject() => random.Next(5) switch
    {
        0 => null,
        1 => new JsonArray(new JsonObject()),
        2 => JsonValue.Create(HostileText.All[random.Next(HostileText.All.Count)]),
        3 => JsonValue.Create(random.NextDouble()),
        _ => JsonValue.Create(true),
    };

    private (Action Change, string Fault) Fault(Place place)
    {
        var faults = new List<(Action, string)>();
        void Add(string fault, JsonNode? value) => faults.Add((() => place.Put(value), fault));
        var type = TypeOf(place.Schema);
        Add("is of a wrong type", type is "object" ? new JsonArray() : new JsonObject { ["x"] = 1 });
        Add("is of a wrong type", type is "array" ? JsonValue.Create("x") : new JsonArray(new JsonArray()));
        if (place.Remove is { } remove)
        {
            faults.Add((remove, "is missing"));
            Add("is null", null);
        }

        if (type == "object" && place.Schema["additionalProperties"] is JsonValue)
        {
            faults.Add((() => place.Value!.AsObject()[random.Next(2) == 0 ? "surprise" : HostileText.All[random.Next(HostileText.All.Count)] + "?"] = 1, "has an unknown key"));
        }

        if (type is "integer" or "boolean")
        {
            Add("is no such value", JsonValue.Create("1"));
            Add("is no such value", JsonValue.Create(1e30));
        }

        foreach (var (limit, beyond) in new[] { ("minimum", -1L), ("maximum", 1L) }.Where(limit => place.Schema[limit.Item1] is not null))
        {
            Add("is out of range", JsonValue.Create(place.Schema[limit]!.GetValue<long>() + beyond));
        }

        if (place.Schema["maxLength"]?.GetValue<int>() is { } longest)
        {
            Add("is too long", JsonValue.Create(new string('z', longest + 1)));
        }

        if (BadText(place.Schema) is { } text)
        {
            Add("is badly formed", JsonValue.Create(text));
            Add("is badly formed", JsonValue.Create(new string('z', 10_000)));
        }

        return faults[random.Next(faults.Count)];
    }

    private string? BadText(JsonNode schema)
    {
        if (schema["enum"] is not null)
        {
            return "none-of-these";
        }

        if (schema["pattern"]?.GetValue<string>() is not { } pattern)
        {
            return null;
        }

        var bad = BadTexts.GetOrAdd(pattern, known => [.. Harmless.Where(text => !Regex.IsMatch(text, known.Replace("$", @"\z", StringComparison.Ordinal), RegexOptions.None, TimeSpan.FromSeconds(1)))]);
        return bad[random.Next(bad.Length)];
    }

    private static bool IsLoneSurrogate(string text) => text is ['\ud83d'] or ['\udc00', ..];

    private static bool IsFreeText(JsonNode schema) => TypeOf(schema) == "string" && schema["pattern"] is null && schema["enum"] is null;

    private static string? TypeOf(JsonNode schema) => schema["type"] is JsonArray types ? types.Select(type => type!.GetValue<string>()).First(type => type != "null") : schema["type"]?.GetValue<string>();

    private void Walk(JsonNode? value, JsonNode schema, string path, List<Place> places)
    {
        schema = Resolved(schema);
        if (value is JsonObject map && schema["properties"] is JsonObject properties)
        {
            var required = schema["required"]?.AsArray().Select(key => key!.GetValue<string>()).ToHashSet() ?? [];
            foreach (var (key, child) in map.ToList().Where(pair => properties.ContainsKey(pair.Key)))
            {
                var below = Resolved(properties[key]!);
                places.Add(new Place($"{path}.{key}", child, below, node => map[key] = node, required.Contains(key) ? () => map.Remove(key) : null));
                Walk(child, below, $"{path}.{key}", places);
            }
        }
        else if (value is JsonArray list && schema["items"] is { } items)
        {
            for (var index = 0; index < list.Count; index++)
            {
                var at = index;
                places.Add(new Place($"{path}[{at}]", list[at], Resolved(items), node => list[at] = node, null));
                Walk(list[at], items, $"{path}[{at}]", places);
            }
        }
    }

    private JsonNode Resolved(JsonNode schema) => schema["$ref"] is { } reference ? schemas.Of(reference.GetValue<string>().Split('/')[^1]) : schema;

    /// <param name="Remove">Takes it out, where it must be there.</param>
    private sealed record Place(string Path, JsonNode? Value, JsonNode Schema, Action<JsonNode?> Put, Action? Remove);
}
