using OnCall.Core.Escalation;

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

    /// <summary>What happened when, to which enquiry, and what it came to, in one number: the same story, the same number.</summary>
    public ulong Story { get; private set; }

    /// <summary>The kinds of event, of what the chain tells, of effect and stage that there were.</summary>
    public HashSet<Type> Kinds { get; } = [];

    /// <summary>The details of stages that there were.</summary>
    public HashSet<Talk> Talks { get; } = [];

    /// <inheritdoc cref="Talks"/>
    public HashSet<OwedBecause> Reasons { get; } = [];

    /// <inheritdoc cref="Talks"/>
    public HashSet<OfficerWish> Wishes { get; } = [];

    public void Add(Figures other)
    {
        Enquiries += other.Enquiries;
        Events += other.Events;
        Effects += other.Effects;
        Checks += other.Checks;
        Story += other.Story;
        Kinds.UnionWith(other.Kinds);
        Talks.UnionWith(other.Talks);
        Reasons.UnionWith(other.Reasons);
        Wishes.UnionWith(other.Wishes);
    }

    public void Saw(object one)
    {
        Kinds.Add(one.GetType());
        switch (one)
        {
            case EnquiryEvent.Chained chained:
                Kinds.Add(chained.Fact.GetType());
                break;
            case Stage.Accepted accepted:
                Talks.Add(accepted.Talk);
                break;
            case Stage.Owed owed:
                Reasons.Add(owed.Because);
                break;
            case Stage.Paging paging:
                Wishes.Add(paging.Wish);
                break;
        }
    }

    /// <summary>One more step of the story.</summary>
    public void Tells(Step step)
    {
        Mix((ulong)step.Now.ToUnixTimeTicks());
        Mix(FirstHalfOf(step.After.Id));
        foreach (var letter in (step.Happened ?? (object)step.After.Stage).GetType().Name)
        {
            Mix(letter);
        }

        Mix((ulong)step.After.State);
        Mix((ulong)step.Decision.Effects.Count);
        Mix((ulong)step.Decision.Timeline.Count);
        Mix((ulong)(step.Deadline?.ToUnixTimeTicks() ?? 0));
    }

    private static ulong FirstHalfOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BitConverter.ToUInt64(bytes);
    }

    /// <summary>FNV-1a, by words.</summary>
    private void Mix(ulong word) => Story = unchecked((Story ^ word) * 1099511628211UL);
}
