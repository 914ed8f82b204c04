using NodaTime.Extensions;
using OnCall.Service.Audit;

namespace OnCall.Service.Escalation;

/// <summary>Writes down who read which enquiries.</summary>
internal sealed class EnquiryReadings(AuditLog audit, TimeProvider time)
{
    public const string Kind = "enquiry-read";

    /// <param name="shown">Those that are shown.</param>
    /// <param name="query">What was asked for, if it was a list; null = it was the one.</param>
    public Task NoteAsync(Origin origin, IReadOnlyList<EnquiryRow> shown, EnquiryQuery? query, CancellationToken stop)
    {
        var subject = query is null ? $"enquiry {shown[0].Ref}" : "list of enquiries";
        return audit.AddAsync(AuditEntry.Of(origin, time.GetCurrentInstant(), Kind, subject, shown.SelectMany(IdsOf), after: query), stop);
    }

    public static IEnumerable<string> IdsOf(EnquiryRow row) => [row.Ref, row.Id.ToString()];
}
