using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Audit;
using OnCall.Service.Data;

namespace OnCall.Service.Access;

/// <summary>The API keys in the database. A change is known to this node when it is made, and to the others as soon as they hear of it.</summary>
internal sealed partial class KeyStore(IDbContextFactory<OnCallDb> databases, KnownKeys known, TimeProvider time, ILogger<KeyStore> logger) : IDisposable
{
    /// <summary>Told on this channel when a key was added, renewed or deleted.</summary>
    public const string Channel = "keys_changed";

    private readonly SemaphoreSlim _oneLoad = new(1);
    private readonly SemaphoreSlim _oneNote = new(1);

    /// <summary>Adds a key.</summary>
    /// <returns>The key with its secret, which is shown this once; null = a key has this name already.</returns>
    public async Task<(ApiKeyRow Row, string Secret)?> CreateAsync(KeyWish wish, Origin origin, CancellationToken stop)
    {
        var secret = KeySecret.New();
        var now = time.GetCurrentInstant();
        var row = new ApiKeyRow
        {
            Id = Guid.NewGuid(),
            Name = wish.Name,
            Role = wish.Role,
            Desks = wish.Desks is null ? null : [.. wish.Desks.Distinct()],
            SecretHash = KeySecret.Digest(secret),
            CreatedAt = now,
            CreatedBy = origin.Actor,
            ExpiresAt = wish.Expiry,
        };
        try
        {
            await ChangeAsync(
                db =>
                {
                    db.Add(row);
                    db.Add(AuditEntry.Of(origin, now, "key-created", $"key {row.Name}", Ids(row), after: Shown(row)));
                    return Task.FromResult(true);
                },
                stop);
            return (row, secret);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }
    }

    /// <summary>Gives a key a new secret. The one before stays good for the overlap, but not beyond an expiry that it had.</summary>
    public async Task<KeyRenewal> RenewAsync(Guid id, RenewalWish wish, Origin origin, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        KeyRenewal outcome = new KeyRenewal.NotThere();
        await ChangeAsync(
            async db =>
            {
                // Of two renewals at once the second waits here, and sees the first.
                var rows = await db.Set<ApiKeyRow>().FromSql($"SELECT * FROM api_keys WHERE id = {id} FOR UPDATE").ToListAsync(stop);
                outcome = rows is [var row] ? KeyRenewal.WhyNot(row, wish, now) ?? Renew(db, row, wish, origin, now) : outcome;
                return outcome is KeyRenewal.Done;
            },
            stop);
        return outcome;
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
            var now = time.GetCurrentInstant();
            await ChangeAsync(
                other =>
                {
                    other.Remove(row);
                    other.Add(AuditEntry.Of(origin, now, "key-deleted", $"key {row.Name}", Ids(row), before: Shown(row)));
                    return Task.FromResult(true);
                },
                stop);
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

    /// <summary>Writes down when the keys were last used here; when it returns, what others were just writing stands there, too.</summary>
    public async Task NoteUsesAsync(CancellationToken stop)
    {
        await _oneNote.WaitAsync(stop);
        try
        {
            await WriteUsesAsync(stop);
        }
        finally
        {
            _oneNote.Release();
        }
    }

    public void Dispose()
    {
        _oneLoad.Dispose();
        _oneNote.Dispose();
    }

    private async Task WriteUsesAsync(CancellationToken stop)
    {
        var uses = known.TakeUses();
        if (uses.Count == 0)
        {
            return;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            var (digests, times) = (uses.Select(use => Convert.FromHexString(use.Key)).ToArray(), uses.Select(use => use.Value).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE api_keys SET last_used_at = greatest(last_used_at, used.at), previous_used_at = greatest(previous_used_at, used.previous_at)
                FROM (SELECT k.id, max(u.at) AS at, max(u.at) FILTER (WHERE u.digest = k.previous_hash AND u.at >= k.renewed_at) AS previous_at
                      FROM unnest({digests}, {times}) AS u(digest, at) JOIN api_keys k ON u.digest IN (k.secret_hash, k.previous_hash) GROUP BY k.id) AS used
                WHERE api_keys.id = used.id
                """,
                stop);
        }
        catch
        {
            known.GiveBack(uses);
            throw;
        }
    }

    private static KeyRenewal.Done Renew(OnCallDb db, ApiKeyRow row, RenewalWish wish, Origin origin, Instant now)
    {
        var before = Shown(row);
        var secret = KeySecret.New();
        var end = new[] { now + wish.Overlap, row.ExpiresAt ?? Instant.MaxValue, wish.Expiry ?? Instant.MaxValue }.Min();
        (row.PreviousHash, row.PreviousUntil, row.PreviousUsedAt) = end > now ? (row.SecretHash, end, null) : ((byte[]?)null, (Instant?)null, (Instant?)null);
        (row.SecretHash, row.RenewedAt, row.RenewedBy, row.ExpiresAt) = (KeySecret.Digest(secret), now, origin.Actor, wish.Expiry ?? row.ExpiresAt);
        db.Add(AuditEntry.Of(origin, now, "key-renewed", $"key {row.Name}", Ids(row), before, Shown(row)));
        return new KeyRenewal.Done(row, secret);
    }

    /// <summary>Changes keys, with the audit's entry, and tells every node.</summary>
    /// <param name="change">Says whether anything is to be changed.</param>
    private async Task ChangeAsync(Func<OnCallDb, Task<bool>> change, CancellationToken stop)
    {
        await using (var db = await databases.CreateDbContextAsync(stop))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            if (!await change(db))
            {
                return;
            }

            await db.SaveChangesAsync(stop);
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, '')", stop);
            await transaction.CommitAsync(stop);
        }

        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // It is stored: a failure now must not hide a secret that is shown this once.
            LogNotRead(e);
        }
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "A change of the API keys is stored, and could not be read again: this node goes by it as soon as they are watched again.")]
    private partial void LogNotRead(Exception exception);

    /// <summary>What the audit keeps of a key.</summary>
    private static object Shown(ApiKeyRow row) => new { row.Name, row.Role, row.Desks, row.ExpiresAt, row.RenewedAt, row.PreviousUntil };

    private static string[] Ids(ApiKeyRow row) => [row.Name, row.Id.ToString()];
}
