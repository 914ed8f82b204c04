using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Carrier;

/// <summary>A conference of an enquiry. It begins with the second who comes in, and ends when the adviser leaves; one that has not begun keeps who is in it.</summary>
internal sealed class Room(World world, Guid enquiry)
{
    private readonly List<Leg> _inside = [];
    private bool _begun;
    private int _talks;

    public Guid Enquiry => enquiry;

    public IEnumerable<Leg> Inside => _inside;

    public IEnumerable<AdviserLeg> Advisers => _inside.OfType<AdviserLeg>();

    /// <summary>Whether an officer and an adviser are in it.</summary>
    public bool IsTalk => _inside.Exists(leg => leg.IsOfficers) && Advisers.Any();

    public void Enters(Leg leg)
    {
        _inside.Add(leg);
        world.Watch.Sees(this);
        if (_inside.Count == 2 && !_begun)
        {
            _begun = true;
            world.Network.Signal(enquiry, new EnquiryEvent.Bridged());
        }

        var talk = ++_talks;
        if (IsTalk)
        {
            world.After(world.Chance.About(Duration.FromMinutes(5)) + Duration.FromSeconds(5), () => TalkEnds(talk));
        }
        else
        {
            world.After(leg.IsOfficers ? world.Chance.Minutes(2, 8) : world.Chance.Minutes(1, 4), () => IsTiredOfWaiting(leg));
        }
    }

    public void Leaves(Leg leg, bool hungUp)
    {
        if (!_inside.Remove(leg))
        {
            return;
        }

        var talk = ++_talks;
        if (hungUp)
        {
            world.Network.Signal(enquiry, leg is AdviserLeg adviser ? new EnquiryEvent.PageHungUp(adviser.Page, leg.Sid, "completed") : new EnquiryEvent.OfficerHungUp(leg.Sid));
        }

        if (leg is AdviserLeg && _begun)
        {
            var left = _inside.ToList();
            _inside.Clear();
            left.ForEach(other => other.IsLetGo());
        }

        if (IsTalk)
        {
            // An officer has called again, and the former line ends.
            world.After(world.Chance.About(Duration.FromMinutes(5)), () => TalkEnds(talk));
        }

        foreach (var alone in _inside)
        {
            world.After(world.Chance.Seconds(20, 240), () => IsTiredOfWaiting(alone));
        }

        _begun = _begun && _inside.Count > 0;
    }

    /// <summary>One of the two hangs up, mostly the officer, or the adviser's line drops in the middle of a word.</summary>
    private void TalkEnds(int talk)
    {
        if (talk == _talks && IsTalk)
        {
            var officer = _inside.First(leg => leg.IsOfficers);
            var ends = world.Chance.Is(0.6) ? officer : Advisers.First();
            ends.Ends("completed");
        }
    }

    private void IsTiredOfWaiting(Leg leg)
    {
        if (_inside is [var alone] && alone == leg)
        {
            leg.Ends("completed");
        }
    }
}
