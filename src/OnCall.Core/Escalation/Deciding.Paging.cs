using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

internal sealed partial class Deciding
{
    private static readonly Duration SameAdviserRing = Duration.FromSeconds(25);

    public void MenuAnswered(EnquiryEvent.MenuAnswered answered)
    {
        if (_enquiry.Stage is not Stage.Menu { OfForce: false } menu || menu.Ask != answered.Ask || IsFormer(answered.CallSid))
        {
            return;
        }

        var entry = roster.Menu(_enquiry).FirstOrDefault(entry => entry.Key == answered.Key);
        if (_enquiry.Doubted)
        {
            AnsweredInDoubt(menu, entry);
            return;
        }

        if (entry is null && answered.Key is not null && menu.Ask == 1)
        {
            _enquiry = _enquiry with { Stage = new Stage.Menu(2, now + Escalator.LongestMenu) };
            return;
        }

        BeginPaging(entry, entry is not null ? $"key {entry.Key}" : answered.Key is null ? "no key pressed" : "a wrong key twice");
    }

    /// <summary>The desk is known: the officer is held, and the first step rings.</summary>
    /// <param name="entry">What was chosen from the menu; null = the line's default desk.</param>
    public void BeginPaging(MenuEntry? entry, string why)
    {
        ChooseDesk(entry, why);
        BeginSteps();
    }

    private void BeginSteps()
    {
        _enquiry = _enquiry with { Stage = new Stage.Paging(1, -1, now + Escalator.LongestHold) };
        NextStep();
    }

    private void ChooseDesk(MenuEntry? entry, string why)
    {
        _enquiry = _enquiry with
        {
            Desk = entry?.Desk ?? roster.Line(_enquiry.Line)?.Default,
            Priority = entry?.Priority ?? Priority.Routine,
            Policy = entry?.Policy,
        };
        Log("desk-chosen", detail: $"{roster.DeskName(_enquiry.Desk)}: {why}");
    }

    /// <summary>Nobody is waited for before the next step.</summary>
    private bool IsStepOver => _enquiry.Stage is Stage.Paging paging && !_enquiry.Pages.Any(page => paging.Through ? page.IsLive : page.Attempt == _enquiry.Attempts && page.Holds(now));

    private void GoOnIfStepIsOver()
    {
        if (!IsStepOver)
        {
            return;
        }

        if (LastDial is { } dialled)
        {
            GoOnFrom(dialled);
        }
        else
        {
            NextStep();
        }
    }

    /// <summary>
    /// Goes to the next step that has somebody to ring; steps without take no time. Where there is none, whoever still hears the prompt is waited for:
    /// a step that was passed over because of that one is gone through afterwards.
    /// </summary>
    private void NextStep()
    {
        var paging = (Stage.Paging)_enquiry.Stage;
        var heldLong = paging.HeldUntil <= now;
        if (!heldLong && RingsFollowing(paging))
        {
            return;
        }

        if (_enquiry.Pages.Any(page => page.IsLive))
        {
            _enquiry = _enquiry with { Stage = paging with { Through = true } };
        }
        else
        {
            NobodyTookIt(heldLong ? "held for as long as an officer is held" : "nobody took it in all rounds");
        }
    }

    private bool RingsFollowing(Stage.Paging paging)
    {
        var policy = roster.Policy(_enquiry);
        var (steps, chosen) = (new List<StepAhead>(), -1);
        foreach (var step in Steps(paging, policy))
        {
            steps.Add(step);
            if (step.Candidates.Exists(candidate => !IsBusy(candidate)))
            {
                chosen = steps.Count - 1;
                break;
            }
        }

        // Whoever there is may have another officer: better a call that waits at that phone than nobody.
        chosen = chosen >= 0 ? chosen : steps.FindIndex(step => step.Candidates.Count > 0);
        foreach (var passedOver in chosen < 0 ? steps : steps.Take(chosen))
        {
            PassOver(passedOver);
        }

        if (chosen >= 0)
        {
            Begin(paging, steps[chosen], policy);
        }

        return chosen >= 0;
    }

    private void Begin(Stage.Paging paging, StepAhead step, EscalationPolicy policy)
    {
        if (step is not { Round: 1, Step: 0 })
        {
            Log("escalated", detail: $"round {step.Round}, step {step.Step + 1}");
        }

        _enquiry = _enquiry with { Stage = paging with { Round = step.Round, Step = step.Step, Through = false } };
        BeginStep(Free(step.Candidates, IsBusy), policy.Steps[step.Step].Ring, policy.Steps[step.Step].Wait);
    }

    private void PassOver(StepAhead step)
    {
        Log("escalated", detail: $"round {step.Round}, step {step.Step + 1} has nobody to ring");
        step.Candidates.ForEach(SayBusy);
    }

