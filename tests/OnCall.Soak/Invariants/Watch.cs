using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>Looks at everything that happens in a world, writes the stories down, and stops the world at the first step in which something does not hold.</summary>
/// <param name="writes">Whether the stories are written down.</param>
internal sealed class Watch(World world, bool writes)
{
    private const int LongestLog = 3000;

    private readonly List<Breach> _breaches = [];
    private readonly Figures _figures = new();
    private readonly Dictionary<Guid, Kept> _unheardOf = [];

    private readonly Invariant[] _invariants =
    [
        new OfficerIsSomewhere(world),
        new OneAdviserAtATime(world),
        new OnlyWhoPressedOneIsConnected(world),
        new OnlyDutyIsRung(world),
        new EveryEnquiryEndsOwned(world),
        new NoPageTwice(world),
        new DeadlinesAreKept(world),
        new OneOfferAtATime(world),
        new CoordinatorsAreTold(world),
        new NothingIsLostWithTheDatabase(world),
        new PromisesCanBeKept(world),
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

    /// <summary>The enquiry with its story; of a call of which the record knows nothing, the database being away, a stand-in.</summary>
    public Kept Of(Guid enquiry)
    {
        if ((world.Nodes.Find(enquiry) ?? _unheardOf.GetValueOrDefault(enquiry)) is { } kept)
        {
            return kept;
        }

        var standIn = new Kept(new Enquiry
        {
            Id = enquiry,
            Ref = "none",
            Channel = Channel.Call,
            Line = Book.Numbers.Line(0),
            OpenedAt = world.Now,
            Stage = new Stage.Closed("never opened"),
        });
        standIn.Log.Add((world.Now, "A call came in, and the record knows nothing of it."));
        _unheardOf.Add(enquiry, standIn);
        return standIn;
    }

    public void Sees(Step step)
    {
        if (writes)
        {
            Write(step);
        }

        Count(step);
        foreach (var invariant in _invariants)
        {
            invariant.Sees(step);
        }
    }

    public void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
        if (writes)
        {
            Of(leg.Enquiry).Log.Add((world.Now, new Heard(leg, steps)));
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

    public void Sees(DialledLeg talk)
    {
        foreach (var invariant in _invariants)
        {
            invariant.Sees(talk);
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

        foreach (var entry in step.Decision.Timeline)
        {
            log.Add((world.Now, entry));
        }

        foreach (var effect in step.Decision.Effects)
        {
            log.Add((world.Now, effect));
        }
    }

    private void Count(Step step)
    {
        _figures.Tells(step);
        _figures.Events++;
        _figures.Enquiries += step.Before is null ? 1 : 0;
        _figures.Effects += step.Decision.Effects.Count;
        if (step.Happened is not null)
        {
            _figures.Saw(step.Happened);
        }

        foreach (var effect in step.Decision.Effects)
        {
            _figures.Saw(effect);
        }

        if (!ReferenceEquals(step.Before?.Stage, step.After.Stage))
        {
            _figures.Saw(step.After.Stage);
        }
    }
}
