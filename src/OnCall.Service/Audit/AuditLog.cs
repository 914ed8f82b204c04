using Microsoft.EntityFrameworkCore;
using OnCall.Service.Data;

namespace OnCall.Service.Audit;

/// <summary>Writes down what changes nothing else: a reading, a use. What changes something is written in the transaction that changes it.</summary>
internal sealed class AuditLog(IDbContextFactory<OnCallDb> databases)
{
    public async Task AddAsync(AuditRow entry, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Add(entry);
        await db.SaveChangesAsync(stop);
    }
}
