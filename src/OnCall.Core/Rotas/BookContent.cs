using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Rotas;

/// <summary>Everything that rota documents say, as lists in the order in which it was said; equal to another by content.</summary>
public sealed record BookContent
{
    public static BookContent Empty { get; } = new();

    /// <summary>Of the wall-clock times that no rota's zone governs; null where no document named one.</summary>
    public DateTimeZone? Zone { get; init; }

    public ValueList<Adviser> Advisers { get; init; } = [];

    public ValueList<Coordinator> Coordinators { get; init; } = [];

    public ValueList<Desk> Desks { get; init; } = [];

    public ValueList<Rota> Rotas { get; init; } = [];

    public ValueList<Absence> Absences { get; init; } = [];

    public ValueList<EscalationPolicy> Policies { get; init; } = [];

    public ValueList<Line> Lines { get; init; } = [];

    public ValueList<Force> Forces { get; init; } = [];

    public ValueList<string> Topics { get; init; } = [];

    public ValueList<Blocked> Blocked { get; init; } = [];
}
