using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>Looks at everything that happens in a world, writes the stories down, and stops the world at the first step in which something does not hold.</summary>
internal sealed class Watch(World world)
{
    private const int LongestLog = 3000;

    private readonly List<Breach> _breaches = [];
    private readonly Figures _figures = new();

    private readonly IReadOnlyList<Invariant> _invariants =
    [
        new OfficerIsSomewhere(world),
        new OneAdviserAtATime(world),
        new OnlyDutyIsRung(world),
        new EveryEnquiryEndsOwned(world),
        new NoPageTwice(world),
        new DeadlinesAreKept(world),
        new OneOfferAtATime(world),
        new CoordinatorsAreTold(world),
    ];

    public Figures Figures
    {
        get
        {
            _figures.Checks = _invariants.Sum(invariant => invariant.Checks);
            return _figures;
        }
    }

    public void Report(Breach breach) => _breaches.Add(breach);

    public void Sees(Step step)
    {
        Write(step);
        Count(step);
        foreach (var invariant in _invariants)
        {
            invariant.Sees(step);
        }
    }

    public void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (world.Nodes.Find(leg.Enquiry) is { } kept)
        {
            kept.Log.Add((world.Now, new Heard(leg, steps)));
        }

        foreach (var invariant in _invariants)
        {
            invariant.Hears(leg, steps);
        }
    }

    public void Sees(Room room)
    {
        foreach (var invariant in _invariants)
        {
            invariant.Sees(room);
        }
    }

    public void TimePasses()
    {
        foreach (var invariant in _invariants)
        {
            invariant.TimePasses();
        }

        Stop();
    }

    public void IsQuiet()
    {
        foreach (var invariant in _invariants)
        {
            invariant.IsQuiet();
        }

        Stop();
    }

    private void Stop()
    {
        if (_breaches.Count > 0)
        {
            throw new BreachException(world.Plan, [.. _breaches]);
        }
    }

    private void Write(Step step)
    {
        var log = step.Kept.Log;
        if (log.Count > LongestLog)
        {
            log.RemoveRange(LongestLog / 10, LongestLog / 2);
        }

        if (step.Happened is not null)
        {
            log.Add((world.Now, step.Happened));
        }

        log.AddRange(step.Decision.Timeline.Select(entry => (world.Now, (object)entry)));
        log.AddRange(step.Decision.Effects.Select(effect => (world.Now, (object)effect)));
    }

    private void Count(Step step)
    {
        _figures.Events++;
        _figures.Enquiries += step.Before is null ? 1 : 0;
        _figures.Effects += step.Decision.Effects.Count;
        if (step.Happened is not null)
        {
            _figures.Seen.Add(step.Happened.GetType());
        }

        foreach (var effect in step.Decision.Effects)
        {
            _figures.Seen.Add(effect.GetType());
        }

        var stage = step.After.Stage;
        _figures.Seen.Add(stage.GetType());
        _figures.Seen.Add(stage switch
        {
            Stage.Accepted accepted => accepted.Talk,
            Stage.Owed owed => owed.Because,
            Stage.Paging paging => paging.Wish,
            _ => stage.State,
        });
    }
}
