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
            var rest = state with { First = null, FirstSource = null, Dial = null };
            return roster.Candidate(first, state.FirstSource ?? HadIt) is { } same && mayCall(same.Adviser.Phone) && !roster.IsBusy(same.Adviser)
                ? Dialling(rest, same, SameAdviserRing, now)
                : Next(rest, roster, mayCall, now);
        }

        // Whoever there is may have another officer: better a phone that is engaged than nobody.
        var dials = Dials(state, roster, mayCall, now);
        return (dials.FirstOrDefault(dial => !roster.IsBusy(dial.Candidate.Adviser)) ?? dials.FirstOrDefault()) is { } next
            ? Dialling(next.State with { Rung = next.State.Rung.Add(next.Candidate.Adviser.Id) }, next.Candidate, next.Ring, now)
            : null;
    }

    /// <summary>All who could be dialled from here on, in the policy's order.</summary>
    private static IEnumerable<DialAhead> Dials(ChainState state, Roster roster, Func<PhoneNumber, bool> mayCall, Instant now)
    {
        var (enquiry, policy) = (state.AsEnquiry(), roster.Policy(state.AsEnquiry()));
        return
            from ahead in Ahead(state, policy)
            let here = ahead == (state.Round, state.Step) ? state : state with { Round = ahead.Round, Step = ahead.Step, Rung = [] }
            from candidate in roster.Candidates(policy.Steps[ahead.Step], enquiry, now)
            where !here.Rung.Contains(candidate.Adviser.Id) && !here.Passed.Contains(candidate.Adviser.Id) && mayCall(candidate.Adviser.Phone)
            select new DialAhead(here, candidate, policy.Steps[ahead.Step].Ring);
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

    private sealed record DialAhead(ChainState State, Candidate Candidate, Duration Ring);
}
