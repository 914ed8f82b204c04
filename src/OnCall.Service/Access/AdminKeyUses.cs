using NodaTime.Extensions;
using OnCall.Service.Audit;

namespace OnCall.Service.Access;

/// <summary>Uses of the administrator's key of the settings stand in the audit, each. Where one cannot be written, the key is of no use.</summary>
internal sealed class AdminKeyUses(AuditLog audit, TimeProvider time)
{
    public const string Name = "admin-key";

    /// <param name="source">The address from which it is used.</param>
    public Task NoteAsync(string source, CancellationToken stop) =>
        audit.AddAsync(AuditEntry.Of(new Origin(Name, source), time.GetCurrentInstant(), "admin-key-used", "key admin-key", [Name]), stop);
}
