using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>Gaps of the next 28 days, and rotas that could not be looked at to the end.</summary>
internal static class GapCheck
{
    public static IEnumerable<DutyFinding> Of(BookSurvey survey)
    {
        foreach (var rota in survey.Rotas)
        {
            if (Gap(survey, rota) is { } gap)
            {
                yield return gap;
            }

            if (rota.Until < survey.Until)
            {
                yield return new DutyFinding(
                    DutyRule.CheckedInPart, rota.Rota.Id, $"the rota {rota.Rota.Id} changes so often that it was not looked at", "", rota.Until, survey.Until, 1, survey.Until, rota.Rota.Zone);
            }
        }
    }

    private static DutyFinding? Gap(BookSurvey survey, RotaSurvey rota)
    {
        var until = survey.Now + BookSurvey.GapsAhead;
        var gaps = rota.Missing.Keys
            .SelectMany(missing => Stretch.To(until, Stretch.From(survey.Now, rota.Missing.Of(missing))).Select(gap => (Missing: missing, Gap: gap)))
            .OrderBy(gap => gap.Gap.Start)
            .ToList();
        if (gaps is not [var first, ..])
        {
            return null;
        }

        var all = gaps.Aggregate(Duration.Zero, (sum, gap) => sum + gap.Gap.Length);
        var shortfall = gaps.Count == 1 ? Amount.Of(all) : $"{Amount.Of(first.Gap.Length)}, {Amount.Of(all)} in all";
        var what = $"the rota {rota.Rota.Id} has {first.Missing} too few on duty";
        return new DutyFinding(DutyRule.Gap, rota.Rota.Id, what, shortfall, first.Gap.Start, first.Gap.End, gaps.Count, until, rota.Rota.Zone);
    }
}
