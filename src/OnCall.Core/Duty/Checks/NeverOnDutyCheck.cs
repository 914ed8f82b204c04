using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>People whom a layer names and who never come on duty in the rota: a Monday-to-Friday window over a daily turn of seven people has two.</summary>
internal static class NeverOnDutyCheck
{
    /// <summary>How far ahead at least is looked for somebody whom the usual window does not show.</summary>
    private static readonly Duration LooksAhead = Duration.FromDays(400);

    private static readonly Duration Furthest = Duration.FromDays(20 * 366);

    private const int MostStretches = 20_000;

    public static IEnumerable<DutyFinding> Of(BookSurvey survey)
    {
        foreach (var rota in survey.Rotas.Where(rota => rota.Until == survey.Until))
        {
            var sought = Named(survey, rota);
            if (sought.Count == 0)
            {
                continue;
            }

            var until = survey.Until + LookAhead(rota.Rota);
            if (SeeksToTheEnd(survey, rota, sought, until))
            {
                foreach (var (adviser, layer) in sought)
                {
                    var what = $"{adviser}, whom the layer {layer} of the rota {rota.Rota.Id} names, is at no time on duty in it";
                    yield return new DutyFinding(DutyRule.NeverOnDuty, adviser, what, "", survey.Now, until, 1, until, rota.Rota.Zone);
                }
            }
        }
    }

    /// <summary>By adviser: the layer. Layers that are over, and people who are away when it is their duty, are not looked at.</summary>
    private static Dictionary<string, string> Named(BookSurvey survey, RotaSurvey rota) => rota.Rota.Layers
        .Where(layer => layer.Until is null || layer.Until > survey.Now)
        .SelectMany(layer => AdvisersOf(layer.Duty, survey.Now), (layer, adviser) => (adviser, layer.Name))
        .Where(pair => rota.OnDuty.Of(pair.adviser).Count == 0 && rota.Away.Of(pair.adviser).Count == 0)
        .DistinctBy(pair => pair.adviser)
        .ToDictionary(pair => pair.adviser, pair => pair.Name);

    private static IEnumerable<string> AdvisersOf(LayerDuty duty, Instant now) => duty switch
    {
        Rotation rotation => rotation.Advisers,
        ShiftPattern pattern => pattern.Teams.SelectMany(team => team.Advisers),
        DatedShifts dated => dated.Shifts.Where(shift => shift.Start < shift.End && shift.End > now).Select(shift => shift.Adviser),
        _ => [],
    };

    /// <summary>Two rounds of the longest cycle, so that windows and other layers meet it in more than one way.</summary>
    private static Duration LookAhead(Rota rota)
    {
        var cycles = rota.Layers.Select(layer => layer.Duty switch
        {
            Rotation { Turn: Turn.Days days } rotation => Duration.FromDays((double)days.Count * rotation.Advisers.Count),
            Rotation { Turn: Turn.Months months } rotation => Duration.FromDays(31.0 * months.Count * rotation.Advisers.Count),
            Rotation { Turn: Turn.Elapsed elapsed } rotation => Duration.FromHours(elapsed.Length.TotalHours * rotation.Advisers.Count),
            ShiftPattern pattern => Duration.FromDays(pattern.Cycle.Count),
            DatedShifts => Furthest,
            _ => Duration.Zero,
        });
        return Duration.Min(Furthest, Duration.Max(LooksAhead, cycles.Aggregate(Duration.Zero, Duration.Max) * 2));
    }

    /// <summary>Takes out whom it finds on duty or away; false where it did not come to the end.</summary>
    private static bool SeeksToTheEnd(BookSurvey survey, RotaSurvey rota, Dictionary<string, string> sought, Instant until)
    {
        var sweep = BookTimes.Of(survey.Book, rota.Rota).Begin();
        var left = MostStretches;
        var remarks = new DutyRemarks();
        for (var at = survey.Until; at < until && sought.Count > 0; left--)
        {
            if (left == 0)
            {
                return false;
            }

            remarks.Clear();
            var stretch = sweep.From(at, remarks);
            foreach (var adviser in stretch.Places.Select(place => place.Adviser).Concat(remarks.Away.Select(place => place.Adviser)))
            {
                sought.Remove(adviser);
            }

            at = stretch.End;
        }

        return true;
    }
}
