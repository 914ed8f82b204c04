using NodaTime;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Service.Messages;

namespace OnCall.Service.Chain;

/// <summary>What is to be told to the record once the database is back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="State">The call on the chain that it concerns; null = another parameter says what it concerns.</param>
/// <param name="Facts">All of the one state.</param>
/// <param name="CallOver">Twilio's name of an officer's leg that is over; null = none is.</param>
/// <param name="Text">A webhook about a text, to be handled; null = it tells of a call.</param>
internal sealed record JournalEntry(Instant At, ChainState? State, ValueList<ChainFact> Facts, string? CallOver = null, HeldText? Text = null);
