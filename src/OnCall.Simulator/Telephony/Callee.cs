using System.Collections.Immutable;

namespace OnCall.Simulator;

/// <summary>What the holder of a phone does when it rings. Times count from the first ring; those of keys and of hanging up from picking up.</summary>
public sealed record Callee
{
    private Callee(CalleeMode mode) => Mode = mode;

    public CalleeMode Mode { get; }

    /// <summary>From the first ring until the phone is picked up, or the call declined.</summary>
    public TimeSpan After { get; private init; }

    /// <summary>What is done after picking up, in order.</summary>
    public ImmutableArray<CalleeStep> Steps { get; private init; } = [];

    /// <summary>A person picks up.</summary>
    public static Callee Answers(TimeSpan after) => new(CalleeMode.Answers) { After = after };

    /// <summary>A voicemail picks up, plays its greeting, hears what is said to it, and rings off <paramref name="listens"/> (2 minutes if left out) after the greeting.</summary>
    public static Callee Voicemail(TimeSpan after, TimeSpan greeting, TimeSpan? listens = null) =>
        new(CalleeMode.Voicemail) { After = after, Steps = [new CalleeStep(greeting + (listens ?? TimeSpan.FromMinutes(2)), CalleeStep.HangUpKey, OnWords: null)] };

    /// <summary>The phone is engaged: it never rings.</summary>
    public static Callee Busy() => new(CalleeMode.Busy);

    /// <summary>The call is declined.</summary>
    public static Callee Rejects(TimeSpan after) => new(CalleeMode.Declines) { After = after };

    /// <summary>It rings until the caller gives up.</summary>
    public static Callee NoAnswer() => new(CalleeMode.NoAnswer);

    /// <summary>The network cannot reach the phone.</summary>
    public static Callee Unreachable() => new(CalleeMode.Unreachable);

    /// <summary>It rings until somebody answers by <see cref="PhoneCall.Answer"/> or on the page.</summary>
    public static Callee Manual() => new(CalleeMode.Manual);

    /// <summary>Then presses keys, so long after picking up.</summary>
    public Callee ThenPresses(string digits, TimeSpan at) => With(new CalleeStep(at, digits, OnWords: null));

    /// <summary>Then presses keys once, so long after hearing words that contain <paramref name="words"/> (in any case).</summary>
    public Callee ThenPressesOnHearing(string words, string digits, TimeSpan after = default) => With(new CalleeStep(after, digits, words));

    /// <summary>Then hangs up, so long after picking up.</summary>
    public Callee ThenHangsUp(TimeSpan at) => With(new CalleeStep(at, CalleeStep.HangUpKey, OnWords: null));

    private Callee With(CalleeStep step) => this with { Steps = Steps.Add(step) };
}

/// <summary>The ways in which a phone takes a call.</summary>
public enum CalleeMode
{
    NoAnswer,
    Answers,
    Voicemail,
    Busy,
    Declines,
    Unreachable,
    Manual,
}

/// <summary>One thing that a scripted callee does.</summary>
/// <param name="Delay">Counted from picking up, or from hearing <paramref name="OnWords"/>.</param>
/// <param name="Digits">The keys, or empty to hang up.</param>
/// <param name="OnWords">The words that set it off; null: time alone.</param>
public sealed record CalleeStep(TimeSpan Delay, string Digits, string? OnWords)
{
    internal const string HangUpKey = "";
}
