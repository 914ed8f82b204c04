using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>A cyclic shift pattern, day by day. On local date d a team works <c>cycle[(d - start + offset) mod length]</c>.</summary>
/// <param name="Start">The local date of day 1 of the cycle; no shift begins before it.</param>
/// <param name="Shifts">The shifts by code, sorted by code.</param>
/// <param name="Cycle">Codes, null = off; never empty.</param>
/// <param name="Teams">Never empty; several that work at once are on duty together.</param>
public sealed record ShiftPattern(
    LocalDate Start, ValueList<PatternShift> Shifts, ValueList<string?> Cycle, ValueList<PatternTeam> Teams) : LayerDuty
{
    /// <summary>The code that a team works on a local date; null = it is off, or the pattern has not begun.</summary>
    public string? CodeOn(LocalDate date, PatternTeam team)
    {
        if (date < Start)
        {
            return null;
        }

        var day = (Period.DaysBetween(Start, date) + (long)team.Offset) % Cycle.Count;
        return Cycle[(int)(day < 0 ? day + Cycle.Count : day)];
    }
}

/// <summary>One shift of a pattern.</summary>
/// <param name="From">Where it begins on its day, inclusive.</param>
/// <param name="To">Where it ends, exclusive; not after <paramref name="From"/> = on the next day.</param>
public sealed record PatternShift(string Code, LocalTime From, LocalTime To);

/// <summary>People who work the same shifts of a pattern.</summary>
/// <param name="Advisers">Ids; never empty.</param>
/// <param name="Offset">By how many days the team is ahead in the cycle; may be negative.</param>
public sealed record PatternTeam(ValueList<string> Advisers, int Offset);
