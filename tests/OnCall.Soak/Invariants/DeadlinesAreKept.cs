using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>
/// Deadlines are kept: what should end at an instant has ended then, by the durations of the contract and the policy; and nothing that is open is without a deadline,
/// unless an adviser has it or its officer has hung up and been called about.
/// </summary>
internal sealed class DeadlinesAreKept(World world) : Invariant(world)
{
    private static readonly Duration Prompt = Duration.FromSeconds(45);
    private static readonly Duration Menu = Duration.FromMinutes(3);
    private static readonly Duration Hold = Duration.FromMinutes(15);
    private static readonly Duration Rounds = Duration.FromHours(1);
    private static readonly Duration Reminder = Duration.FromMinutes(5);
    private static readonly Duration Coordinators = Duration.FromHours(1);
    private static readonly Duration Dialling = Duration.FromSeconds(15);
    /// <summary>How long, after nobody looked, the nodes are given to tell what happened meanwhile.</summary>
    private static readonly Duration Telling = Duration.FromSeconds(3);

    /// <summary>How long, after something was told late, the rest of it may still come.</summary>
    private static readonly Duration Catching = Duration.FromSeconds(10);
    private static readonly Duration CallBack = Duration.FromSeconds(90);

    private readonly PriorityQueue<Promise, Instant> _due = new();

    public override void Sees(Step step)
    {
        var (before, after) = (step.Before, step.After);
        if (Fails(IsLedOn(after, step.Deadline)))
        {
            Report(step.Kept, $"it is open, and nothing will end {after.Stage}");
        }

        if (step.Happened is EnquiryEvent.TimePassed && Fails(!(step.Deadline <= step.Now)))
        {
            Report(step.Kept, $"time cannot pass its deadline of {step.Deadline}");
        }

        if (step.Deadline is { } deadline && deadline != step.DeadlineBefore)
        {
            Promises(step.Kept, deadline, "its deadline", enquiry => enquiry.Deadline <= deadline);
        }

        if (!step.KeepsPages)
        {
            foreach (var page in after.Pages)
            {
                PromisesOf(page, before is null ? null : PageOf(before, page.Id), step);
            }
        }

        if (before is null || before.Stage != after.Stage)
        {
            PromisesOf(after.Stage, step);
        }
    }

    public override void TimePasses()
    {
        while (_due.TryPeek(out var promise, out var due) && due < World.Now)
        {
            _due.Dequeue();
            var waits = Instant.Max(World.Weather.DeadUntil + Telling, promise.Kept.ToldLateAt + Catching);
            if (promise.At <= waits && World.Now <= waits + Weather.Grace)
            {
                _due.Enqueue(promise, waits + Weather.Grace);
            }
            else if (Fails(!promise.IsStillSo(promise.Kept.Enquiry)))
            {
                Report(promise.Kept, $"{promise.What} should have ended at {promise.At}, and it is {World.Now}");
            }
        }
    }

    /// <summary>A page that is to be placed is the outbox's to lead on.</summary>
    private static bool IsLedOn(Enquiry enquiry, Instant? deadline) => enquiry.Stage switch
    {
        Stage.Closed or Stage.Accepted { Talk: Talk.Over } or Stage.Owed { Because: OwedBecause.Abandoned, Chases: > 0 } => true,
        _ => deadline is not null || enquiry.Pages.Any(page => page.State is PageState.Requested),
    };

    private void PromisesOf(Page page, Page? before, Step step)
    {
        if (page.State is PageState.Ringing && before?.State is not PageState.Ringing)
        {
            Promises(step.Kept, step.Now + page.Ring + (page.IsDialled ? Dialling : Duration.Zero), $"the ringing of {page.Adviser}", enquiry => StateOf(enquiry, page) is PageState.Ringing);
        }
        else if (page.State is PageState.Answered && (before?.State is not PageState.Answered || (page.IsDialled && before.State != page.State)))
        {
            // Whether who was dialled from the officer's own line still is there is asked again and again: the two may be talking.
            Promises(step.Kept, step.Now + Prompt, $"the prompt of {page.Adviser}", enquiry => page.IsDialled ? StateOf(enquiry, page) == page.State : StateOf(enquiry, page) is PageState.Answered);
        }
        else if (before is null && page.State is PageState.Requested && Fails(page.Ring == Expected(page, step)))
        {
            Report(step.Kept, $"{page.Adviser} is to be rung for {page.Ring}, and the step says {Expected(page, step)}");
        }
    }

