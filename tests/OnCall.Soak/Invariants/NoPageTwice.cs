using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>No page twice: each has an id of its own and is offered on one line, an adviser has one live page of an enquiry, and who passed is rung again by nothing but the chase.</summary>
internal sealed class NoPageTwice(World world) : Invariant(world)
{
    private readonly Dictionary<Guid, (HashSet<string> Sent, HashSet<string> Passed)> _enquiries = [];
    private readonly Dictionary<string, Leg> _offers = [];

    public override void Sees(Step step)
    {
        if (step.After.Stage is Stage.Closed)
        {
            _enquiries.Remove(step.After.Id);
            return;
        }

        if (!_enquiries.TryGetValue(step.After.Id, out var known))
        {
            _enquiries.Add(step.After.Id, known = ([], []));
        }

        foreach (var page in step.Pages)
        {
            Judge(step, page, known.Sent, known.Passed);
        }

        var live = step.After.Pages.Where(page => page.IsLive).Select(page => page.Adviser).ToList();
        if (Fails(live.Distinct().Count() == live.Count))
        {
            Report(step.Kept, "one adviser has two live pages");
        }

        known.Passed.UnionWith(step.Decision.Timeline.Where(entry => entry is { Event: "page-declined" } or { Event: "passed", Method: "sms" }).Select(entry => entry.Adviser!));
        known.Passed.Remove(step.After.AcceptedBy ?? "");
    }

    public override void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (leg is not AdviserLeg adviser || steps is not [CallStep.Ask { Then.Door: Door.OfferKey }] || World.Nodes.Find(leg.Enquiry) is not { } kept)
        {
            return;
        }

        if (_offers.TryGetValue(adviser.Page, out var other) && Fails(other == leg || other.IsOver))
        {
            Report(kept, $"the same page is offered on {other.Sid} and {leg.Sid}");
        }

        _offers[adviser.Page] = leg;
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

        if (Fails(!passed.Contains(page.Adviser)))
        {
            Report(step.Kept, $"{page.Adviser}, who passed, is rung again");
        }
    }
}
