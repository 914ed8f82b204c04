using System.Collections.Immutable;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>How a leg joins a room. Source: https://www.twilio.com/docs/voice/twiml/conference.</summary>
internal sealed record Seating
{
    public string? Label { get; init; }

    public bool Muted { get; init; }

    public bool StartsRoom { get; init; } = true;

    public bool EndsRoom { get; init; }

    /// <summary>What is heard until the room starts; null: the usual music, or silence if <see cref="Silent"/>.</summary>
    public Callback? WaitUrl { get; init; }

    public bool Silent { get; init; }

    public int MostParticipants { get; init; } = 250;

    /// <summary>Counts only for the first participant of a room.</summary>
    public Callback? StatusCallback { get; init; }

    public ImmutableHashSet<string> Events { get; init; } = [];
}
