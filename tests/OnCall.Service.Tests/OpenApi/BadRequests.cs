using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>Makes requests out of the description of the API, each with a fault for which it must be refused. The same seed makes the same request.</summary>
internal sealed class BadRequests
{
    private const string Json = "application/json";
    private const int StrangersEvery = 10;

    /// <summary>The fault that nothing of the address is there; with every other one it is.</summary>
    public const string OfNothing = "of nothing that is there";

    private static readonly string[] OtherTypes = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "json", "application/json5", ""];

    private static readonly byte[][] BrokenBytes = [[0xff, 0xfe, 0x7b, 0x7d], [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d], [0xed, 0xa0, 0x80], [0x00], [0xf8, 0x88, 0x80, 0x80, 0x80], [0x7b, 0x22, 0x61, 0x22, 0x3a]];

    private readonly Schemas _schemas;
    private readonly List<Operation> _operations;
    private readonly List<Operation> _withBody;
    private readonly ConcurrentDictionary<string, byte[]> _goodBodies = new();

    public BadRequests(JsonNode description)
    {
        _schemas = new Schemas(description);
        _operations = [.. from path in description["paths"]!.AsObject() from operation in path.Value!.AsObject() select new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!)];
        _withBody = [.. _operations.Where(operation => operation.Type is not null)];
    }

    public BadRequest Of(int seed)
    {
        var random = new Random(seed);
        var operation = _operations[random.Next(_operations.Count)];
        if (operation.Type is null && random.Next(2) == 0)
        {
            // More can be wrong where something is sent.
            operation = _withBody[random.Next(_withBody.Count)];
        }

        var ways = Ways(operation, random).ToList();
        var way = ways.Count == 0 || random.Next(StrangersEvery) == 0 ? Stranger(operation, random) : ways[random.Next(ways.Count)]();
        return way with { Seed = seed };
    }

    private BadRequest Good(Operation operation, Random random, string fault) =>
        new(0, fault, operation.Method, operation.Address(random, good: true), operation.Roles[^1]) { Body = GoodBody(operation), Type = operation.Type };

    /// <summary>Right in all but who asks.</summary>
    private BadRequest Stranger(Operation operation, Random random) => operation.Roles.Contains(Service.Access.Roles.Reader) || random.Next(2) == 0
        ? Good(operation, random, "without a key") with { Role = null }
        : Good(operation, random, "of a reader") with { Role = Service.Access.Roles.Reader };

    private IEnumerable<Func<BadRequest>> Ways(Operation operation, Random random)
    {
        BadRequest Good(string fault) => this.Good(operation, random, fault);
        if (operation.Path.Contains('{', StringComparison.Ordinal))
        {
            yield return () => Good(OfNothing) with { Address = operation.Address(random, good: false) };
        }

        foreach (var (name, values) in operation.BadQueries())
        {
            yield return () => Good($"with a wrong {name}") with { Address = $"{operation.Address(random, good: true)}?{name}={Uri.EscapeDataString(Wellformed(values[random.Next(values.Length)]))}" };
        }

        if (operation.IsConditional)
        {
            yield return () => Good("with a condition that is not met") with { Header = ("If-Match", random.Next(2) == 0 ? "\"stale\"" : "not a tag") };
        }

        if (operation.Type is not null)
        {
            foreach (var way in BodyWays(operation, random, Good))
            {
                yield return way;
            }
        }
    }

    private IEnumerable<Func<BadRequest>> BodyWays(Operation operation, Random random, Func<string, BadRequest> good)
    {
        var bodies = new BadBodies(_schemas, random);
        for (var times = 0; times < 4; times++)
        {
            yield return () =>
            {
                var (body, fault) = bodies.Of(operation.Schema!);
                return good(fault) with { Body = Bytes(body) };
            };
        }

        yield return () => good("with no object") with { Body = Bytes(bodies.NoObject()) };
        yield return () => good("of another media type") with { Type = OtherTypes[random.Next(OtherTypes.Length)] };
        yield return () => good("with broken bytes") with { Body = BrokenBytes[random.Next(BrokenBytes.Length)] };
        yield return () => good("cut off") with { Body = GoodBody(operation)![..random.Next(1, GoodBody(operation)!.Length - 1)] };
        yield return () => good("too deep") with { Body = Encoding.UTF8.GetBytes(new string('[', 50 + random.Next(5000))) };
        yield return () => good("with a text that is no text") with { Body = Encoding.UTF8.GetBytes("{\"id\":\"\\ud83d\",\"name\":\"\\udc00\"}") };
        if (random.Next(100) == 0)
        {
            yield return () => good("much too long") with { Body = Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('n', 4_500_000)}") };
        }
    }

    private byte[]? GoodBody(Operation operation) => operation.Schema is null ? null : _goodBodies.GetOrAdd(operation.Schema, name => Bytes(_schemas.ExampleOf(name)));

    private static byte[] Bytes(JsonNode? body) => Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null");

    public static string Wellformed(string text) => string.Concat(text.EnumerateRunes());

    /// <summary>One operation of the description.</summary>
    private sealed class Operation(string method, string path, JsonNode node)
    {
        private static readonly string[] BadNumbers = ["abc", "0", "-1", "501", "1.5", "99999999999999999999", "１"];
        private static readonly string[] BadFlags = ["maybe", "2", "yes!"];
        private static readonly string[] BadWords = [.. HostileText.All.Where(text => text.Length > 0)];
        private static readonly string[] InPaths = [.. BadWords.Where(text => text.Length < 1000 && !text.Contains('/', StringComparison.Ordinal)), new('é', 300)];
        private static readonly string[] BadTimes = [.. BadWords, "2026-11-26", "2026-11-26T09:00:00", "1989-12-31T00:00:00Z", "2201-01-01T00:00:00Z"];

        public string Method => method;

        public string Path => path;

        public IReadOnlyList<string> Roles { get; } = [.. node["security"]![0]!["key"]!.AsArray().Select(role => role!.GetValue<string>())];

        public bool IsConditional => Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "If-Match");

        /// <summary>The media type that it takes as JSON.</summary>
        public string? Type { get; } = node["requestBody"]?["content"]?.AsObject().Select(content => content.Key).First(type => type.EndsWith("json", StringComparison.Ordinal));

        public string? Schema => Type is null ? null : node["requestBody"]!["content"]![Type]!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];

        private IEnumerable<JsonNode> Parameters => node["parameters"]?.AsArray().Select(parameter => parameter!) ?? [];

        public string Address(Random random, bool good)
        {
            var address = path;
            foreach (var parameter in Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "path"))
            {
                var name = parameter["name"]!.GetValue<string>();
                address = address.Replace($"{{{name}}}", good ? KnownIds.Of(path, name, random) : Uri.EscapeDataString(Missing(random)), StringComparison.Ordinal);
            }

            return address;
        }

        public IEnumerable<(string Name, string[] Values)> BadQueries()
        {
            foreach (var parameter in Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "query"))
            {
                var name = parameter["name"]!.GetValue<string>();
                var type = $"{parameter["schema"]!["type"]} {parameter["schema"]!["format"]}".Trim();
                if ((type, name) is ("integer int32", _))
                {
                    yield return (name, BadNumbers);
                }
                else if (type is "boolean")
                {
                    yield return (name, BadFlags);
                }
                else if (type is "string date-time" || name is "effective" or "state")
                {
                    yield return (name, type is "string date-time" ? BadTimes : BadWords);
                }
            }
        }

        private static string Missing(Random random)
        {
            return $"no-{Wellformed(InPaths[random.Next(InPaths.Length)])}?";
        }
    }
}
