using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Duty;
using OnCall.Core.Schedule;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;

namespace OnCall.Service.Schedule;

/// <summary>
/// Looks at the clock of the rota: what came since the last look is written down, and the texts of it are put into the outbox, in one transaction that moves the
/// clock on. So it does not matter which node looks, how often, or where it is killed.
/// </summary>
internal sealed class Look(IDbContextFactory<OnCallDb> databases, BookStore books, NoticeWriter notices, TimeProvider time, Work work)
{
    /// <summary>What lies further back, after a long time without the service, is not even recorded.</summary>
    private static readonly Duration LookBack = Duration.FromDays(7);

    /// <summary>The database keeps no less; two revisions of one instant are so far apart.</summary>
    private static readonly Duration Microsecond = Duration.FromTicks(10);

    /// <returns>Null = nothing is published yet.</returns>
    public async Task<Looked?> RunAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var clock = (await db.Set<RotaClockRow>().FromSql($"SELECT * FROM rota_clock FOR UPDATE").ToListAsync(stop)).Single();
        var now = time.GetCurrentInstant();
        var inForce = await InForceAsync(clock, now, stop);
        if (inForce.Count == 0)
        {
            return null;
        }

        var (from, book) = inForce[^1];
        now = Instant.Max(now, from);
        var texts = await notices.AddAsync(db, Moments.Between(inForce, now), now, stop);
        (clock.LookedUntil, clock.Revision) = (now, book.Revision);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        if (texts > 0)
        {
            work.TellOf(Lane.Texts);
        }

        return new Looked(book, now, NextLook.After(book, now));
    }

    /// <summary>The books since the last look. Who looks for the first time looks back no further than what is still worth telling.</summary>
    private async Task<List<BookInForce>> InForceAsync(RotaClockRow clock, Instant now, CancellationToken stop)
    {
        var since = Instant.Max(clock.LookedUntil ?? now - Moments.LongestDelayOfHandovers, now - LookBack);
        var published = clock.LookedUntil is null ? await books.LoadSinceAsync(since, stop) : await books.LoadSinceAsync(clock.Revision, stop);
        var inForce = new List<BookInForce>(published.Count);
        foreach (var (at, book) in published)
        {
            // Published before the last look and committed after it: it counts from the look on.
            var earliest = inForce.Count == 0 ? since : inForce[^1].Since + Microsecond;
            inForce.Add(new BookInForce(Instant.Max(at, earliest), book));
        }

        return inForce;
    }
}
