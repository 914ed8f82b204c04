using OnCall.Core.Escalation;
using OnCall.Core.Rotas;

namespace OnCall.Soak.Invariants;

/// <summary>One offer at a time per adviser over all enquiries: who is rung for one, hears its prompt or talks on it, is not rung for another while there is anybody else.</summary>
internal sealed class OneOfferAtATime(World world) : Invariant(world)
{
    private readonly Dictionary<string, HashSet<Guid>> _engaged = [];
    private readonly Dictionary<Guid, List<string>> _byEnquiry = [];

    public override void Sees(Step step)
    {
        foreach (var page in step.Pages)
        {
            var isJudged = page.Method == PageMethod.Call && !step.IsOfBookAlone && !step.IsPassedTo(page) && !IsTakersOwn(step, page);
            if (isJudged && Fails(!IsBusy(page.Adviser, step) || !Others(step).Any(other => !IsBusy(other, step))))
            {
                Report(step.Kept, $"{page.Adviser} is rung, who is busy with {string.Join(", ", _engaged[page.Adviser].Select(id => World.Nodes.Find(id)?.Enquiry.Ref))}, while {string.Join(", ", Others(step).Where(other => !IsBusy(other, step)))} could be");
            }
        }

        if (!step.KeepsPages || !ReferenceEquals(step.Before?.Stage, step.After.Stage))
        {
            Remember(step.After);
        }
    }

    /// <summary>Who has it is rung to be connected.</summary>
    private static bool IsTakersOwn(Step step, Page page) => step.After.AcceptedBy == page.Adviser;

    private bool IsBusy(string adviser, Step step) => _engaged.TryGetValue(adviser, out var by) && by.Count > (by.Contains(step.After.Id) ? 1 : 0);

    /// <summary>Those who could be rung in its place: of the step and all that follow it, or of the chase's step.</summary>
    private IEnumerable<string> Others(Step step)
    {
        var policy = World.Duty.PolicyOf(step.After);
        if (step.Happened is EnquiryEvent.Chained { State: var dialled } && step.After.Stage is Stage.Paging { Step: var at, Round: var round })
        {
            var later = round < policy.Rounds ? policy.Steps : policy.Steps.Skip(at + 1);
            return later.SelectMany(one => Callable(one, step, evenPassed: false)).Concat(Callable(policy.Steps[at], step, evenPassed: false).Except(dialled.Rung));
        }

        IEnumerable<PolicyStep> steps = step.After.Stage switch
        {
            Stage.Paging paging when step.After.IsPagedByText => [policy.Steps[Math.Max(0, paging.Step)]],
            Stage.Paging paging => paging.Round < policy.Rounds ? policy.Steps : policy.Steps.Skip(Math.Max(0, paging.Step)),
            _ => policy.Steps.Reverse().Where(one => Callable(one, step, evenPassed: true).Any()).Take(1),
        };
        var tried = step.Happened is EnquiryEvent.PageTextFailed ? step.After.Pages.Where(page => page.Attempt == step.After.Attempts).Select(page => page.Adviser) : [];
        return steps.SelectMany(one => Callable(one, step, evenPassed: step.After.Stage is Stage.Owed)).Except(tried);
    }

    private IEnumerable<string> Callable(PolicyStep one, Step step, bool evenPassed) => World.Duty.Candidates(one, step.After, step.Now)
        .Where(id => !step.After.Pages.Except(step.Pages).Any(page => page.Adviser == id && (page.IsLive || (!evenPassed && page.State is PageState.Over { End: PageEnd.Passed }))));

    private void Remember(Enquiry enquiry)
    {
        var now = Engages(enquiry);
        if (_byEnquiry.TryGetValue(enquiry.Id, out var before))
        {
            foreach (var adviser in before)
            {
                _engaged[adviser].Remove(enquiry.Id);
            }
        }

        foreach (var adviser in now)
        {
            if (!_engaged.TryGetValue(adviser, out var by))
            {
                _engaged.Add(adviser, by = []);
            }

            by.Add(enquiry.Id);
        }

        if (now.Count > 0)
        {
            _byEnquiry[enquiry.Id] = now;
        }
        else
        {
            _byEnquiry.Remove(enquiry.Id);
        }
    }

    private static List<string> Engages(Enquiry enquiry)
    {
        List<string> engaged = [];
        foreach (var page in enquiry.Pages)
        {
            if (page.Method == PageMethod.Call && page.State is not PageState.Over && !engaged.Contains(page.Adviser))
            {
                engaged.Add(page.Adviser);
            }
        }

        if (enquiry.Stage is Stage.Accepted { Page: not null, Talk: not (Talk.Over or Talk.AdviserGone) } talk && !engaged.Contains(talk.Adviser))
        {
            engaged.Add(talk.Adviser);
        }

        return engaged;
    }
}
