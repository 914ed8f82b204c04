using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;

namespace OnCall.Soak.Invariants;

/// <summary>Nobody off duty is rung but by name, by the chase of the last step, or because it is the adviser's own enquiry.</summary>
internal sealed class OnlyDutyIsRung(World world) : Invariant(world)
{
    /// <summary>A dial that is told later comes out of a journal: the database went while the chain rang.</summary>
    private static readonly Duration ToldAtOnce = Duration.FromSeconds(1);

    public override void Sees(Step step)
    {
        foreach (var page in step.Pages)
        {
            if (Fails(step.IsPassedTo(page) || step.IsOwn(page) || WasTexted(step, page) || IsToBeRung(step, page)))
            {
                Report(step.Kept, $"{page.Adviser} is rung ({page.Source}), who is neither on duty nor named");
            }
        }
    }

    /// <summary>Who was texted in a step before is called now, whatever the rota says by now.</summary>
    private static bool WasTexted(Step step, Page page) => step.Before?.Pages.Any(before => before.Method == PageMethod.Sms && before.Adviser == page.Adviser) == true;

    private bool IsToBeRung(Step step, Page page)
    {
        if (step.Happened is EnquiryEvent.Chained { State: { Dial: { } dial } state } && page.Id.StartsWith(state.DialsOf(step.After), StringComparison.Ordinal))
        {
            // By what the chain knew when it dialled; that somebody had it a moment before may be told later, by another node, and the book may be another by then.
            return World.PublishedAt > dial.At || ((state.Because == ChainBecause.DatabaseAway || step.Now - dial.At > ToldAtOnce) && !state.Rung.Contains(dial.Adviser)) || World.Duty.Candidates(World.Duty.PolicyOf(state.AsEnquiry()).Steps[dial.Step], state.AsEnquiry(), dial.At).Contains(page.Adviser);
        }

        var policy = World.Duty.PolicyOf(step.After);
        var steps = step.After.Stage is Stage.Paging { Step: >= 0 } paging ? [policy.Steps[paging.Step]] : policy.Steps;
        return steps.Any(one => Means(one, page.Adviser, step));
    }

    private bool Means(PolicyStep one, string adviser, Step step) => World.Duty.Candidates(one, step.After, step.Now).Contains(adviser);
}
