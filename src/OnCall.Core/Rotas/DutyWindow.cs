using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>A stretch of certain days of the week, on the wall clock.</summary>
/// <param name="Days">The days on which the window begins, Monday first, each once; never empty.</param>
/// <param name="From">Where it begins, inclusive.</param>
/// <param name="To">Where it ends, exclusive; not after <paramref name="From"/> = on the next day.</param>
public sealed record DutyWindow(ValueList<IsoDayOfWeek> Days, LocalTime From, LocalTime To)
{
    /// <summary>Monday to Sunday.</summary>
    public static ValueList<IsoDayOfWeek> EveryDay { get; } = Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day).ToValueList();
}
