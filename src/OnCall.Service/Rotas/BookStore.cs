using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Data;

namespace OnCall.Service.Rotas;

/// <summary>The published revisions of the book. Several nodes may publish at once: they take turns, each on what the one before left.</summary>
internal sealed class BookStore(IDbContextFactory<OnCallDb> databases, CurrentBook current, TimeProvider time)
{
    /// <summary>Told on this channel with the new revision's number, when it is committed.</summary>
    public const string Channel = "book_changed";

    /// <summary>Any number that nothing else locks.</summary>
    private const long PublishLock = 0x6f6e63616c6c_01;

    private const int MostAtOnce = 50;

    /// <summary>The past of a rota is told of no more revisions at once: each is read whole, a few milliseconds long.</summary>
    public const int MostInHistory = 2_000;

    /// <summary>The database keeps no less.</summary>
    private const long TicksOfMicrosecond = 10;

    /// <summary>How long a publication waits for its turn after those of other nodes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The book in force; the empty one before the first publication.</summary>
    public async Task<RotaBook> LoadAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await LastAsync(db, stop);
    }

    /// <summary>Which revision is in force; null before the first publication.</summary>
    public async Task<PublishedAt?> FindLastAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await Newest(db).Select(row => new PublishedAt(row.Revision, row.PublishedAt)).FirstOrDefaultAsync(stop);
    }

    /// <summary>Whether a book is among those that are stored, and not another one of its number.</summary>
    public async Task<bool> HasAsync(RotaBook book, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await Newest(db).AnyAsync(row => row.Revision == book.Revision && (book.PublishedAt == null || row.PublishedAt == book.PublishedAt), stop);
    }

    /// <summary>The book that was in force at an instant; null before the first publication.</summary>
    public async Task<RotaBook?> LoadInForceAsync(Instant at, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await Newest(db).FirstOrDefaultAsync(row => row.PublishedAt <= at, stop) is { } row ? Book(row) : null;
    }

    /// <summary>The book that decides about an instant: what is past is looked up in the revision that was in force then; what lies before the first one, in today's.</summary>
    public async Task<RotaBook> LoadDecidingAsync(Instant at, Instant now, CancellationToken stop) => (at < now ? await LoadInForceAsync(at, stop) : null) ?? current.Book;

    /// <summary>The books that decided about a rota in [from, to), in order of time; those that changed nothing of it are left out, and of the others all that does not concern it.</summary>
    /// <param name="last">The book in force now, which also answers for the time before the first publication.</param>
    /// <returns>Null = there are more than <see cref="MostInHistory"/>.</returns>
    public async Task<List<BookInForce>?> LoadHistoryAsync(string rota, Instant from, Instant to, RotaBook last, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var first = await InForceAsync(Newest(db), from, stop);
        var deciding = new List<long> { first };
        await foreach (var row in Newest(db).Where(row => row.Revision > first && row.PublishedAt < to).Select(row => new { row.Revision, row.Changes }).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (Concern(row.Changes, rota))
            {
                deciding.Add(row.Revision);
            }
        }

        if (deciding.Count > MostInHistory)
        {
            return null;
        }

        List<BookInForce> books = first == 0 ? [new BookInForce(from, last)] : [];
        await foreach (var row in Newest(db).Where(row => deciding.Contains(row.Revision)).OrderBy(row => row.Revision).AsAsyncEnumerable().WithCancellation(stop))
        {
            var before = books.LastOrDefault()?.Book.Content;
            var book = Of(rota, from, to, Book(row), before?.Advisers);
            if (before?.Equals(book.Content) != true)
            {
                books.Add(new BookInForce(row.PublishedAt, book));
            }
        }

        return books;
    }

    /// <summary>What of a book concerns a rota in [from, to): many of them at once are small beside the book in force.</summary>
    /// <param name="advisers">Those of the book before, in the place of the same ones.</param>
    private static RotaBook Of(string rota, Instant from, Instant to, RotaBook book, ValueList<Adviser>? advisers) => new(
        book.Revision,
        new BookContent
        {
            Zone = book.Zone,
            Advisers = advisers?.Equals(book.Content.Advisers) == true ? advisers : book.Content.Advisers,
            Absences = [.. book.Absences.Where(absence => absence.Start < to && (absence.End is null || absence.End > from))],
            Rotas = [.. book.Content.Rotas.Where(one => one.Id == rota)],
        },
        book.PublishedAt);

    /// <summary>When books were published that were in force from an instant on, in order; the first may have been published after it, if there was none before.</summary>
    /// <param name="last">The last of them.</param>
    public async Task<List<PublishedAt>> ListPublishedAsync(Instant from, long last, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = Newest(db).Where(row => row.Revision <= last);
        var first = await InForceAsync(rows, from, stop);
        return await rows.Where(row => row.Revision >= first).OrderBy(row => row.Revision).Select(row => new PublishedAt(row.Revision, row.PublishedAt)).ToListAsync(stop);
    }

    /// <summary>The book of one revision; null = there is none of that number.</summary>
    public async Task<RotaBook?> LoadAsync(long revision, CancellationToken stop) => await FindAsync(revision, stop) is { } row ? Book(row) : null;

    /// <summary>The book before something was added that was added last at an instant or after it; null = it was not, or to the first book.</summary>
    public async Task<RotaBook?> LoadBeforeAsync(BookItem added, Instant since, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var changes = await Newest(db).Where(row => row.PublishedAt >= since).Select(row => new { row.Revision, row.Changes }).ToListAsync(stop);
        var by = changes.FirstOrDefault(row => Changes(row.Changes).Any(change => change.Action == ChangeJson.Added && change.Kind == added.Kind && change.Id == added.Id));
        return by is null ? null : await LoadAsync(by.Revision - 1, stop);
    }

    private static List<ChangeJson> Changes(string stored) => JsonSerializer.Deserialize<List<ChangeJson>>(stored, StoredJson.Options)!;

    /// <summary>The revision in force at an instant; 0 = there was none yet.</summary>
    private static Task<long> InForceAsync(IQueryable<BookRevisionRow> newestFirst, Instant at, CancellationToken stop) =>
        newestFirst.Where(row => row.PublishedAt <= at).Select(row => row.Revision).FirstOrDefaultAsync(stop);

    private static bool Concern(string changes, string rota) => Changes(changes).Any(change => change is { Kind: "absence" or "adviser" or "timeZone" } || (change.Kind == "rota" && change.Id == rota));

    /// <summary>The revision with this number and those after it, the oldest first; of more than <see cref="MostAtOnce"/>, the newest.</summary>
    public async Task<List<BookInForce>> LoadSinceAsync(long revision, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var known = await Newest(db).Where(row => row.Revision >= revision).Take(MostAtOnce).Select(row => new { row.Revision, row.PublishedAt }).ToListAsync(stop);
        var books = new List<BookInForce>(known.Count);
        foreach (var row in known.AsEnumerable().Reverse())
        {
            var book = current.Book;
            books.Add(new BookInForce(row.PublishedAt, (row.Revision, (Instant?)row.PublishedAt) == (book.Revision, book.PublishedAt) ? book : Book(await FindAsync(row.Revision, stop))));
        }

        return books;
    }

    /// <summary>The revision in force at an instant and those after it, likewise; all of them where none was in force yet.</summary>
    public async Task<List<BookInForce>> LoadSinceAsync(Instant at, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await LoadSinceAsync(await InForceAsync(Newest(db), at, stop), stop);
    }

    /// <summary>Revisions, the newest first.</summary>
    /// <param name="before">Only those with smaller numbers.</param>
    public async Task<List<BookRevisionRow>> ListAsync(long before, int most, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await Newest(db).Where(row => row.Revision < before).Take(most).ToListAsync(stop);
    }

    /// <summary>One revision; null = there is none of that number.</summary>
    public async Task<BookRevisionRow?> FindAsync(long revision, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await Newest(db).FirstOrDefaultAsync(row => row.Revision == revision, stop);
    }

    /// <summary>Checks documents against what is in force, and publishes what they make of it: all or nothing, and nothing where nothing changes.</summary>
    /// <param name="dryRun">Says what would happen, and does not do it.</param>
    public Task<Publication> PublishAsync(IReadOnlyList<Draft> drafts, bool prune, bool dryRun, Origin origin, CancellationToken stop) =>
        PublishAsync(_ => drafts, prune, dryRun, origin, stop, mayDrop: prune);

    /// <summary>The same, for documents that are made from what is in force when it is their turn.</summary>
    /// <param name="isSeen">Whether the sender knows what is in force then; if not, nothing is published. Null = it is not asked.</param>
    /// <param name="mayDrop">What a newer version has stored may go: the sender wants nothing kept that the documents do not have.</param>
    public async Task<Publication> PublishAsync(Func<BookContent, IReadOnlyList<Draft>> drafts, bool prune, bool dryRun, Origin origin, CancellationToken stop, Func<RotaBook, bool>? isSeen = null, bool mayDrop = false)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.SetCommandTimeout(LongestWait);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!dryRun)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PublishLock})", stop);
        }

        var before = await LastAsync(db, stop);
        var now = Instant.FromUnixTimeTicks(time.GetCurrentInstant().ToUnixTimeTicks() / TicksOfMicrosecond * TicksOfMicrosecond);
        if (isSeen?.Invoke(before) == false)
        {
            return new Publication(before, null, [], [], [], [], now) { IsStale = true };
        }

        var publication = Publication.Of(before, RotaCheck.Check(drafts(before.Content), before.Content, prune), now).Within(origin.Remit).Keeping(mayDrop ? [] : before.OfNewer);
        if (dryRun || publication.Book is not { } book || publication.Changes.Count == 0)
        {
            return publication;
        }

        Add(db, publication, book, now, origin);
        await db.SaveChangesAsync(stop);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {book.Revision.ToString(CultureInfo.InvariantCulture)})", stop);
        await transaction.CommitAsync(stop);
        current.Offer(book);
        return publication;
    }

    private static async Task<RotaBook> LastAsync(OnCallDb db, CancellationToken stop)
    {
        return Book(await Newest(db).FirstOrDefaultAsync(stop));
    }

    private static IQueryable<BookRevisionRow> Newest(OnCallDb db) => db.Set<BookRevisionRow>().AsNoTracking().OrderByDescending(row => row.Revision);

    private static RotaBook Book(BookRevisionRow? row) => row is null ? RotaBook.Empty : Book(row.Revision, row.PublishedAt, row.Document);

    /// <summary>The book of a document that was stored; what a newer version has put into it is passed over.</summary>
    /// <param name="publishedAt">Null = that was not kept.</param>
    /// <exception cref="InvalidOperationException">It does not pass this version's check.</exception>
    public static RotaBook Book(long revision, Instant? publishedAt, string document)
    {
        var draft = RotaDocument.ReadStored(document);
        var check = RotaCheck.CheckStored(draft);
        return new RotaBook(revision, check.Content ?? throw new InvalidOperationException(
            $"Revision {revision} of the book cannot be read: {string.Join(" ", check.Problems.Select(problem => $"{problem.Path}: {problem.Sentence}"))}"), publishedAt)
        {
            OfNewer = check.PassedOver,
        };
    }

    /// <summary>The document that is stored of a book.</summary>
    public static string Document(RotaBook book) => RotaDocument.Write(RotaWriter.Write(book.Content), DocumentForm.Json);

    /// <summary>What the publication changes or removes, as it was; null = it only adds.</summary>
    private static string? WhatWas(Publication publication)
    {
        var items = BookChanges.Items(publication.Before.Content);
        var was = publication.Changes.Where(change => items.ContainsKey(change.Item))
            .Select(change => new { change.Item.Kind, change.Item.Id, Document = JsonNode.Parse(Resource.Json(items[change.Item])) }).ToList();
        return was.Count == 0 ? null : JsonSerializer.Serialize(was, StoredJson.Options);
    }

    private static void Add(OnCallDb db, Publication publication, RotaBook book, Instant now, Origin origin)
    {
        var changes = JsonSerializer.Serialize(publication.Changes.Select(ChangeJson.Of), StoredJson.Options);
        var document = Document(book);

        // A book that could not be read again would be the end of every node that starts: whatever wrote it so, it is not published.
        _ = Book(book.Revision, now, document);
        db.Add(new BookRevisionRow
        {
            Revision = book.Revision,
            PublishedAt = now,
            Actor = origin.Actor,
            Source = origin.Source,
            Document = document,
            Changes = changes,
        });
        var ids = publication.Changes.Select(change => change.Item.Id).Distinct();
        var entry = AuditEntry.Of(origin, now, "import", $"revision {book.Revision.ToString(CultureInfo.InvariantCulture)}", ids);
        entry.Before = WhatWas(publication);
        entry.After = changes;
        db.Add(entry);
    }
}

/// <summary>A revision of the book, and when it came into force.</summary>
internal sealed record PublishedAt(long Revision, Instant At);
