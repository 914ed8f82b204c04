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
internal sealed record Change(Loaded? Before, Decision Decision, long? Completes, AuditRow? Entry = null)
{
    /// <summary>The low bits, which are drawn by lot; above them stands a count of the changes.</summary>
    private const int Lot = 24;

    /// <summary>
    /// The enquiry as it is once this is saved, under a later version than that before. No two changes share one, but for one in sixteen million: a database that came
    /// back without its last moments, as a standby does that takes over, goes on to other changes from there, for which a node must not take those that it remembers.
    /// </summary>
    public Loaded After { get; } = new(Decision.Next, ((((Before?.Version ?? 0) >> Lot) + 1) << Lot) | Random.Shared.NextInt64(1L << Lot));
}

/// <summary>A new enquiry to be stored.</summary>
/// <param name="RefsFreeBefore">A ref that was given free before then may be used again.</param>
internal sealed record Opening(Change Change, Instant RefsFreeBefore);

/// <summary>A call or a text from a number, of which it is asked what that number has had of us.</summary>
/// <param name="Sid">Twilio's name of it.</param>
/// <param name="Since">Enquiries opened after then may go on with it.</param>
/// <param name="CountedSince">Calls after then are counted.</param>
internal sealed record Again(PhoneNumber Line, PhoneNumber From, string Sid, Instant Since, Instant CountedSince);

/// <summary>What a number has had of us.</summary>
/// <param name="Open">Its open enquiries of the line, the newest first; none for a call or a text that belongs to one already.</param>
/// <param name="Calls">How often it has called, or opened an enquiry by text, counted no further than <see cref="Escalator.FloodCalls"/>: calls that went on with an enquiry, too.</param>
internal sealed record History(IReadOnlyList<Loaded> Open, long Calls)
{
    public bool Floods => Calls >= Escalator.FloodCalls;
}
