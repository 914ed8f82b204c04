using System.Text.Json.Nodes;

namespace OnCall.Simulator.Rest;

/// <summary>What the API answers: JSON, or the bytes of a sound, or nothing.</summary>
internal sealed record RestAnswer(int Status, JsonObject? Json = null, byte[]? Bytes = null, string ContentType = "application/json")
{
    public static RestAnswer Ok(JsonObject json) => new(200, json);

    public static RestAnswer Created(JsonObject json) => new(201, json);

    public static RestAnswer Deleted { get; } = new(204);
}
