using System.Globalization;
using NodaTime;
using OnCall.Service.Duty;

namespace OnCall.Service.Audit;

/// <summary>What the audit is asked for; what is left out does not limit it.</summary>
internal sealed class AuditQuery
{
    /// <summary>The name of an API key, the issuer and the subject of a token with a blank between them, or the user of the command line.</summary>
    public string? Actor { get; init => field = Asked.Said(value); }

    /// <summary>What was done: import, calendar, enquiry-read, enquiry-changed, key-created, key-deleted, admin-key-used, signed-in.</summary>
    public string? Kind { get; init => field = Asked.Said(value); }

    /// <summary>The id, name or ref of something concerned.</summary>
    public string? Id { get; init => field = Asked.Said(value); }

    /// <summary>At or after: RFC 3339 with offset.</summary>
    public string? From { get; init => field = Asked.Said(value); }

    /// <summary>Before: RFC 3339 with offset.</summary>
    public string? To { get; init => field = Asked.Said(value); }

    /// <summary>1 to 500, 50 if left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? After { get; init => field = Asked.Said(value); }

    public int PageSize => Limit ?? Asked.UsualPage;

    /// <summary>Reads it, and tells <paramref name="asked"/> what is wrong with it.</summary>
    public Func<IQueryable<AuditRow>, IQueryable<AuditRow>> Of(Asked asked)
    {
        var (from, to) = (asked.Time("from", From, Instant.MinValue), asked.Time("to", To, Instant.MaxValue));
        asked.Check(from < to, "to", "to must be after from.");
        asked.CheckLimit(PageSize);
        var before = long.MaxValue;
        asked.Check(After is null || long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out before), "after", "after takes the next of the page before.");
        foreach (var (name, text) in new[] { ("actor", Actor), ("kind", Kind), ("id", Id) })
        {
            asked.Check(text?.Any(char.IsControl) != true, name, $"{name} holds control characters.");
        }

        return rows =>
        {
            rows = Actor is null ? rows : rows.Where(row => row.Actor == Actor);
            rows = Kind is null ? rows : rows.Where(row => row.Kind == Kind);
            rows = Id is null ? rows : rows.Where(row => row.Ids.Contains(Id));
            rows = From is null ? rows : rows.Where(row => row.At >= from);
            rows = To is null ? rows : rows.Where(row => row.At < to);
            return rows.Where(row => row.Id < before);
        };
    }
}
