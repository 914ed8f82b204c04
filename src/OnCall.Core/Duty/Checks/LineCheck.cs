using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>Whether each line can always reach somebody: for every key, the union of all that its policy rings.</summary>
/// <remarks>
/// An adviser whom a step names is always rung, since an absence never leaves a step empty. A force's regional contact does not
/// count: it depends on who calls.
/// </remarks>
internal static class LineCheck
{
    public static IEnumerable<DutyFinding> Of(BookSurvey survey)
    {
        var rotas = survey.Rotas.ToDictionary(rota => rota.Rota.Id);
        var window = new Stretch(survey.Now, survey.Now + BookSurvey.GapsAhead);
        var nobody = survey.Book.Content.Policies.ToDictionary(policy => policy.Id, policy => Nobody(policy, rotas, window));
        return survey.Book.Content.Lines
            .SelectMany(line => Ways(survey.Book, line), (line, way) => Finding(survey, line, way.How, nobody[way.Policy], window.End))
            .OfType<DutyFinding>();
    }

    /// <summary>Each policy that the line leads to, once, with the way there.</summary>
    private static IEnumerable<(string How, string Policy)> Ways(RotaBook book, Line line) => line.Menu
        .Select(entry => ($"key {entry.Key}, desk {entry.Desk}", entry.Policy ?? book.Desks[entry.Desk].Policy))
        .Append(($"no key, desk {line.Default}", book.Desks[line.Default].Policy))
        .DistinctBy(way => way.Item2);

    private static List<Stretch> Nobody(EscalationPolicy policy, Dictionary<string, RotaSurvey> rotas, Stretch window)
    {
        var targets = policy.Steps.SelectMany(step => step.Notify).ToList();
        if (targets.Exists(target => target is NotifyTarget.Adviser))
        {
            return [];
        }

        var covered = Stretch.Union(targets.OfType<NotifyTarget.Rota>().SelectMany(target => rotas[target.Id].Covered.Of(true)));
        return [.. Stretch.To(window.End, Stretch.From(window.Start, Between(covered, window)))];
    }

    /// <summary>What lies outside the stretches.</summary>
    private static IEnumerable<Stretch> Between(List<Stretch> stretches, Stretch window)
    {
        var starts = stretches.Select(stretch => stretch.End).Prepend(window.Start);
        var ends = stretches.Select(stretch => stretch.Start).Append(window.End);
        return starts.Zip(ends, (start, end) => new Stretch(start, end)).Where(stretch => stretch.Start < stretch.End);
    }

    private static DutyFinding? Finding(BookSurvey survey, Line line, string how, List<Stretch> nobody, Instant until)
    {
        var what = $"a call to {line.Number} ({how}) reaches nobody";
        return survey.Finding(DutyRule.LineWithoutAnybody, line.Number.Value, what, first => Amount.Of(first.Length), nobody) is { } found
            ? found with { Until = until }
            : null;
    }
}
