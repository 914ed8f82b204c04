using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who is on duty in a rota, computed from the definitions and never stored.</summary>
public static class DutyTimeline
{
    /// <summary>How far ahead the end of a duty, and the next change, are looked for.</summary>
    public static Duration Horizon { get; } = Duration.FromDays(400);

    /// <summary>Who is on duty at an instant, until when, and what comes next.</summary>
    public static DutyAnswer At(RotaBook book, Rota rota, Instant at) => new([], null);

    /// <summary>The duty periods and gaps of [from, to), cut at both ends.</summary>
    public static DutyPeriods Between(RotaBook book, Rota rota, Instant from, Instant to) => new([], []);
}
