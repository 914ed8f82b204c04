using System.Globalization;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Invariants;

namespace OnCall.Soak.Nodes;

/// <summary>What the service does around a decision: it finds the enquiry, asks Core, stores what was decided, and looks at deadlines.</summary>
internal sealed class EnquiryNodes(World world)
{
    /// <summary>How long a closed enquiry may still be told of something.</summary>
    private static readonly Duration Remembered = Duration.FromHours(6);

    private static readonly Duration Late = Duration.FromSeconds(2);

    /// <summary>Fewer than <see cref="Escalator.FloodCalls"/>, so that callers in doubt are no rarity.</summary>
    private const int ManyCalls = 5;

    private readonly Dictionary<Guid, Kept> _kept = [];
    private readonly Dictionary<PhoneNumber, List<Kept>> _byCaller = [];
    private readonly Dictionary<PhoneNumber, List<Instant>> _calls = [];
    private readonly Dictionary<Guid, IReadOnlyList<string>> _engaging = [];
    private readonly Dictionary<string, Kept> _byCall = [];
    private readonly HashSet<string> _forgotten = [];
    private int _refs;

    public IReadOnlyCollection<Kept> All => _kept.Values;

    /// <summary>The enquiry of an officer's call.</summary>
    public Kept? OfCall(string callSid) => _byCall.GetValueOrDefault(callSid);

    /// <summary>Whether the enquiry of an officer's call was closed so long ago that nobody remembers it.</summary>
    public bool WasClosed(string callSid) => _forgotten.Contains(callSid);

    public Kept? Find(Guid id) => _kept.GetValueOrDefault(id);

    public Roster Roster => new(world.Defect.Book(world.Book));

    /// <summary>The book, and who is busy with another enquiry.</summary>
    public Roster RosterFor(Guid id) => new(world.Defect.Book(world.Book), world.Defect.Busy(EngagedElsewhere(id)));

    /// <summary>The newest open enquiry of a caller that fits.</summary>
    public Kept? OfCaller(PhoneNumber? from, Func<Enquiry, Instant, bool> fits) =>
        from is not null && _byCaller.TryGetValue(from, out var theirs) ? theirs.FindLast(kept => fits(kept.Enquiry, world.Now)) : null;

    /// <summary>A call has come in: it is counted.</summary>
    /// <returns>Whether the number, which no force lists, calls too often.</returns>
    public bool Floods(PhoneNumber? from)
    {
        if (from is null || world.Book.Force(from.Value) is not null || world.Book.IsOurs(from))
        {
            return false;
        }

        if (!_calls.TryGetValue(from, out var calls))
        {
            _calls.Add(from, calls = []);
        }

        calls.RemoveAll(at => at <= world.Now - Escalator.FloodWithin);
        calls.Add(world.Now);
        return calls.Count > ManyCalls;
    }

    public Kept Open(Func<Guid, string, Roster, Instant, Decision> open) => Open(world.Chance.Id(), open);

    /// <summary>A call that came in while the database was away is written down.</summary>
    public Kept OpenFromChain(ChainState state) => Open(state.Enquiry, (_, shortRef, roster, now) => ChainOpening.Open(state, shortRef, roster, now, state.From is { } from && !Book.Numbers.MayBeCalled(from)));

    private Kept Open(Guid id, Func<Guid, string, Roster, Instant, Decision> open)
    {
        var shortRef = (1000 + (++_refs % 9000)).ToString(CultureInfo.InvariantCulture);
        var decision = Decided(id, roster => open(id, shortRef, roster, world.Now));
        var kept = new Kept(decision.Next);
        _kept.Add(id, kept);
        if (decision.Next.From is { } from)
        {
            if (!_byCaller.TryGetValue(from, out var theirs))
            {
                _byCaller.Add(from, theirs = []);
            }

            theirs.Add(kept);
        }

        Save(kept, null, null, decision);
        return kept;
    }

