using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Core.Calls;

/// <summary>What an officer's leg on the chain tells when it asks what comes next.</summary>
/// <param name="Door"><see cref="Door.ChainMenu"/>, <see cref="Door.ChainNext"/>, <see cref="Door.ChainMessage"/>, or <see cref="Door.Message"/>: the message was asked for in the usual way.</param>
/// <param name="End">How the dial ended that it comes from.</param>
/// <param name="Digits">What was keyed in; null = nothing.</param>
/// <param name="Recording">Twilio's name of what was recorded; null = nothing was.</param>
public sealed record ChainRequest(Door Door, ChainState State, DialEnd End, string? Digits, string? Recording, Duration Length);

/// <summary>How a dial ended.</summary>
/// <param name="Status">Twilio's DialCallStatus.</param>
/// <param name="CallSid">The adviser's leg; null = there was none.</param>
/// <param name="Bridged">Whether the two were connected.</param>
/// <param name="OfficerGone">Whether it ended because the officer hung up.</param>
public sealed record DialEnd(string Status, string? CallSid, bool Bridged, bool OfficerGone);

/// <summary>A document of the chain, the state that goes on, and what is to be told to the record before the document is given.</summary>
public sealed record ChainAnswer(IReadOnlyList<CallStep> Steps, ChainState State, ValueList<ChainFact> Facts);

/// <summary>Which way an officer's leg takes once the record, or the journal, knows what it told.</summary>
public abstract record ChainTurn
{
    private ChainTurn()
    {
    }

    /// <summary>It is answered by this.</summary>
    public sealed record Hears(IReadOnlyList<CallStep> Steps) : ChainTurn;

    /// <summary>Back to where calls usually wait, as soon as this is told.</summary>
    public sealed record Back(EnquiryEvent Happened) : ChainTurn;

    /// <summary>On by the chain.</summary>
    /// <param name="Request">With the state in which it goes on.</param>
    public sealed record On(ChainRequest Request) : ChainTurn;
}
