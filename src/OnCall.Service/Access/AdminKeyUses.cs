using System.Collections.Concurrent;
using NodaTime;
using OnCall.Service.Audit;

namespace OnCall.Service.Access;

/// <summary>Uses of the administrator's key of the settings stand in the audit: one entry for each address and minute. Where none can be written, the key is of no use.</summary>
internal sealed class AdminKeyUses(AuditLog audit, TimeProvider time)
{
    public const string Name = "admin-key";

    private static readonly Duration Often = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Instant> _told = new();

    /// <param name="source">The address from which it is used.</param>
    public async Task NoteAsync(string source, CancellationToken stop)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (_told.TryGetValue(source, out var last) && now - last < Often)
        {
            return;
        }

        await audit.AddAsync(AuditEntry.Of(new Origin(Name, source), now, "admin-key-used", "key admin-key", [Name]), stop);
        _told[source] = now;
    }
}
