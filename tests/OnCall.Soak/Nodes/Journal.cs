using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Nodes;

/// <summary>What happened to calls while the database was away, on the disks of two nodes: each writes its own into the record afterwards, one entry after the other, and now and then one twice.</summary>
internal sealed class Journal(World world)
{
    private readonly Queue<Entry>[] _nodes = [new(), new()];

    /// <summary>When the last node is there again that had died while the database was away.</summary>
    public Instant ComesBackAt { get; private set; }

    public void Append(ChainState? state, IReadOnlyList<ChainFact> facts, string? callOver = null)
    {
        var kept = facts.Where(fact => !world.Defect.Forgets(fact)).ToList();
        if (kept.Count > 0 || (state is null && !world.Defect.Forgets(null)))
        {
            world.Chance.Of(_nodes).Enqueue(new Entry(world.Now, state, kept, callOver));
        }
    }

    /// <summary>The database is back. Now and then one of the nodes is not, and tells minutes later what it has written down.</summary>
    public void Replay()
    {
        var comesBackAfter = world.Chance.Is(0.2) ? world.Chance.Minutes(0.2, 10) : Duration.Zero;
        ComesBackAt = Instant.Max(ComesBackAt, world.Now + comesBackAfter);
        TellNext(_nodes[0]);
        world.After(comesBackAfter, () => TellNext(_nodes[1]));
    }

    /// <summary>Tells the record what happened at an instant.</summary>
    public Enquiry? Write(ChainState state, IReadOnlyList<ChainFact> facts, Instant at)
    {
        var kept = world.Nodes.Find(state.Enquiry) ?? world.Nodes.OfCall(state.OfficerCall) ?? world.Nodes.OpenFromChain(state);
        foreach (var fact in facts)
        {
            world.Nodes.Happened(kept.Enquiry.Id, new EnquiryEvent.Chained(state, fact, at));
        }

        return kept.Enquiry;
    }

    private void TellNext(Queue<Entry> node) => world.After(world.Chance.Seconds(0.02, 1), () =>
    {
        if (node.Count == 0 || world.Weather.IsDatabaseAway)
        {
            return;
        }

        Tell(world.Weather.GoesWrong(0.02) ? node.Peek() : node.Dequeue());
        TellNext(node);
    });

    private void Tell(Entry entry)
    {
        if (entry.State is { } state)
        {
            Write(state, entry.Facts, entry.At);
        }
        else if (world.Nodes.OfCall(entry.CallOver!) is { } kept)
        {
            world.Nodes.Happened(kept.Enquiry.Id, new EnquiryEvent.OfficerHungUp(entry.CallOver!));
        }
    }

    /// <param name="State">Null = the entry tells only that a call is over.</param>
    private sealed record Entry(Instant At, ChainState? State, IReadOnlyList<ChainFact> Facts, string? CallOver);
}
