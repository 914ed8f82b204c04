using OnCall.Core.Escalation;

namespace OnCall.Service.Escalation;

/// <summary>An enquiry as it was read, and the version by which saving finds out whether somebody else changed it since.</summary>
internal sealed record Loaded(Enquiry Enquiry, long Version);

/// <summary>A decision to be saved.</summary>
/// <param name="Version">Of the enquiry that was decided upon.</param>
/// <param name="Completes">The outbox row whose outcome led to it; null = none.</param>
internal sealed record Change(Decision Decision, long Version, long? Completes);
