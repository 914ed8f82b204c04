namespace OnCall.Simulator;

/// <summary>One thing that a leg heard, or a key that it pressed.</summary>
/// <param name="At">When it began.</param>
/// <param name="Kind"><c>say</c>, <c>play</c>, <c>pause</c>, <c>system</c> (rings, connected, ended, …) or <c>key</c>.</param>
/// <param name="Text">The words; for <c>play</c> the address, for <c>pause</c> the length, for <c>key</c> the digit.</param>
/// <param name="Language">In which words are spoken, like <c>cy-GB</c>; null = not said, or no words.</param>
public sealed record Heard(DateTimeOffset At, string Kind, string Text, string? Language = null);
