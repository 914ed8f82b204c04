using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>Whom the chain dials next: one adviser after another, step by step and round by round, as the desk's policy has them.</summary>
public static class ChainSteps
{
    private const string HadIt = "had taken it before";

    private static readonly Duration SameAdviserRing = Duration.FromSeconds(25);

    /// <param name="mayCall">Whether a number may be called at all.</param>
    /// <returns>The state in which the next one is dialled; null = all rounds are through, or the officer has waited long enough.</returns>
    public static ChainState? Next(ChainState state, Roster roster, Func<PhoneNumber, bool> mayCall, Instant now)
    {
        if (state.HeldUntil <= now)
        {
            return null;
        }

        if (state.First is { } first)
        {
            var rest = state with { First = null, Dial = null };
            return roster.Candidate(first, HadIt) is { } same && mayCall(same.Adviser.Phone)
                ? Dialling(rest, same, SameAdviserRing, now)
                : Next(rest, roster, mayCall, now);
        }

        var (enquiry, policy) = (state.AsEnquiry(), roster.Policy(state.AsEnquiry()));
        foreach (var (round, step) in Ahead(state, policy))
        {
            var here = (round, step) == (state.Round, state.Step) ? state : state with { Round = round, Step = step, Rung = [] };
            var candidate = roster.Candidates(policy.Steps[step], enquiry, now)
                .FirstOrDefault(candidate => !here.Rung.Contains(candidate.Adviser.Id) && !here.Passed.Contains(candidate.Adviser.Id) && mayCall(candidate.Adviser.Phone));
            if (candidate is not null)
            {
                return Dialling(here with { Rung = here.Rung.Add(candidate.Adviser.Id) }, candidate, policy.Steps[step].Ring, now);
            }
        }

        return null;
    }

    private static ChainState Dialling(ChainState state, Candidate candidate, Duration ring, Instant now) => state with
    {
        Dials = state.Dials + 1,
        Dial = new ChainDial(state.Dials + 1, candidate.Adviser.Id, candidate.Source, state.Round, state.Step, ring, now),
    };

    /// <summary>This step and those after it.</summary>
    private static IEnumerable<(int Round, int Step)> Ahead(ChainState state, EscalationPolicy policy) =>
        from round in Enumerable.Range(1, policy.Rounds)
        from step in Enumerable.Range(0, policy.Steps.Count)
        where (round, step).CompareTo((state.Round, state.Step)) >= 0
        select (round, step);
}
