using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>People who are away when a layer has them on duty, or a step names them.</summary>
internal static class AwayCheck
{
    public static IEnumerable<DutyFinding> Of(BookSurvey survey) => InRotas(survey).Concat(InSteps(survey))
        .GroupBy(named => named.Adviser)
        .Select(all =>
        {
            var first = all.MinBy(named => named.Away[0].Start);
            return survey.Finding(DutyRule.AwayAndNamed, all.Key, first.What, _ => "", all.SelectMany(named => named.Away));
        })
        .OfType<DutyFinding>();

    private static IEnumerable<(string Adviser, string What, List<Stretch> Away)> InRotas(BookSurvey survey) =>
        from rota in survey.Rotas
        from adviser in rota.Away.Keys
        let away = Stretch.From(survey.Now, rota.Away.Of(adviser)).ToList()
        where away.Count > 0
        select (adviser, $"{adviser} is away when it is their duty in the rota {rota.Rota.Id}, and nobody stands in", away);

    private static IEnumerable<(string Adviser, string What, List<Stretch> Away)> InSteps(BookSurvey survey) =>
        from policy in survey.Book.Content.Policies
        from adviser in policy.Steps.SelectMany(step => step.Notify).OfType<NotifyTarget.Adviser>().Select(target => target.Id).Distinct()
        let away = Aways(survey, adviser)
        where away.Count > 0
        select (adviser, $"{adviser}, whom the policy {policy.Id} names, is away", away);

    private static List<Stretch> Aways(BookSurvey survey, string adviser)
    {
        var aways = new StretchList<string>();
        for (var at = survey.Now; at < survey.Until;)
        {
            var isAway = BookTimes.IsAway(survey.Book, adviser, at, out var until);
            until = Instant.Min(until, survey.Until);
            if (isAway)
            {
                aways.Add(adviser, at, until);
            }

            at = until;
        }

        return [.. aways.Of(adviser)];
    }
}