    private void SayBusy(Candidate candidate) => Log("page-failed", candidate.Adviser.Id, "call", "busy with another enquiry");

    /// <summary>Those who are not busy with another enquiry; all, if everybody is.</summary>
    private List<Candidate> Free(List<Candidate> candidates, Func<Candidate, bool> isBusy)
    {
        var busy = candidates.Where(isBusy).ToList();
        if (busy.Count == candidates.Count)
        {
            return candidates;
        }

        busy.ForEach(SayBusy);
        return [.. candidates.Except(busy)];
    }

    /// <summary>The steps that are still to come, up to the last one of the last round, and who could be rung in each now.</summary>
    private IEnumerable<StepAhead> Steps(Stage.Paging paging, EscalationPolicy policy)
    {
        for (var (round, step) = Following(paging.Round, paging.Step, policy); round <= policy.Rounds; (round, step) = Following(round, step, policy))
        {
            yield return new StepAhead(round, step, Reachable(policy.Steps[step]));
        }
    }

    private static (int Round, int Step) Following(int round, int step, EscalationPolicy policy) =>
        step + 1 < policy.Steps.Count ? (round, step + 1) : policy.Steps.Count == 0 ? (policy.Rounds + 1, 0) : (round + 1, 0);

    /// <summary>Leaves out those whose phone still rings for this enquiry, and those who passed, unless <paramref name="evenPassed"/>.</summary>
    private List<Candidate> Callable(IEnumerable<Candidate> candidates, bool evenPassed = false) =>
        [.. candidates.Where(candidate => !_enquiry.Pages.Any(page => page.Adviser == candidate.Adviser.Id
            && (page.IsLive || (!evenPassed && page.State is PageState.Over { End: PageEnd.Passed }))))];

    private void Ring(IEnumerable<Candidate> candidates, Duration ring)
    {
        _enquiry = _enquiry with { Attempts = _enquiry.Attempts + 1 };
        foreach (var candidate in candidates)
        {
            RingOne(candidate, ring);
        }
    }

    private void RingOne(Candidate candidate, Duration ring)
    {
        var page = AddPage(candidate, candidate.Adviser.Phone, ring, PageMethod.Call);
        _effects.Add(new Effect.PlaceCall(page.Id, page.Number, _enquiry.Line, ring));
    }

    private Page AddPage(Candidate candidate, People.PhoneNumber number, Duration ring, PageMethod method)
    {
        var page = new Page(
            $"{_enquiry.Room}-{_enquiry.PageCount + 1}", candidate.Adviser.Id, number, ring, _enquiry.Attempts, candidate.Source, null, new PageState.Requested(), method);
        _enquiry = _enquiry with { Pages = _enquiry.Pages.Add(page), PageCount = _enquiry.PageCount + 1 };
        return page;
    }

    /// <summary>The officer's adviser dropped out of the talk: the same one is rung first, then the steps from the beginning.</summary>
    private void PageAgain(string adviser, string why)
    {
        // Who is being rung to be connected is not rung off, to be rung again.
        var ringing = _enquiry.Pages.Where(page => page is { Method: PageMethod.Call, IsLive: true } && page.Adviser == adviser).ToList();
        StopPages(page => !ringing.Contains(page));
        BeginAnew(new Stage.Paging(1, -1, now + Escalator.LongestHold), PassedBut(adviser).Concat(ringing));
        Log("escalated", adviser, "call", why);
        if (ringing.Count > 0)
        {
            GoOnIfStepIsOver();
            return;
        }

        if (roster.Candidate(adviser, "had taken it before") is { } same && !roster.IsBusy(same.Adviser))
        {
            Ring([same], SameAdviserRing);
        }
        else
        {
            NextStep();
        }
    }

    /// <summary>Nobody has it any more, and the steps begin again. Where a talk is over its dial is history: its page is there no more, and it may be told once more.</summary>
    /// <param name="pages">What is known still of those who were rung.</param>
    private void BeginAnew(Stage.Paging stage, IEnumerable<Page> pages) => _enquiry = _enquiry with
    {
        Stage = stage,
        AcceptedBy = null,
        AcceptedAt = null,
        Texted = [],
        Chain = _enquiry is { Stage: Stage.Accepted, Chain: { } chain } ? chain with { Dial = null } : _enquiry.Chain,
        Pages = pages.ToValueList(),
    };

    private IEnumerable<Page> PassedBut(string adviser) => _enquiry.Pages.Where(page => !HasNotPassed(page) && page.Adviser != adviser);

    private sealed record StepAhead(int Round, int Step, List<Candidate> Candidates);
}
