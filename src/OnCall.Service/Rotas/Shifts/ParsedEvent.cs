using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>An event of an iCalendar file, as Ical.Net understands it, with its place.</summary>
internal sealed record ParsedEvent(EventBlock Block, CalendarEvent Written)
{
    private const string MailTo = "mailto:";

    public string Title => Written.Summary?.Trim() ?? "";

    public bool IsCancelled => string.Equals(Written.Status, EventStatus.Cancelled, EventStatus.Comparison);

    public bool Repeats => Written.RecurrenceRule is not null || Written.RecurrenceDates.GetAllDates().Any() || Written.RecurrenceDates.GetAllPeriods().Any();

    /// <summary>Which occurrence of another event with the same UID it takes the place of; null = it stands for itself.</summary>
    public EventTime? Replaces => Written.RecurrenceIdentifier is { } identifier ? EventTime.Of(identifier.StartTime) : null;

    public bool ReplacesAllLater => Written.RecurrenceIdentifier is { Range: RecurrenceRange.ThisAndFuture };

    /// <summary>Mail addresses of the people invited; rooms and things are no people.</summary>
    public IEnumerable<string> Mails => Written.Attendees
        .Where(attendee => attendee.Type?.ToUpperInvariant() is not ("ROOM" or "RESOURCE"))
        .Select(attendee => attendee.Value?.OriginalString ?? "")
        .Where(address => address.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase))
        .Select(address => Uri.UnescapeDataString(address[MailTo.Length..]))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
