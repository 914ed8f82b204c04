using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Duty;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>An enquiry as the API shows it. Times are RFC 3339 with the offset of the document's zone.</summary>
/// <param name="Owner">The adviser who took it, else <c>chase</c>; null = it was closed before anybody did.</param>
/// <param name="From">The officer's number; null = withheld, or the key may not see numbers.</param>
internal sealed record EnquiryView(
    Guid Id,
    string Ref,
    string? Owner,
    string Channel,
    string Line,
    string? From,
    string? Desk,
    string Priority,
    string State,
    string? AcceptedBy,
    string OpenedAt,
    string? AcceptedAt,
    string? EndedAt,
    IReadOnlyList<TimelineView> Timeline)
{
    /// <summary>Its <c>ETag</c> for whoever sees so much of it.</summary>
    [JsonIgnore]
    public string Tag => Resource.TagOf(Json);

    [JsonIgnore]
    public string Json => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <param name="seesAll">Whether the key may see numbers and words.</param>
    public static EnquiryView Of(EnquiryRow row, IEnumerable<TimelineRow> timeline, RotaBook book, bool seesAll)
    {
        string Time(Instant at) => AskedTime.Show(at, book.Zone ?? DateTimeZone.Utc);
        return new EnquiryView(
            row.Id,
            row.Ref,
            row.AcceptedBy ?? (row.State == "closed" ? null : "chase"),
            row.Channel,
            row.Line,
            seesAll ? row.Caller : null,
            row.Desk,
            row.Priority,
            row.State,
            row.AcceptedBy,
            Time(row.OpenedAt),
            row.AcceptedAt is { } accepted ? Time(accepted) : null,
            row.EndedAt is { } ended ? Time(ended) : null,
            [.. timeline.Select(line => new TimelineView(Time(line.At), line.Event, line.Adviser, line.Method, seesAll || line.Event is not ("closed" or "note") ? line.Detail : null))]);
    }
}

internal sealed record TimelineView(string At, string Event, string? Adviser, string? Method, string? Detail);

/// <summary>One page of a list.</summary>
/// <param name="Next">What <c>after</c> takes for the next page; null = this is the last one.</param>
internal sealed record EnquiryPage(IReadOnlyList<EnquiryView> Items, string? Next);
