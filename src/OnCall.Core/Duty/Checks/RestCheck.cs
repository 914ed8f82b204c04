using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>Each adviser's rest over all rotas together, and days on duty in a row.</summary>
internal static class RestCheck
{
    public static IEnumerable<DutyFinding> Of(BookSurvey survey)
    {
        var work = ByAdviser(survey, rota => rota.AtWork);
        var duty = ByAdviser(survey, rota => rota.OnDuty);
        foreach (var adviser in survey.Book.Content.Advisers.Select(adviser => adviser.Id))
        {
            var shifts = Stretch.Union(work[adviser]);
            var atWork = Stretch.Union(shifts.Concat(survey.Calls.Of(adviser)));
            var planned = Day(survey, adviser, shifts);
            var findings = new[]
            {
                planned, AfterCall(survey, adviser, shifts) ?? (planned is null ? Day(survey, adviser, atWork) : null), Week(survey, adviser, atWork), Hours(survey, adviser, atWork),
                Run(survey, adviser, Stretch.Union(duty[adviser])),
            };
            foreach (var finding in findings.OfType<DutyFinding>())
            {
                yield return finding;
            }
        }
    }

    private static ILookup<string, Stretch> ByAdviser(BookSurvey survey, Func<RotaSurvey, StretchList<string>> which) => survey.Rotas
        .SelectMany(rota => which(rota).Keys.SelectMany(adviser => which(rota).Of(adviser), (adviser, stretch) => (adviser, stretch)))
        .ToLookup(pair => pair.adviser, pair => pair.stretch);

    private static DutyFinding? Day(BookSurvey survey, string adviser, List<Stretch> work)
    {
        var days = RestRules.ShortDays(work).ToDictionary(day => day.In, day => day.Longest);
        return survey.Finding(
            DutyRule.RestInADay,
            adviser,
            $"{adviser} is at work too soon again",
            first => TooLittle(days[first]),
            days.Keys);
    }

    /// <summary>Called out at night, and at work the next morning: the shifts that begin less than 11 hours after the last call.</summary>
    private static DutyFinding? AfterCall(BookSurvey survey, string adviser, List<Stretch> shifts)
    {
        var rests = RestRules.ShortAfterCalls(shifts, survey.Calls.Of(adviser)).ToDictionary(
            pair => new Stretch(pair.Call.Start, pair.Shift.End), pair => pair.Shift.Start - pair.Call.End);
        return survey.Finding(
            DutyRule.RestInADay,
            adviser,
            $"{adviser} was called and is at work too soon again",
            first => TooLittle(rests[first]),
            rests.Keys);
    }

    private static string TooLittle(Duration rest) => $"{Amount.Of(rest)} of rest, {Amount.Of(RestRules.RestInADay - rest)} too little";

    private static DutyFinding? Week(BookSurvey survey, string adviser, List<Stretch> work)
    {
        var weeks = RestRules.ShortWeeks(work).ToDictionary(week => week.In, week => week.Longest);
        return survey.Finding(
            DutyRule.RestInAWeek,
            adviser,
            $"{adviser} is at work without a day off",
            first => $"{Amount.Of(weeks[first])} of rest at most, {Amount.Of(Duration.FromDays(1) - weeks[first])} too little",
            weeks.Keys);
    }

    /// <summary>The worst of the reference periods, week by week.</summary>
    private static DutyFinding? Hours(BookSurvey survey, string adviser, List<Stretch> work)
    {
        var starts = Enumerable.Range(0, 1 + (int)((survey.Now - survey.From).TotalDays / 7)).Select(week => survey.Now - Duration.FromDays(7 * week));
        var (start, average) = starts.Select(start => (start, Average: RestRules.Average(work, start))).MaxBy(one => one.Average);
        return average <= RestRules.MostInAWeek
            ? null
            : survey.Finding(
                DutyRule.WeeklyHours,
                adviser,
                $"{adviser} is at work for {Amount.Of(average)} a week on average",
                _ => $"{Amount.Of(average - RestRules.MostInAWeek)} a week too many",
                [new Stretch(start, start + BookSurvey.Ahead)]);
    }

    /// <summary>Seven days are counted on the wall clock, so that a week in which clocks go back is still a week.</summary>
    private static DutyFinding? Run(BookSurvey survey, string adviser, List<Stretch> duty)
    {
        var runs = RestRules.Runs(duty).Where(run => WallClock(run, survey.Zone) > Duration.FromDays(7));
        return survey.Finding(
            DutyRule.DaysInARow,
            adviser,
            $"{adviser} is on duty without a day off",
            first => $"{Amount.Of(WallClock(first, survey.Zone) - Duration.FromDays(7))} too long, being on call counted",
            runs);
    }

    private static Duration WallClock(Stretch stretch, DateTimeZone zone) =>
        stretch.Length + Duration.FromSeconds(zone.GetUtcOffset(stretch.End).Seconds - zone.GetUtcOffset(stretch.Start).Seconds);
}
