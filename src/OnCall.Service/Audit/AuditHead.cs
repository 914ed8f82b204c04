using System.Text.Json;
using OnCall.Service.Data;
using OnCall.Service.Ops;

namespace OnCall.Service.Audit;

/// <summary>The end of the chain at some time. Kept outside the database, it proves that nothing up to there was changed or taken away since.</summary>
/// <param name="Sequence">How many entries the chain had.</param>
/// <param name="Digest">Of its last link, in hexadecimal digits.</param>
internal sealed record AuditHead(long Sequence, string Digest)
{
    /// <summary>Reads what <see cref="WriteAsync"/> wrote; null = it is something else.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<AuditHead?> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditHead>(await File.ReadAllTextAsync(file, stop), StoredJson.Options) is { Sequence: > 0, Digest.Length: 64 } head ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes the place of what the file held, whole or not at all.</summary>
    public Task WriteAsync(string file, CancellationToken stop) => WholeFile.WriteAsync(file, JsonSerializer.Serialize(this, StoredJson.Options), stop);
}
