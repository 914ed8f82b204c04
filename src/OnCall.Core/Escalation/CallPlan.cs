using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>What a call to a line would do at an instant if nobody answered: not a second computation, but the call itself, decided by <see cref="Escalator"/> with a clock that runs ahead.</summary>
/// <param name="Desk">The desk's id; null = the line has none.</param>
/// <param name="Ends">How long after the desk is chosen the officer is told that nobody could take the call.</param>
/// <param name="Then">What the officer is then offered.</param>
public sealed record CallPlan(Line Line, string? Desk, Priority Priority, EscalationPolicy Policy, ValueList<PlannedStep> Steps, Duration Ends, AfterRounds Then)
{
    /// <summary>A policy may hold many rounds of many steps; more than these nobody reads, and the hold ends long before.</summary>
    private const int MostDecisions = 2000;

    /// <param name="key">The key of the menu; null, or one that the menu lacks = the default desk.</param>
    /// <param name="at">When the desk is chosen.</param>
    public static CallPlan Of(RotaBook book, Line line, string? key, Instant at)
    {
        var roster = new Roster(book);

        // The line's own number stands for a caller of no force whose number is shown.
        var enquiry = Escalator.Open(Guid.Empty, "0000", line.Number, line.Number, "officer", roster, at).Next;
        for (var ask = 1; enquiry.Stage is Stage.Menu; ask++)
        {
            enquiry = Escalator.Decide(enquiry, new EnquiryEvent.MenuAnswered(enquiry.OfficerCall!, ask, key), roster, at).Next;
        }

        var policy = roster.Policy(enquiry);
        var rung = new List<PlannedStep>();
        var now = at;
        for (var left = MostDecisions; enquiry.Stage is Stage.Paging paging && left > 0; left--)
        {
            var pages = enquiry.Pages.Where(page => page.State is PageState.Requested).ToList();
            if (pages.Count > 0)
            {
                rung.Add(new PlannedStep(paging.Round, paging.Step + 1, now - at, pages[0].Ring, pages.Select(page => roster.Candidate(page.Adviser, page.Source)!).ToValueList()));
            }

            foreach (var page in pages)
            {
                enquiry = Escalator.Decide(enquiry, new EnquiryEvent.PagePlaced(page.Id, page.Id), roster, now).Next;
            }

            now = enquiry.Deadline ?? now;
            enquiry = Escalator.Decide(enquiry, new EnquiryEvent.TimePassed(), roster, now).Next;
        }

        var then = enquiry.Stage is Stage.Owed { Because: OwedBecause.MessageWanted } ? AfterRounds.Voicemail : AfterRounds.Callback;
        return new CallPlan(line, enquiry.Desk, enquiry.Priority, policy, WithThoseThatRingNobody(rung, policy, now - at), now - at, then);
    }

    /// <summary>The steps that take no time, put back where they would have come.</summary>
    private static ValueList<PlannedStep> WithThoseThatRingNobody(List<PlannedStep> rung, EscalationPolicy policy, Duration ends)
    {
        var steps = new List<PlannedStep>();
        var all = from round in Enumerable.Range(1, policy.Rounds) from step in Enumerable.Range(1, policy.Steps.Count) select (round, step);
        foreach (var (round, step) in all)
        {
            var next = rung.Find(one => (one.Round, one.Step).CompareTo((round, step)) >= 0);
            if (next is null && ends >= Escalator.LongestHold)
            {
                break;
            }

            steps.Add(next is not null && next.Round == round && next.Step == step
                ? next
                : new PlannedStep(round, step, next?.After ?? ends, policy.Steps[step - 1].Ring, []));
        }

        return steps.ToValueList();
    }
}

/// <summary>A step of the policy in a plan.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1.</param>
/// <param name="After">How long after the desk is chosen.</param>
/// <param name="Advisers">Who is rung and why; empty = nobody, and the step takes no time.</param>
public sealed record PlannedStep(int Round, int Step, Duration After, Duration Ring, ValueList<Candidate> Advisers);
