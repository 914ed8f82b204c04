using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>The same adviser in two steps of one policy at once, at two desks at once, or in two rotas at once that no policy names yet.</summary>
/// <remarks>
/// A rota, or an adviser, that is named twice is meant to be rung twice; what is looked for is one person behind two names. Regional contacts are
/// left out, since they depend on who calls.
/// </remarks>
internal sealed class TwoAtOnce
{
    private readonly BookSurvey _survey;

    /// <summary>By rota: the policies that name it, with the steps.</summary>
    private readonly ILookup<string, (string Policy, int Step)> _steps;

    private readonly ILookup<string, string> _desks;

    private TwoAtOnce(BookSurvey survey)
    {
        _survey = survey;
        _steps = Named<NotifyTarget.Rota>().ToLookup(named => named.Target.Id, named => (named.Policy.Id, named.Step));
        _desks = survey.Book.Content.Desks
            .SelectMany(desk => survey.Book.Policies[desk.Policy].Steps.SelectMany(step => step.Notify).OfType<NotifyTarget.Rota>(), (desk, target) => (target.Id, Desk: desk.Id))
            .ToLookup(pair => pair.Id, pair => pair.Desk);
    }

    public static IEnumerable<DutyFinding> Of(BookSurvey survey) => new TwoAtOnce(survey).Findings();

    private IEnumerable<DutyFinding> Findings() => Clashes()
        .GroupBy(clash => (clash.Rule, clash.Adviser))
        .Select(clashes =>
        {
            var first = clashes.MinBy(clash => clash.Stretches[0].Start)!;
            return _survey.Finding(clashes.Key.Rule, clashes.Key.Adviser, first.What, shortfall => Amount.Of(shortfall.Length), clashes.SelectMany(clash => clash.Stretches));
        })
        .OfType<DutyFinding>();

    private IEnumerable<Clash> Clashes() => RotasTogether().Concat(NamedAndOnDuty());

    private IEnumerable<Clash> RotasTogether()
    {
        var byAdviser = _survey.Rotas.SelectMany(rota => rota.OnDuty.Keys, (rota, adviser) => (adviser, rota)).ToLookup(pair => pair.adviser, pair => pair.rota);
        return
            from of in byAdviser
            let rotas = of.ToList()
            from pair in rotas.SelectMany((one, index) => rotas.Skip(index + 1), (one, other) => (one, other))
            let kind = Kind(pair.one.Rota.Id, pair.other.Rota.Id)
            where kind is not null
            let both = Coming(Stretch.Both(pair.one.OnDuty.Of(of.Key), pair.other.OnDuty.Of(of.Key)))
            where both.Count > 0
            select new Clash(
                kind.Value.Rule, of.Key, $"{of.Key} is on duty in the rotas {pair.one.Rota.Id} and {pair.other.Rota.Id}, {kind.Value.Where}", both);
    }

    /// <summary>Advisers whom a step names while another step of the policy has them on duty.</summary>
    private IEnumerable<Clash> NamedAndOnDuty()
    {
        var rotas = _survey.Rotas.ToDictionary(rota => rota.Rota.Id);
        return
            from named in Named<NotifyTarget.Adviser>()
            from target in named.Policy.Steps.Where((_, index) => index != named.Step).SelectMany(step => step.Notify).OfType<NotifyTarget.Rota>().Distinct()
            let both = Coming(rotas[target.Id].OnDuty.Of(named.Target.Id))
            where both.Count > 0
            select new Clash(
                DutyRule.TwoStepsAtOnce,
                named.Target.Id,
                $"{named.Target.Id} is on duty in the rota {target.Id} and named in another step of the policy {named.Policy.Id}",
                both);
    }

    private (DutyRule Rule, string Where)? Kind(string one, string other)
    {
        var policy = _steps[one].Join(_steps[other], step => step.Policy, step => step.Policy, (first, second) => (first.Policy, first.Step, Other: second.Step))
            .Where(pair => pair.Step != pair.Other).Select(pair => pair.Policy).FirstOrDefault();
        if (policy is not null)
        {
            return (DutyRule.TwoStepsAtOnce, $"two steps of the policy {policy},");
        }

        if (IsNamedNowhere(one) && IsNamedNowhere(other))
        {
            return (DutyRule.TwoRotasAtOnce, "which no policy names yet,");
        }

        return !_desks[one].Intersect(_desks[other]).Any() && _desks[one].FirstOrDefault() is { } first && _desks[other].FirstOrDefault() is { } second
            ? (DutyRule.TwoDesksAtOnce, $"of the desks {first} and {second},")
            : null;
    }

    private bool IsNamedNowhere(string rota) => !_steps[rota].Any() && !_survey.Book.Content.Forces.Any(force => force.Contact is NotifyTarget.Rota contact && contact.Id == rota);

    private IEnumerable<(T Target, EscalationPolicy Policy, int Step)> Named<T>()
        where T : NotifyTarget =>
        from policy in _survey.Book.Content.Policies
        from step in policy.Steps.Select((step, index) => (step.Notify, index))
        from target in step.Notify.OfType<T>()
        select (target, policy, step.index);

    private List<Stretch> Coming(IEnumerable<Stretch> stretches) => [.. Stretch.From(_survey.Now, stretches)];

    private sealed record Clash(DutyRule Rule, string Adviser, string What, List<Stretch> Stretches);
}