    /// <returns>The enquiry as it is afterwards; null = nobody remembers it.</returns>
    public Enquiry? Happened(Guid id, EnquiryEvent happened)
    {
        if (world.Weather.IsDatabaseAway)
        {
            throw new InvalidOperationException($"{happened} is told while the database is away");
        }

        if (!_kept.TryGetValue(id, out var kept))
        {
            return null;
        }

        happened = world.Defect.Told(happened);
        kept.PassedTo = happened is EnquiryEvent.PassedOn { To: PassTarget.Adviser to } ? to.Id : kept.PassedTo;
        kept.ToldLateAt = happened is EnquiryEvent.Chained { At: var at } && world.Now - at > Late ? world.Now : kept.ToldLateAt;
        var before = kept.Enquiry;
        Save(kept, before, happened, world.Defect.Decided(before, happened, Decided(id, roster => Escalator.Decide(before, happened, roster, world.Now))));
        return kept.Enquiry;
    }

    /// <summary>A decision that rings somebody is made once more, knowing who is busy with another enquiry.</summary>
    private Decision Decided(Guid id, Func<Roster, Decision> decide)
    {
        var book = world.Defect.Book(world.Book);
        var decision = decide(new Roster(book));
        return decision.Rings && world.Defect.Busy(EngagedElsewhere(id)) is { Count: > 0 } busy ? decide(new Roster(book, busy)) : decision;
    }

    private HashSet<string> EngagedElsewhere(Guid id) => [.. _engaging.Where(pair => pair.Key != id).SelectMany(pair => pair.Value)];

    private void Save(Kept kept, Enquiry? before, EnquiryEvent? happened, Decision decision)
    {
        kept.Enquiry = decision.Next;
        if (before is null || !ReferenceEquals(before.Pages, decision.Next.Pages) || !ReferenceEquals(before.Stage, decision.Next.Stage))
        {
            Engage(decision.Next);
        }

        if (decision.Next.OfficerCall is { } call && call != before?.OfficerCall)
        {
            _byCall[call] = kept;
            kept.Calls.Add(call);
        }

        kept.LastTaken = decision.Timeline.Where(line => line.Event == "accepted" && !(line.At < kept.LastTaken?.At)).DefaultIfEmpty(kept.LastTaken).Last();
        kept.UnownedSince = decision.Next.AcceptedBy is not null || decision.Next.Stage is Stage.Closed ? null : kept.UnownedSince ?? world.Now;
        foreach (var effect in decision.Effects)
        {
            world.Outbox.Add(kept, effect);
        }

        var step = new Step(kept, before, happened, decision, world.Now);
        world.Watch.Sees(step);
        kept.Deadline = step.Deadline;
        SetAlarm(kept);
        if (decision.Next.Stage is Stage.Closed && before?.Stage is not Stage.Closed)
        {
            world.After(Remembered, () => Forget(kept));
        }
    }

    private void Engage(Enquiry enquiry)
    {
        var engaged = enquiry.Engaged;
        if (engaged.Count > 0)
        {
            _engaging[enquiry.Id] = engaged;
        }
        else
        {
            _engaging.Remove(enquiry.Id);
        }
    }

    private void SetAlarm(Kept kept)
    {
        if (kept.Deadline is not { } deadline || (kept.Alarm <= deadline && kept.Alarm is not null) || world.Defect.Oversleeps(kept.Enquiry))
        {
            return;
        }

        kept.Alarm = deadline;
        world.Agenda.At(world.Weather.LookedAt(deadline), () => Look(kept, deadline));
    }

    private void Look(Kept kept, Instant alarm)
    {
        if (kept.Alarm != alarm)
        {
            return;
        }

        if (world.Now < world.Weather.DeadUntil)
        {
            world.Agenda.At(world.Weather.LookedAt(alarm), () => Look(kept, alarm));
            return;
        }

        kept.Alarm = null;
        if (kept.Deadline <= world.Now)
        {
            Happened(kept.Enquiry.Id, new EnquiryEvent.TimePassed());
        }
        else
        {
            SetAlarm(kept);
        }
    }

    private void Forget(Kept kept)
    {
        _kept.Remove(kept.Enquiry.Id);
        kept.Calls.ForEach(call => _byCall.Remove(call));
        _forgotten.UnionWith(kept.Calls);
        world.Network.Forget(kept.Enquiry.Id);
        if (kept.Enquiry.From is { } from && _byCaller[from] is var theirs && theirs.Remove(kept) && theirs.Count == 0)
        {
            _byCaller.Remove(from);
        }
    }
}
