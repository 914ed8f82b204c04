using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>Who is tried, in what order, for how long, and what happens when nobody answers.</summary>
/// <param name="Steps">At least one.</param>
/// <param name="Rounds">The whole list is gone through so many times, at least once.</param>
/// <param name="Then">What the officer is offered when nobody took the enquiry.</param>
/// <param name="Chase">Waits, each before the last step is paged again, the last one repeating until somebody takes it; never empty.</param>
public sealed record EscalationPolicy(string Id, ValueList<PolicyStep> Steps, int Rounds, AfterRounds Then, ValueList<Duration> Chase);

/// <summary>One step: all its targets are tried together.</summary>
/// <param name="Ring">How long a call's step rings, from the moment when Twilio has taken the call.</param>
/// <param name="Wait">How long a text's step waits for an answer.</param>
public sealed record PolicyStep(ValueList<NotifyTarget> Notify, Duration Ring, Duration Wait);

/// <summary>What an officer is offered when nobody took the enquiry.</summary>
public enum AfterRounds
{
    Callback,
    Voicemail,
}

/// <summary>Whom a step notifies: everybody on duty in a rota, one adviser, or the regional contact of the caller's force.</summary>
public abstract record NotifyTarget
{
    private NotifyTarget()
    {
    }

    public sealed record Rota(string Id) : NotifyTarget;

    public sealed record Adviser(string Id) : NotifyTarget;

    public sealed record ForceContact : NotifyTarget;
}
