using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>No page twice: each has an id of its own and is offered on one line, an adviser has one live page of an enquiry, and who passed is rung again by nothing but the chase.</summary>
internal sealed class NoPageTwice(World world) : Invariant(world)
{
    private readonly Dictionary<Kept, Known> _enquiries = [];

    public override void Sees(Step step)
    {
        if (step.After.Stage is Stage.Closed)
        {
            _enquiries.Remove(step.Kept);
            return;
        }

        var known = Of(step.Kept);
        foreach (var page in step.Pages)
        {
            Judge(step, page, known.Sent, known.Passed);
        }

        if (!step.KeepsPages && Fails(!HasTwoLive(step.After.Pages)))
        {
            Report(step.Kept, "one adviser has two live pages");
        }

        foreach (var entry in step.Decision.Timeline)
        {
            if (entry is { Event: "page-declined" } or { Event: "passed", Method: "sms" })
            {
                known.Passed.Add(entry.Adviser!);
            }
        }

        if (step.After.AcceptedBy is { } owner)
        {
            known.Passed.Remove(owner);
        }
    }

    public override void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (leg is not AdviserLeg adviser || steps is not [CallStep.Ask { Then.Door: Door.OfferKey }] || World.Nodes.Find(leg.Enquiry) is not { } kept)
        {
            return;
        }

        var offers = Of(kept).Offers;
        if (offers.TryGetValue(adviser.Page, out var other) && Fails(other == leg || other.IsOver))
        {
            Report(kept, $"the same page is offered on {other.Sid} and {leg.Sid}");
        }

        offers[adviser.Page] = leg;
    }

    private Known Of(Kept kept)
    {
        if (!_enquiries.TryGetValue(kept, out var known))
        {
            _enquiries.Add(kept, known = new Known([], [], []));
        }

        return known;
    }

    private static bool HasTwoLive(ValueList<Page> pages)
    {
        for (var one = 1; one < pages.Count; one++)
        {
            for (var other = 0; other < one && pages[one].IsLive; other++)
            {
                if (pages[other].IsLive && pages[other].Adviser == pages[one].Adviser)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Judge(Step step, Page page, HashSet<string> sent, HashSet<string> passed)
    {
        if (Fails(sent.Add(page.Id)))
        {
            Report(step.Kept, $"the page {page.Id[33..]} goes out twice");
        }

        if (step.After.Stage is Stage.Owed || step.IsPassedTo(page) || step.IsOwn(page))
        {
            passed.Remove(page.Adviser);
        }

        if (Fails(!passed.Contains(page.Adviser) || step.IsOfBookAlone))
        {
            Report(step.Kept, $"{page.Adviser}, who passed, is rung again");
        }
    }

    /// <param name="Sent">The ids of the pages that went out.</param>
    /// <param name="Passed">The advisers who passed.</param>
    /// <param name="Offers">The line on which each page was offered last.</param>
    private sealed record Known(HashSet<string> Sent, HashSet<string> Passed, Dictionary<string, Leg> Offers);
}
