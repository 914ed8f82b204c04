using System.Text;
using System.Text.Json;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class TwilioSignatureTests
{
    private static readonly List<JsonElement> Vectors = Read();

    public static TheoryData<string> Ids => [.. Vectors.Select(vector => vector.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void IsValid_APublishedVector_IsJudgedAsPublished(string id)
    {
        var vector = Vectors.Single(vector => vector.GetProperty("id").GetString() == id);
        var (url, signature) = (vector.GetProperty("url").GetString()!, vector.GetProperty("signature").GetString()!);
        string[] tokens = ["another-token", vector.GetProperty("auth_token").GetString()!];

        var valid = vector.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String
            ? TwilioSignature.IsValid(url, Encoding.UTF8.GetBytes(body.GetString()!), signature, tokens)
            : TwilioSignature.IsValid(url, TwilioForm.Parse(Encode(vector.GetProperty("params")))!, signature, tokens);

        valid.ShouldBe(vector.GetProperty("expect_valid").GetBoolean());
    }

    [Fact]
    public void Vectors_AreAllThere() => Vectors.Count.ShouldBe(48);

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void IsValid_WhatIsNoSignature_IsFalse(string signature) =>
        TwilioSignature.IsValid("https://oncall.example.org/", TwilioForm.Empty, signature, ["token"]).ShouldBeFalse();

    [Fact]
    public void IsValid_ABodyThatWasChanged_IsFalse()
    {
        var vector = Vectors.Single(vector => vector.GetProperty("id").GetString() == "json-body");

        TwilioSignature.IsValid(
            vector.GetProperty("url").GetString()!, "{}"u8, vector.GetProperty("signature").GetString()!, ["12345"]).ShouldBeFalse();
    }

    private static List<JsonElement> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Twilio", "signature-vectors.json")));
        return [.. file.RootElement.Clone().GetProperty("vectors").EnumerateArray()];
    }

    private static string Encode(JsonElement fields) => string.Join('&', fields.EnumerateObject().SelectMany(
        field => field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray().Select(value => Pair(field.Name, value)) : [Pair(field.Name, field.Value)]));

    private static string Pair(string name, JsonElement value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.GetString() ?? "").Replace("%20", "+", StringComparison.Ordinal)}";
}
