using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Nodes;

/// <summary>What happened to calls while the database was away, on the disks of two nodes: each writes its own into the record afterwards, one entry after the other, and now and then one twice.</summary>
internal sealed class Journal(World world)
{
    private readonly Queue<Entry>[] _nodes = [new(), new()];

    public void Append(ChainState? state, IReadOnlyList<ChainFact> facts, string? callOver = null)
    {
        var kept = facts.Where(fact => !world.Defect.Forgets(fact)).ToList();
        if (kept.Count > 0 || (state is null && !world.Defect.Forgets(null)))
        {
            world.Chance.Of(_nodes).Enqueue(new Entry(world.Now, state, kept, callOver));
        }
    }

    /// <summary>The database is back.</summary>
    public void Replay()
    {
        foreach (var node in _nodes)
        {
            TellNext(node);
        }
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