    /// <summary>How long the step rings or waits; whoever is rung outside of the steps, for 25 s.</summary>
    private Duration Expected(Page page, Step step)
    {
        var policy = World.Duty.PolicyOf(step.After);
        return step.After.Stage switch
        {
            Stage.Paging { Step: >= 0 } paging when page.Method == PageMethod.Call => policy.Steps[paging.Step].Ring,
            Stage.Paging { Step: >= 0 } paging => policy.Steps[paging.Step].Wait,
            Stage.Owed => policy.Steps.Any(one => one.Ring == page.Ring) ? page.Ring : policy.Steps[^1].Ring,
            _ => Duration.FromSeconds(page.Method == PageMethod.Call ? 25 : 60),
        };
    }

    private static PageState? StateOf(Enquiry enquiry, Page page) => PageOf(enquiry, page.Id)?.State;

    private static Page? PageOf(Enquiry enquiry, string id)
    {
        for (var place = enquiry.Pages.Count - 1; place >= 0; place--)
        {
            if (enquiry.Pages[place].Id == id)
            {
                return enquiry.Pages[place];
            }
        }

        return null;
    }

    private void PromisesOf(Stage stage, Step step)
    {
        switch (stage)
        {
            case Stage.Menu menu:
                Promises(step.Kept, step.Now + Menu, "the menu", enquiry => enquiry.Stage == menu);
                break;
            case Stage.Paging paging when (step.Before?.Stage as Stage.Paging)?.HeldUntil != paging.HeldUntil:
                var longest = (step.After.OfficerCall is null && (step.After.Channel == Channel.Sms || step.Happened is EnquiryEvent.PassedOn or EnquiryEvent.PagePassed)) || step.Happened is EnquiryEvent.PassedByText ? Rounds : Hold;
                Promises(step.Kept, step.Now + longest + Prompt, "the hold", enquiry => (enquiry.Stage as Stage.Paging)?.HeldUntil == paging.HeldUntil);
                break;
            case Stage.Owed owed:
                PromisesOf(owed, step.Before?.Stage as Stage.Owed, step);
                break;
            case Stage.Accepted { Talk: Talk.CallingBack } calling when step.After.OfficerCall is not null:
                Promises(step.Kept, step.Now + CallBack, "the call back", enquiry => enquiry.Stage == calling && enquiry.OfficerCall == step.After.OfficerCall);
                break;
        }
    }

    private void PromisesOf(Stage.Owed owed, Stage.Owed? before, Step step)
    {
        if (before is null)
        {
            var began = step.Now;
            Promises(step.Kept, began + Coordinators, "the time without a word to the coordinators", enquiry => enquiry.Stage is Stage.Owed { TellAt: not null } still && still.TellAt <= began + Coordinators);
        }

        if (before is null || before.Chases != owed.Chases)
        {
            var waits = World.Duty.PolicyOf(step.After).Chase;
            var isAbandoned = owed.Because == OwedBecause.Abandoned;
            if (!isAbandoned || owed.Chases == 0)
            {
                var wait = isAbandoned ? Reminder : waits[Math.Min(owed.Chases, waits.Count - 1)];
                Promises(step.Kept, step.Now + wait, $"the wait after chase {owed.Chases}", enquiry => enquiry.Stage is Stage.Owed still && still.Chases == owed.Chases && still.Next == owed.Next);
            }
        }
    }

    private void Promises(Kept kept, Instant at, string what, Func<Enquiry, bool> isStillSo) => _due.Enqueue(new Promise(kept, at, what, isStillSo), at + Weather.Grace);

    /// <param name="IsStillSo">Whether what should have ended by now has not.</param>
    private sealed record Promise(Kept Kept, Instant At, string What, Func<Enquiry, bool> IsStillSo);
}
