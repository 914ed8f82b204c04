using NodaTime;
using OnCall.Core.Calls;

namespace OnCall.Soak.Carrier;

/// <summary>What Twilio asks when a leg needs its next document.</summary>
/// <param name="Key">What was pressed, or how many seconds were recorded; null = nothing.</param>
/// <param name="Queued">How long the leg has been in the queue.</param>
/// <param name="LetGo">The room ended, and let the leg go.</param>
/// <param name="Dial">What the leg dialled is over; null = it dialled nobody.</param>
internal sealed record Request(Destination Door, string? Key, Duration Queued, bool LetGo, DialEnd? Dial = null);
