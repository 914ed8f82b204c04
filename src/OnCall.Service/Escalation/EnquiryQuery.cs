using System.Globalization;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Duty;

namespace OnCall.Service.Escalation;

/// <summary>What the list is asked for; what is left out does not limit it.</summary>
internal sealed class EnquiryQuery
{
    private const int Usual = 50;
    private const int Most = 500;

    public string? State { get; init => field = Asked.Said(value); }

    public string? Desk { get; init => field = Asked.Said(value); }

    /// <summary>Opened at or after: RFC 3339 with offset.</summary>
    public string? From { get; init => field = Asked.Said(value); }

    /// <summary>Opened before: RFC 3339 with offset.</summary>
    public string? To { get; init => field = Asked.Said(value); }

    /// <summary>The officer's number, E.164.</summary>
    public string? Number { get; init => field = Asked.Said(value); }

    /// <summary>1 to 500, 50 if left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? After { get; init => field = Asked.Said(value); }

    public int PageSize => Limit ?? Usual;

    private static string[] States { get; } = [.. Enum.GetValues<EnquiryState>().Select(EnquirySql.Word)];

    public static string CursorOf(EnquiryRow last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.OpenedAt.ToUnixTimeTicks()}-{last.Id:N}");

    public Dictionary<string, string[]> Errors()
    {
        var errors = new Dictionary<string, string[]>();
        void Check(bool wrong, string field, string remedy)
        {
            if (wrong)
            {
                errors[field] = [remedy];
            }
        }

        Check(State is not null && !States.Contains(State), "state", $"Must be one of {string.Join(", ", States)}.");
        Check(From is not null && Moment(From) is null, "from", $"Must be {AskedTime.Takes}.");
        Check(To is not null && Moment(To) is null, "to", $"Must be {AskedTime.Takes}.");
        Check(Moment(From) >= Moment(To), "from", "Must be before 'to'.");
        Check(Desk?.Any(char.IsControl) == true, "desk", "Must be a desk's id.");
        Check(Number is not null && Caller() is null, "number", "Must be a number like +447700900201.");
        Check(PageSize is < 1 or > Most, "limit", $"Must be from 1 to {Most}.");
        Check(After is not null && Cursor() is null, "after", "Must be the 'next' of the page before.");
        return errors;
    }

    public IQueryable<EnquiryRow> Of(IQueryable<EnquiryRow> rows)
    {
        var (from, to, cursor, caller) = (Moment(From), Moment(To), Cursor(), Caller()?.Value);
        rows = State is null ? rows : rows.Where(row => row.State == State);
        rows = Desk is null ? rows : rows.Where(row => row.Desk == Desk);
        rows = caller is null ? rows : rows.Where(row => row.Caller == caller);
        rows = from is null ? rows : rows.Where(row => row.OpenedAt >= from);
        rows = to is null ? rows : rows.Where(row => row.OpenedAt < to);
        return cursor is not { } last ? rows : rows.Where(row => row.OpenedAt < last.At || (row.OpenedAt == last.At && row.Id < last.Id));
    }

    private static Instant? Moment(string? text) => text is null ? null : AskedTime.Parse(text);

    /// <summary>A + that nobody wrote as <c>%2B</c> is a blank in an address.</summary>
    private PhoneNumber? Caller() => PhoneNumber.TryParse($"+{Number?.TrimStart(' ', '+')}", out var number, out _) ? number : null;

    private (Instant At, Guid Id)? Cursor() =>
        After?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= Instant.MaxValue.ToUnixTimeTicks() && Guid.TryParseExact(id, "N", out var guid)
            ? (Instant.FromUnixTimeTicks(at), guid)
            : null;
}
