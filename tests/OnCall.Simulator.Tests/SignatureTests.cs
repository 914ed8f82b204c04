using System.Text.Json;
using System.Text.Json.Nodes;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Tests;

/// <summary>Vectors published in Twilio's documentation and in the tests of its SDKs.</summary>
public sealed class SignatureTests
{
    public static TheoryData<string> Ids => [.. Vectors().Select(v => (string)v["id"]!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Of_PublishedVector_IsThePublishedSignature(string id)
    {
        var vector = Vectors().Single(v => (string)v["id"]! == id);
        var parameters = new Parameters(vector["params"]!.AsObject().SelectMany(p => p.Value is JsonArray many
            ? many.Select(v => KeyValuePair.Create(p.Key, (string)v!))
            : [KeyValuePair.Create(p.Key, (string?)p.Value ?? "")]));

        Signature.Of((string)vector["authToken"]!, (string)vector["url"]!, parameters).ShouldBe((string)vector["signature"]!);
    }

    [Fact]
    public void Of_AddressWithFragment_IgnoresTheFragment() =>
        Signature.Of("12345", "https://example.com/a?b=1#rc=2").ShouldBe(Signature.Of("12345", "https://example.com/a?b=1"));

    private static JsonNode[] Vectors() =>
        JsonSerializer.Deserialize<JsonNode[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "signatures.json")))!;
}
