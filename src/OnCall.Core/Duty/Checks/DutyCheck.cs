using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>Looks for what a valid book probably does not mean: gaps, double bookings, lack of rest, people who are away or never on duty.</summary>
public static class DutyCheck
{
    /// <summary>Enough to see rest and runs of days that began before now.</summary>
    private static readonly Duration UsualBack = Duration.FromDays(14);

    /// <summary>How far back calls matter: the reference period of the working time rules.</summary>
    public static Duration LooksBack => BookSurvey.Ahead;

    /// <summary>What counts as working time, for whoever reads the findings.</summary>
    public static string Counted =>
        "Counted as work for the rules of rest: shifts of patterns up to 16 h. Turns and dated lists are taken for being on call at home, which counts only when called.";

    /// <summary>Looks at the 17 weeks after an instant (at the next 28 days for gaps).</summary>
    /// <param name="calls">When people on call were called; they count as work, and the 17 weeks before <paramref name="now"/> are looked at as well.</param>
    public static ValueList<DutyFinding> Of(RotaBook book, Instant now, CallsTaken? calls = null)
    {
        var survey = new BookSurvey(book, now, calls is null ? UsualBack : LooksBack, calls ?? CallsTaken.None);
        return new[]
        {
            GapCheck.Of(survey), LineCheck.Of(survey), TwoAtOnce.Of(survey), RestCheck.Of(survey), AwayCheck.Of(survey), NeverOnDutyCheck.Of(survey),
        }.SelectMany(findings => findings).ToValueList();
    }
}
