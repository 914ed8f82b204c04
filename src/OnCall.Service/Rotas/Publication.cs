using NodaTime;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Core.Schedule;
using OnCall.Service.Access;

namespace OnCall.Service.Rotas;

/// <summary>What became, or would become, of documents that are to be published.</summary>
/// <param name="Before">The book before.</param>
/// <param name="Book">The book that they make, with the revision that it has or would have; null where there is any problem.</param>
/// <param name="Changes">Against the book before; empty = nothing is to be published.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Doubts">What the documents say and probably do not mean.</param>
/// <param name="Kept">What stays although the documents do not have it.</param>
/// <param name="At">When it was checked.</param>
internal sealed record Publication(
    RotaBook Before, RotaBook? Book, ValueList<BookChange> Changes, ValueList<DraftProblem> Problems, ValueList<DraftProblem> Doubts, ValueList<BookItem> Kept, Instant At)
{
    private const int MostNamed = 5;

    /// <summary>Sentences: what the documents say, then what the whole book amounts to. Worked out when it is asked for, not while others wait to publish.</summary>
    public IEnumerable<string> Warnings => WarningsFrom(Instant.MinValue);

    /// <param name="ended">New overrides that ended before are passed over.</param>
    /// <inheritdoc cref="Warnings" path="/summary"/>
    public IEnumerable<string> WarningsFrom(Instant ended) => Book is null
        ? []
        : Doubts.Select(doubt => $"{doubt.Located} ({doubt.Path})")
            .Concat(DutyWarnings.Of(Book, ended, IsNew).Union(DutyWarnings.Of(Book, At)))
            .Concat(DutyCheck.Of(Book, At).Select(finding => finding.Sentence));

    private bool IsNew(Rota rota, Override change) => Before.Rotas.GetValueOrDefault(rota.Id)?.Overrides.Contains(change) != true;

    /// <summary>Why it is refused to whoever asks for it, though it is right; null = it is not.</summary>
    public OutOfRemit? Outside { get; private init; }

    /// <summary>Why this node must not publish it, though it is right, and one of a newer version may; null = it may.</summary>
    public string? NotHere { get; private init; }

    /// <summary>It is refused since the sender has not seen the book before.</summary>
    public bool IsStale { get; init; }

    public static Publication Of(RotaBook before, RotaCheckResult check, Instant now)
    {
        if (check.Content is not { } content)
        {
            return new Publication(before, null, [], check.Problems, [], [], now);
        }

        var changes = BookChanges.Between(before.Content, content);
        var book = changes.Count == 0 ? before : new RotaBook(before.Revision + 1, content, now);
        return new Publication(before, book, changes, [], check.Warnings, check.Kept, now);
    }

    /// <summary>The same for somebody whose changes may be limited to desks: all of it, or nothing.</summary>
    public Publication Within(Remit? remit)
    {
        if (remit is null || Book is null || Changes.Count == 0)
        {
            return this;
        }

        var outside = remit.Outside(Before, Book, Changes, At);
        return outside.Count == 0 ? this : this with { Book = null, Changes = [], Outside = new OutOfRemit(remit, outside) };
    }

    /// <summary>The same, unless it would drop what a newer version has stored and this one cannot write.</summary>
    /// <param name="ofNewer">The paths of it.</param>
    public Publication Keeping(ValueList<string> ofNewer) => ofNewer.Count == 0 || Book is null || Changes.Count == 0 ? this : this with
    {
        Book = null,
        Changes = [],
        NotHere = $"The rotas in force have keys of a newer version that this node does not know and would drop: {string.Join(", ", ofNewer.Take(MostNamed))}{(ofNewer.Count > MostNamed ? $" and {ofNewer.Count - MostNamed} more" : "")}. "
            + "Nothing was changed: send it to a node of the newer version, or again once all nodes are of that version.",
    };
}

/// <summary>A change as the API shows it and the database keeps it.</summary>
/// <param name="Action">added, changed or removed.</param>
internal sealed record ChangeJson(string Kind, string Id, string Action, IEnumerable<string> Diff)
{
    public const string Added = "added";
    public const string Changed = "changed";
    public const string Removed = "removed";

    public static ChangeJson Of(BookChange change) => new(change.Item.Kind, change.Item.Id, change.Action.ToString().ToLowerInvariant(), change.Diff);
}
