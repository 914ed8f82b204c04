using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Invariants;

/// <summary>
/// The coordinators are told of what nobody has, again and again, at least every four hours; and where nobody is on duty who could be paged, at once, if their last text about it
/// is a quarter of an hour old.
/// </summary>
internal sealed class CoordinatorsAreTold(World world) : Invariant(world)
{
    private static readonly Duration LongestSilence = Duration.FromHours(4);
    private static readonly Duration Rest = Duration.FromMinutes(15);
    private static readonly Duration LongestDelay = Duration.FromMinutes(1);

    private readonly Dictionary<Guid, Told> _told = [];

    public override void Sees(Step step)
    {
        if (step.After.Stage is Stage.Closed)
        {
            _told.Remove(step.After.Id);
            return;
        }

        // Told of an officer who hung up, they have been told a moment ago as well.
        var told = _told.GetValueOrDefault(step.After.Id, new Told(null, null, false, null));
        if (step.Decision.Effects.Any(effect => IsForCoordinator(effect) && World.Outbox.Holds(step.After.Id, waiting => waiting == effect)))
        {
            told = told with { Last = step.Now, Since = step.Now, DueBy = null };
        }
        else if (step.Happened is EnquiryEvent.PassedOn)
        {
            // A coordinator's own wish: they have it before them.
            told = told with { Since = step.Now };
        }

        _told[step.After.Id] = step.After.Stage is Stage.Owed { Because: not OwedBecause.Abandoned } owed ? Judge(step, owed, told) : new Told(told.Last, null, false, null);
    }

    private Told Judge(Step step, Stage.Owed owed, Told told)
    {
        var since = told.Since ?? step.Now;
        if (Fails(step.Now - since <= LongestSilence + LongestDelay))
        {
            Report(step.Kept, $"the coordinators have heard nothing since {since}");
        }

        var isNobodyThere = IsTried(step, owed) ? IsNobodyThere(step) : told.IsOfNobody;
        var dueBy = !isNobodyThere || told.Last == step.Now ? null
            : told.IsOfNobody ? told.DueBy
            : told.Last + Rest > step.Now ? told.Last + Rest + LongestDelay : step.Now;
        if (Fails(!(dueBy <= step.Now)))
        {
            Report(step.Kept, "nobody is on duty, and the coordinators are not told");
        }

        return new Told(told.Last, since, isNobodyThere, dueBy);
    }

    private bool IsNobodyThere(Step step) => !World.Duty.PolicyOf(step.After).Steps.Any(one => World.Duty.Candidates(one, step.After, step.Now).Count > 0);

    private bool IsForCoordinator(Effect effect) => effect is Effect.SendText text && World.Book.Coordinators.Any(coordinator => coordinator.Phone == text.To);

    /// <summary>Whether somebody was to be paged: in the last of the rounds, or by the chase.</summary>
    private static bool IsTried(Step step, Stage.Owed owed) => step.Decision.Timeline.Any(entry => entry.Event == "unanswered") || (step.Before?.Stage as Stage.Owed)?.Chases < owed.Chases;

    /// <param name="Last">When they had the last text about it; null = none yet.</param>
    /// <param name="Since">Since when it is nobody's without a word to them; null = it is not.</param>
    /// <param name="IsOfNobody">Whether nobody was on duty when that was last tried.</param>
    /// <param name="DueBy">When they must have been told that nobody is; null = they were, or somebody is.</param>
    private sealed record Told(Instant? Last, Instant? Since, bool IsOfNobody, Instant? DueBy);
}
