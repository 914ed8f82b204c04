using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>People take turns: turn k covers [start + k·turn, start + (k + 1)·turn), and nobody is on duty before the start.</summary>
/// <param name="Start">The first hand-over on the wall clock, as it was written, even if a clock change skips it.</param>
/// <param name="StartOffset">Null but where <paramref name="Start"/> comes twice and the second is meant: the offset that says so.</param>
/// <param name="Advisers">Ids in the order of their turns; one may stand in the list twice; never empty.</param>
public sealed record Rotation(LocalDateTime Start, Offset? StartOffset, Turn Turn, ValueList<string> Advisers) : LayerDuty;

/// <summary>The length of a turn: so many days, weeks or months on the wall clock, or so much elapsed time.</summary>
public abstract record Turn
{
    private Turn()
    {
    }

    /// <summary>So many days of the calendar; a week is seven of them.</summary>
    public sealed record Days(int Count) : Turn;

    /// <summary>So many months of the calendar, counted from the start: from the 31st, the last day of shorter months.</summary>
    public sealed record Months(int Count) : Turn;

    /// <summary>Elapsed time from the start, whatever the clocks do.</summary>
    public sealed record Elapsed(Duration Length) : Turn;
}
