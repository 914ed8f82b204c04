using NodaTime;
using OnCall.Core;
using OnCall.Core.Escalation;

namespace OnCall.Service.Chain;

/// <summary>What is to be told to the record once the database is back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="State">The call on the chain that it concerns; null = <paramref name="CallOver"/> says which call.</param>
/// <param name="Facts">All of the one state.</param>
/// <param name="CallOver">Twilio's name of an officer's leg that is over; null = none is.</param>
internal sealed record JournalEntry(Instant At, ChainState? State, ValueList<ChainFact> Facts, string? CallOver = null);
