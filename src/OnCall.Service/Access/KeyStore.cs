using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using OnCall.Service.Audit;
using OnCall.Service.Data;

namespace OnCall.Service.Access;

/// <summary>The API keys in the database. A change is known to this node when it is made, and to the others as soon as they hear of it.</summary>
internal sealed class KeyStore(IDbContextFactory<OnCallDb> databases, KnownKeys known, TimeProvider time) : IDisposable
{
    /// <summary>Told on this channel when a key was added or deleted.</summary>
    public const string Channel = "keys_changed";

    private readonly SemaphoreSlim _oneLoad = new(1);

    /// <summary>Adds a key.</summary>
    /// <returns>The key with its secret, which is shown this once; null = a key has this name already.</returns>
    public async Task<(ApiKeyRow Row, string Secret)?> CreateAsync(KeyWish wish, Origin origin, CancellationToken stop)
    {
        var secret = KeySecret.New();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var row = new ApiKeyRow
        {
            Id = Guid.NewGuid(),
            Name = wish.Name,
            Role = wish.Role,
            Desks = wish.Desks is null ? null : [.. wish.Desks.Distinct()],
            SecretHash = KeySecret.Digest(secret),
            CreatedAt = now,
            CreatedBy = origin.Actor,
            ExpiresAt = wish.Expires,
        };
        try
        {
            await ChangeAsync(db => db.Add(row), AuditEntry.Of(origin, now, "key-created", $"key {row.Name}", [row.Name, row.Id.ToString()], after: Shown(row)), stop);
            return (row, secret);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }
    }

    /// <summary>Deletes a key; from then on it is refused.</summary>
    /// <returns>False = there is none.</returns>
    public async Task<bool> DeleteAsync(Guid id, Origin origin, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await db.Set<ApiKeyRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, stop) is not { } row)
        {
            return false;
        }

        try
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            await ChangeAsync(
                other => other.Remove(row), AuditEntry.Of(origin, now, "key-deleted", $"key {row.Name}", [row.Name, id.ToString()], before: Shown(row)), stop);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was first.
            return false;
        }
    }

    /// <summary>Every key, by name.</summary>
    public async Task<List<ApiKeyRow>> ListAsync(CancellationToken stop)
    {
        await NoteUsesAsync(stop);
        await using var db = await databases.CreateDbContextAsync(stop);
        return [.. (await db.Set<ApiKeyRow>().AsNoTracking().ToListAsync(stop)).OrderBy(row => row.Name, StringComparer.Ordinal)];
    }

    /// <summary>Brings what is known here up to date. One load at a time: an older one must not take the place of a newer one.</summary>
    public async Task RefreshAsync(CancellationToken stop)
    {
        await _oneLoad.WaitAsync(stop);
        try
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            known.Take(await db.Set<ApiKeyRow>().AsNoTracking().ToListAsync(stop));
        }
        finally
        {
            _oneLoad.Release();
        }
    }

    /// <summary>Writes down when the keys were last used here.</summary>
    public async Task NoteUsesAsync(CancellationToken stop)
    {
        var uses = known.TakeUses();
        if (uses.Count == 0)
        {
            return;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            var (ids, times) = (uses.Select(use => use.Key).ToArray(), uses.Select(use => use.Value).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE api_keys SET last_used_at = greatest(last_used_at, used.at) FROM unnest({ids}, {times}) AS used(id, at) WHERE api_keys.id = used.id
                """,
                stop);
        }
        catch
        {
            known.GiveBack(uses);
            throw;
        }
    }

    public void Dispose() => _oneLoad.Dispose();

    private async Task ChangeAsync(Action<OnCallDb> change, AuditRow entry, CancellationToken stop)
    {
        await using (var db = await databases.CreateDbContextAsync(stop))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            change(db);
            db.Add(entry);
            await db.SaveChangesAsync(stop);
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, '')", stop);
            await transaction.CommitAsync(stop);
        }

        await RefreshAsync(CancellationToken.None);
    }

    /// <summary>What the audit keeps of a key.</summary>
    private static object Shown(ApiKeyRow row) => new { row.Name, row.Role, row.Desks, row.ExpiresAt };
}
