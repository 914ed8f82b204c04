using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Service.Outbox;

namespace OnCall.Service.Escalation;

/// <summary>Tells the loops of this node that there is something to do before they would look by themselves.</summary>
internal sealed class Work
{
    /// <summary>Loops look by themselves so often, in case a signal of another node is lost.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Signal[] _lanes = [.. Enum.GetValues<Lane>().Select(_ => new Signal())];
    private long _sleepsUntil;
    private bool _hasOthers = true;

    /// <summary>Whether other nodes live, as of a second ago: one that has just come looks by itself.</summary>
    public bool HasOthers
    {
        get => Volatile.Read(ref _hasOthers);
        set => Volatile.Write(ref _hasOthers, value);
    }

    /// <summary>Something was saved that the other nodes may do as well.</summary>
    public Signal Announcements { get; } = new();

    /// <summary>A revision of the book was published.</summary>
    public Signal Book { get; } = new();

    /// <summary>An API key was made, renewed or revoked.</summary>
    public Signal Keys { get; } = new();

    /// <summary>A deadline is earlier than the one that was waited for.</summary>
    public Signal Deadlines { get; } = new();

    /// <summary>Something of this lane is in the outbox.</summary>
    public Signal Lane(Lane lane) => _lanes[(int)lane];

    /// <summary>The deadline loop sleeps until then, unless it is told of an earlier one.</summary>
    public void SleepsUntil(Instant? deadline) => Volatile.Write(ref _sleepsUntil, deadline?.ToUnixTimeTicks() ?? long.MaxValue);

    /// <summary>A decision was saved.</summary>
    public void Tell(Decision decision)
    {
        foreach (var effect in decision.Effects)
        {
            Lane(OutboxStore.LaneOf(effect)).Set();
        }

        if (decision.Effects.Count > 0)
        {
            Announce();
        }

        if (decision.Next.Deadline?.ToUnixTimeTicks() < Volatile.Read(ref _sleepsUntil))
        {
            Deadlines.Set();
        }
    }

    /// <summary>Something that follows from no decision was put into the outbox.</summary>
    public void TellOf(Lane lane)
    {
        Lane(lane).Set();
        Announce();
    }

    /// <summary>Anything may have been saved.</summary>
    public void All()
    {
        Enquiries();
        Book.Set();
        Keys.Set();
    }

    /// <summary>There may be something to do for enquiries.</summary>
    public void Enquiries()
    {
        Array.ForEach(_lanes, lane => lane.Set());
        Deadlines.Set();
    }

    private void Announce()
    {
        if (HasOthers)
        {
            Announcements.Set();
        }
    }
}
