using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OnCall.Service.Data;

namespace OnCall.Service.Audit;

/// <summary>
/// The chain over the audit. Entries are written without waiting for each other; afterwards they are sealed in batches, in the order in which they are found,
/// by one node at a time. An entry that was sealed cannot be changed, moved or taken away without a link that no longer fits.
/// </summary>
internal sealed class AuditChain(IDbContextFactory<OnCallDb> databases)
{
    public const int LargestBatch = 500;

    /// <summary>Any number that nothing else locks.</summary>
    private const long SealLock = 0x6f6e63616c6c_02;

    /// <summary>How far behind the newest sealed entry one may appear that was written in a slow transaction.</summary>
    private const long LookBehind = 10_000;

    /// <summary>How long it may take to look through an audit of years.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(10);

    /// <summary>Seals what is not sealed yet, at most <see cref="LargestBatch"/> entries.</summary>
    /// <param name="everywhere">Looks through the whole audit; else only at what is new, which is quick.</param>
    /// <returns>How many were sealed.</returns>
    public async Task<int> SealAsync(bool everywhere, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (everywhere)
        {
            db.Database.SetCommandTimeout(LongestLook);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({SealLock}) AS \"Value\"").SingleAsync(stop))
        {
            // Another node is at it.
            return 0;
        }

        var last = await LastAsync(db, stop);
        var entries = await Unsealed(db, everywhere ? 0 : await db.Set<AuditSealRow>().MaxAsync(link => (long?)link.AuditId, stop) - LookBehind ?? 0)
            .OrderBy(row => row.Id).Take(LargestBatch).AsNoTracking().ToListAsync(stop);
        var (sequence, digest) = (last?.Sequence ?? 0, last?.Digest ?? AuditDigest.Start);
        foreach (var row in entries)
        {
            var content = AuditDigest.Content(row) ?? new byte[AuditDigest.Start.Length];
            digest = AuditDigest.Link(digest, ++sequence, row, content);
            db.Add(new AuditSealRow { Sequence = sequence, AuditId = row.Id, Content = content, Digest = digest });
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return entries.Count;
    }

    /// <summary>The last link; null = nothing is sealed yet.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await LastAsync(db, stop) is { } last ? new AuditHead(last.Sequence, Convert.ToHexStringLower(last.Digest)) : null;
    }

    /// <summary>Whether the chain still goes through a head of before.</summary>
    public async Task<bool> GoesThroughAsync(AuditHead head, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var digest = Convert.FromHexString(head.Digest);
        return await db.Set<AuditSealRow>().AnyAsync(link => link.Sequence == head.Sequence && link.Digest == digest, stop);
    }

    public async Task<int> CountUnsealedAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.SetCommandTimeout(LongestLook);
        return await Unsealed(db, 0).CountAsync(stop);
    }

    /// <summary>Every link in its order, with its entry; null = the entry is gone.</summary>
    public async IAsyncEnumerable<(AuditSealRow Link, AuditRow? Entry)> LinksAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.SetCommandTimeout(LongestLook);
        var links = db.Set<AuditSealRow>().AsNoTracking().OrderBy(link => link.Sequence)
            .LeftJoin(db.Set<AuditRow>(), link => link.AuditId, row => row.Id, (link, row) => new { link, row });
        await foreach (var pair in links.AsAsyncEnumerable().WithCancellation(stop))
        {
            yield return (pair.link, pair.row);
        }
    }

    private static Task<AuditSealRow?> LastAsync(OnCallDb db, CancellationToken stop) =>
        db.Set<AuditSealRow>().AsNoTracking().OrderByDescending(link => link.Sequence).FirstOrDefaultAsync(stop);

    private static IQueryable<AuditRow> Unsealed(OnCallDb db, long after) =>
        db.Set<AuditRow>().Where(row => row.Id > after && !db.Set<AuditSealRow>().Any(link => link.AuditId == row.Id));
}
