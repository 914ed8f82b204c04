using NodaTime;
using NodaTime.Text;

namespace OnCall.Core.Duty.Checks;

/// <summary>What is probably not meant in a book: one for each rule and each whom it concerns, however often.</summary>
/// <param name="Concerns">The id of the adviser or rota, or the number of the line.</param>
/// <param name="What">What is wrong, as a sentence without its end.</param>
/// <param name="Shortfall">How much is missing the first time, or why; empty where that cannot be said as an amount.</param>
/// <param name="Start">Of the first stretch, inclusive.</param>
/// <param name="End">Of the first stretch, exclusive.</param>
/// <param name="Times">How many stretches there are, at least 1.</param>
/// <param name="Until">Until when was looked, exclusive.</param>
/// <param name="Zone">In which times are told.</param>
public sealed record DutyFinding(
    DutyRule Rule, string Concerns, string What, string Shortfall, Instant Start, Instant End, int Times, Instant Until, DateTimeZone Zone)
{
    private static readonly ZonedDateTimePattern Shown =
        ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu HH':'mm x", DateTimeZoneProviders.Tzdb);

    /// <summary>The rule as a coordinator would name it.</summary>
    public string RuleName => Rule switch
    {
        DutyRule.Gap => "gap",
        DutyRule.LineWithoutAnybody => "line without anybody",
        DutyRule.TwoStepsAtOnce => "two steps at once",
        DutyRule.TwoDesksAtOnce => "two desks at once",
        DutyRule.TwoRotasAtOnce => "two rotas at once",
        DutyRule.RestInADay => "11 h of rest in 24",
        DutyRule.RestInAWeek => "24 h of rest in 7 days, or 48 in 14",
        DutyRule.WeeklyHours => "48 h a week over 17 weeks",
        DutyRule.DaysInARow => "7 days in a row",
        DutyRule.AwayAndNamed => "away and named",
        DutyRule.NeverOnDuty => "never on duty",
        DutyRule.TakesNoTexts => "takes no texts",
        DutyRule.CannotBeCalled => "cannot be called",
        _ => "checked in part",
    };

    /// <summary>The whole of it for people.</summary>
    public string Sentence => Rule is DutyRule.TakesNoTexts or DutyRule.CannotBeCalled
        ? $"{What} {RuleName} since {Show(Start)}: {Shortfall}."
        : $"{RuleName}: {What} from {Show(Start)} to {Show(End)}{(Shortfall.Length > 0 ? $" ({Shortfall})" : "")}"
        + (Times > 1 ? $"; {Times} times until {Show(Until)}." : ".");

    private string Show(Instant instant) => Shown.Format(instant.InZone(Zone));
}
