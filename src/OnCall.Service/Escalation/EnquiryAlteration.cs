using OnCall.Core.Escalation;
using OnCall.Service.Audit;

namespace OnCall.Service.Escalation;

/// <summary>What the audit says of a change that somebody asked for.</summary>
internal static class EnquiryAlteration
{
    public const string Kind = "enquiry-changed";

    public static AuditRow Entry(Origin by, Enquiry before, Decision decision) => AuditEntry.Of(
        by,
        decision.Timeline.Count > 0 ? decision.Timeline[0].At : before.OpenedAt,
        Kind,
        $"enquiry {before.Ref}",
        [before.Ref, before.Id.ToString()],
        Shown(before),
        new { Now = Shown(decision.Next), Record = decision.Timeline.Select(line => new { line.Event, line.Adviser, line.Detail }) });

    private static object Shown(Enquiry enquiry) => new { State = EnquirySql.Word(enquiry.State), enquiry.Desk, enquiry.AcceptedBy };
}
