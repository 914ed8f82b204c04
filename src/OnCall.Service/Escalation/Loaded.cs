using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Audit;

namespace OnCall.Service.Escalation;

/// <summary>An enquiry as it was read, and the version by which saving finds out whether somebody else changed it since.</summary>
internal sealed record Loaded(Enquiry Enquiry, long Version);

/// <summary>A decision to be saved.</summary>
/// <param name="Before">The enquiry that was decided upon; null = it is new.</param>
/// <param name="Completes">The outbox row whose outcome led to it; null = none.</param>
/// <param name="Entry">What the audit says of it; null = nothing, since nobody asked for it.</param>
internal sealed record Change(Loaded? Before, Decision Decision, long? Completes, AuditRow? Entry = null);

/// <summary>A new enquiry to be stored.</summary>
/// <param name="RefsFreeBefore">A ref that was given free before then may be used again.</param>
internal sealed record Opening(Decision Decision, Instant RefsFreeBefore);

/// <summary>A call from a number, of which it is asked whether that number has enquiries open.</summary>
/// <param name="Since">Opened after.</param>
internal sealed record Again(PhoneNumber Line, PhoneNumber From, string CallSid, Instant Since);
