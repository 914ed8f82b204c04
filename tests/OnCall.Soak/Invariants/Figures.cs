namespace OnCall.Soak.Invariants;

/// <summary>What happened in a world, or in many.</summary>
internal sealed class Figures
{
    public long Enquiries { get; set; }

    /// <summary>What enquiries were told, and decided upon.</summary>
    public long Events { get; set; }

    public long Effects { get; set; }

    /// <summary>How often something that must hold was judged.</summary>
    public long Checks { get; set; }

    /// <summary>The kinds of event, effect, stage and their details that there were.</summary>
    public HashSet<object> Seen { get; } = [];

    public void Add(Figures other)
    {
        Enquiries += other.Enquiries;
        Events += other.Events;
        Effects += other.Effects;
        Checks += other.Checks;
        Seen.UnionWith(other.Seen);
    }
}
