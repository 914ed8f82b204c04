using OnCall.Core.Calls;
using OnCall.Soak.Carrier;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>Something that must hold at every step of a world, judged by what the world did and not by the code under test.</summary>
internal abstract class Invariant(World world)
{
    protected World World { get; } = world;

    /// <summary>How often it was judged.</summary>
    public long Checks { get; private set; }

    /// <summary>A decision was stored.</summary>
    public virtual void Sees(Step step)
    {
    }

    /// <summary>A leg begins with a document.</summary>
    public virtual void Hears(Leg leg, IReadOnlyList<CallStep> steps)
    {
    }

    /// <summary>Somebody came into a room.</summary>
    public virtual void Sees(Room room)
    {
    }

    /// <summary>An officer and an adviser whom the officer's own line dialled begin to talk.</summary>
    public virtual void Sees(DialledLeg talk)
    {
    }

    /// <summary>It is later than before.</summary>
    public virtual void TimePasses()
    {
    }

    /// <summary>Nothing has come in for days, and everybody has done what they should.</summary>
    public virtual void IsQuiet()
    {
    }

    protected bool Fails(bool holds)
    {
        Checks++;
        return !holds;
    }

    /// <param name="enquiry">Of which the record may know nothing, the database being away.</param>
    protected void Report(Guid enquiry, string what) => Report(World.Watch.Of(enquiry), what);

    protected void Report(Kept kept, string what) => World.Watch.Report(new Breach(GetType(), kept, what));
}
