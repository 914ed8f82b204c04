using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>What follows from an event: the next state, what is to be done, and what the record says of it. All three are stored together or not at all.</summary>
public sealed record Decision(Enquiry Next, ValueList<Effect> Effects, ValueList<TimelineEntry> Timeline)
{
    /// <summary>Whether somebody is rung by it: only then does it matter who is busy with another enquiry.</summary>
    public bool Rings => Effects.Any(effect => effect is Effect.PlaceCall);
}

/// <summary>One line of an enquiry's record.</summary>
/// <param name="Event">A word of the contract: <c>page-sent</c>, <c>accepted</c>, ….</param>
/// <param name="Adviser">The adviser's id, where one is concerned.</param>
/// <param name="Method"><c>call</c> or <c>sms</c>, where it matters.</param>
/// <param name="Detail">A sentence for people; no numbers, no words of people.</param>
public sealed record TimelineEntry(Instant At, string Event, string? Adviser = null, string? Method = null, string? Detail = null);
