namespace OnCall.Simulator;

/// <summary>Something that Twilio would refuse, warn about, or let a caller hear as an application error.</summary>
/// <param name="At">When, on the simulator's clock.</param>
/// <param name="Code">Twilio's error or warning code; 0 where Twilio has none and only the strict simulator complains.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Subject">The call, message or address that it is about.</param>
public sealed record Problem(DateTimeOffset At, int Code, string Message, string Subject)
{
    public override string ToString() => $"{Code}: {Message} ({Subject})";
}
