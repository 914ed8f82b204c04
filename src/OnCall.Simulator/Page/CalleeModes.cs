namespace OnCall.Simulator.Page;

/// <summary>The ways of taking a call that a person can choose on the page.</summary>
internal static class CalleeModes
{
    /// <exception cref="ArgumentException">There is no such mode.</exception>
    public static Callee Read(string mode) => mode switch
    {
        "manual" => Callee.Manual(),
        "answers" => Callee.Answers(TimeSpan.FromSeconds(3)).ThenPresses("1", TimeSpan.FromSeconds(4)),
        "voicemail" => Callee.Voicemail(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6)),
        "busy" => Callee.Busy(),
        "declines" => Callee.Rejects(TimeSpan.FromSeconds(3)),
        "no-answer" => Callee.NoAnswer(),
        "unreachable" => Callee.Unreachable(),
        _ => throw new ArgumentException($"There is no mode {mode}.", nameof(mode)),
    };

    public static string Name(CalleeMode mode) => mode switch
    {
        CalleeMode.NoAnswer => "no-answer",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
