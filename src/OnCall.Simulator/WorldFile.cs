using System.Text.Json;
using OnCall.Simulator.Page;

namespace OnCall.Simulator;

/// <summary>The numbers and phones that the program starts with.</summary>
internal sealed record WorldFile(WorldFile.OwnNumber[]? Numbers, WorldFile.Handset[]? Phones)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="JsonException">The file is not of this shape.</exception>
    public static WorldFile Read(FileInfo file) =>
        JsonSerializer.Deserialize<WorldFile>(File.ReadAllText(file.FullName), Json) ?? throw new JsonException($"{file.Name} is empty.");

    public void Furnish(TwilioSimulator simulator)
    {
        foreach (var n in Numbers ?? [])
        {
            simulator.AddNumber(n.Number, n.VoiceUrl, n.SmsUrl, n.VoiceFallbackUrl, n.SmsFallbackUrl, n.StatusCallback, n.Name ?? "");
        }

        foreach (var p in Phones ?? [])
        {
            var phone = simulator.Phone(p.Number);
            (phone.Name, phone.Role, phone.Script) = (p.Name ?? "", p.Role ?? "", CalleeModes.Read(p.Mode ?? "manual"));
        }
    }

    internal sealed record OwnNumber(string Number, string? Name, string? VoiceUrl, string? SmsUrl, string? VoiceFallbackUrl, string? SmsFallbackUrl, string? StatusCallback);

    internal sealed record Handset(string Number, string? Name, string? Role, string? Mode);
}
