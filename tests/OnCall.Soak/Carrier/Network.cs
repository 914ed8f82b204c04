using System.Globalization;
using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Folk;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Carrier;

/// <summary>Twilio and the carriers behind it: legs, rooms, and the signals about them, which may be lost, doubled, late and out of order.</summary>
internal sealed class Network(World world)
{
    private readonly Dictionary<string, Leg> _legs = [];
    private readonly Dictionary<string, Room> _rooms = [];
    private long _names;

    public IEnumerable<Leg> LegsOf(Guid enquiry) => _legs.Values.Where(leg => leg.Enquiry == enquiry);

    public Leg? Find(string sid) => _legs.GetValueOrDefault(sid);

    public string NewName(string kind) => kind + (++_names).ToString(CultureInfo.InvariantCulture);

    public Room RoomOf(Guid enquiry, string name)
    {
        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms.Add(name, room = new Room(world, enquiry));
        }

        return room;
    }

    /// <summary>An officer calls the line.</summary>
    public OfficerLeg CallsIn(Officer officer)
    {
        var leg = new OfficerLeg(world, NewName("CA"), officer);
        _legs.Add(leg.Sid, leg);
        leg.Arrives();
        return leg;
    }

    /// <returns>Twilio's name of the call.</returns>
    public string RingsAdviser(Kept kept, Effect.PlaceCall place)
    {
        var page = kept.Enquiry.Pages.First(page => page.Id == place.Page);
        var leg = new AdviserLeg(world, NewName("CA"), kept.Enquiry.Id, page.Id, world.Advisers.Named(page.Adviser), place.Ring);
        _legs.Add(leg.Sid, leg);
        leg.Rings();
        return leg.Sid;
    }

    /// <inheritdoc cref="RingsAdviser"/>
    public string RingsOfficer(Kept kept, PhoneNumber number)
    {
        var leg = new OfficerLeg(world, NewName("CA"), world.Officers.At(number), kept.Enquiry.Id);
        _legs.Add(leg.Sid, leg);
        leg.Rings();
        return leg.Sid;
    }

    /// <summary>An officer's own line rings an adviser.</summary>
    public DialledLeg Dials(OfficerLeg officer, CallStep.Dial dial)
    {
        var state = world.Chain.Open(dial.Then.Subject);
        var leg = new DialledLeg(world, NewName("CA"), officer, dial, state.PageOf(state.AsEnquiry()), world.Advisers.Named(state.Dial!.Adviser), state.Dial.Ring);
        _legs.Add(leg.Sid, leg);
        leg.Rings();
        return leg;
    }

    /// <summary>Hangs up, redirects, or looks.</summary>
    /// <returns>What the enquiry is to be told because the leg is over; null = nothing.</returns>
    public EnquiryEvent? Changes(Posted posted)
    {
        switch (posted.Effect)
        {
            case Effect.HangUp { UnlessAnswered: true } hangUp when Find(hangUp.CallSid) is { IsPickedUp: true }:
                return null;
            case Effect.HangUp hangUp:
                Find(hangUp.CallSid)?.IsHungUp();
                return null;
            case Effect.MoveAdviser move:
                return Find(move.CallSid)?.IsMoved() == true ? null : new EnquiryEvent.PageHungUp(move.Page, move.CallSid, "completed");
            case Effect.MoveOfficer move when posted.Kept.Enquiry.OfficerCall == move.CallSid:
                return Find(move.CallSid)?.IsMoved() == true ? null : new EnquiryEvent.OfficerHungUp(move.CallSid);
            case Effect.LookAfter look when Find(look.CallSid) is not { IsOver: false }:
                return look.Page is { } page ? new EnquiryEvent.PageHungUp(page, look.CallSid, "completed", Found: true) : new EnquiryEvent.OfficerHungUp(look.CallSid);
            default:
                return null;
        }
    }

    /// <summary>Tells an enquiry of something, unless it is lost on the way.</summary>
    public void Signal(Guid enquiry, EnquiryEvent what)
    {
        if (world.Weather.GoesWrong(0.01))
        {
            return;
        }

        var copies = world.Weather.GoesWrong(0.02) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var late = world.Weather.GoesWrong(0.01) ? world.Chance.Seconds(2, 90) : world.Chance.Seconds(0.05, 0.8);
            world.After(late, () => Arrives(enquiry, what));
        }
    }

    /// <summary>While the database is away, the end of an officer's call is written down elsewhere, and so is what concerns texts; the rest is lost.</summary>
    private void Arrives(Guid enquiry, EnquiryEvent what)
    {
        if (!world.Weather.IsDatabaseAway)
        {
            world.Nodes.Happened(enquiry, what);
        }
        else if (what is EnquiryEvent.OfficerTexted or EnquiryEvent.PageTextFailed or EnquiryEvent.RelayFailed)
        {
            world.Weather.WithDatabase(() => world.Nodes.Happened(enquiry, what));
        }
        else if (what is EnquiryEvent.OfficerHungUp { CallSid: var call } && Find(call) is OfficerLeg { IsInbound: true, IsOver: true })
        {
            world.Journal.Append(null, [], call);
        }
    }

    public void Ends(Leg leg) => world.After(Duration.FromHours(1), () => _legs.Remove(leg.Sid));

    public void Forget(Guid enquiry)
    {
        foreach (var (name, _) in _rooms.Where(room => room.Value.Enquiry == enquiry).ToList())
        {
            _rooms.Remove(name);
        }
    }
}
