using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;

namespace OnCall.Service.Calendars;

/// <summary>The secret addresses of calendars. A secret is 256 random bits; only its digest is kept, and only digests are compared.</summary>
internal sealed class CalendarStore(IDbContextFactory<OnCallDb> databases, TimeProvider time)
{
    /// <summary>Gives a calendar a new secret; the one before, if there was any, ends with it.</summary>
    public async Task<string> RenewAsync(CalendarSubject subject, Origin origin, CancellationToken stop)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetCurrentInstant();
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO calendars (kind, subject, secret_hash, since) VALUES ({subject.Kind}, {subject.Id}, {KeySecret.Digest(secret)}, {now})
            ON CONFLICT (kind, subject) DO UPDATE SET secret_hash = excluded.secret_hash, since = excluded.since
            """,
            stop);
        db.Add(Entry(subject, origin, now, new { Address = "new" }));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return secret;
    }

    /// <summary>Ends a calendar; false = there is none.</summary>
    public async Task<bool> EndAsync(CalendarSubject subject, Origin origin, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ended = await db.Set<CalendarRow>().Where(row => row.Kind == subject.Kind && row.Subject == subject.Id).ExecuteDeleteAsync(stop);
        if (ended > 0)
        {
            db.Add(Entry(subject, origin, time.GetCurrentInstant(), after: null));
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return ended > 0;
    }

    /// <summary>Whose duty the calendar of a secret shows; null = no calendar has it.</summary>
    public async Task<CalendarSubject?> FindAsync(string secret, CancellationToken stop)
    {
        var digest = KeySecret.Digest(secret);
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Set<CalendarRow>().AsNoTracking().FirstOrDefaultAsync(row => row.SecretHash == digest, stop) is { } row
            ? CalendarSubject.Of(row.Kind, row.Subject)
            : null;
    }

    private static AuditRow Entry(CalendarSubject subject, Origin origin, Instant at, object? after) =>
        AuditEntry.Of(origin, at, "calendar", $"{subject.Kind} {subject.Id}", [subject.Id], after: after);
}
