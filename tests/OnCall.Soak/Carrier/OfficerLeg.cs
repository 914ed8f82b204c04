using System.Globalization;
using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Folk;

namespace OnCall.Soak.Carrier;

/// <summary>The line of an officer who calls, or is called back.</summary>
internal sealed class OfficerLeg : Leg
{
    private readonly bool _isCallBack;
    private readonly OfficerMood _mood;
    private readonly Instant _began;

    /// <summary>The enquiry of which the officer was asked whether this is about the same; null = none was.</summary>
    private Guid? _asked;
    private DialledLeg? _dialled;

    public OfficerLeg(World world, string sid, Officer officer, Guid? calledBackFor = null)
        : base(world, sid)
    {
        (Officer, _isCallBack, _began) = (officer, calledBackFor is not null, world.Now);
        _mood = OfficerMood.Of(world);
        Enquiry = calledBackFor ?? Guid.Empty;
    }

    public Officer Officer { get; }

    /// <summary>The officer called, and was not called back.</summary>
    public bool IsInbound => !_isCallBack;

    public override bool IsOfficers => true;

    /// <summary>Whether the service knows a number on which it may call the officer back.</summary>
    public bool CanBeCalledBack => Known?.CallBackTo is not null || Officer.Shown is { } shown && Book.Numbers.MayBeCalled(shown);

    protected override Destination Present => new(Door.Officer, Enquiry.ToString("N"));

    public void Arrives()
    {
        IsPickedUp = true;
        Officer.PicksUpOwnPhone(this);
        Goes(new Destination(Door.Again, ""));
        World.After(_mood.Patience, () => GivesUp());
        if (World.Chance.Is(0.03))
        {
            World.After(World.Chance.Seconds(3, 120), LosesNetwork);
        }
    }

    /// <summary>The officer is called back: at home, busy, or not to be reached.</summary>
    public void Rings()
    {
        World.Network.Signal(Enquiry, new EnquiryEvent.CallBackPlaced(Sid));
        if (Officer.IsOnTheLine || World.Chance.Is(0.05))
        {
            Then(Duration.FromSeconds(2), () => Ends("busy"));
        }
        else if (World.IsQuiet || World.Chance.Is(0.75))
        {
            Then(World.Chance.Seconds(2, 20), () =>
            {
                IsPickedUp = true;
                Officer.PicksUpOwnPhone(this);
                Goes(new Destination(Door.Back, Enquiry.ToString("N")));
            });
        }
        else
        {
            Then(Duration.FromSeconds(30), () => Ends("no-answer"));
        }
    }

    /// <summary>The officer knows at once, and Twilio a while later.</summary>
    private void LosesNetwork()
    {
        Officer.LosesNetwork(this);
        World.After(World.Chance.Seconds(10, 40), () => Ends("completed"));
    }

    /// <summary>Hangs up, if nobody has come by now.</summary>
    public void GivesUp()
    {
        if (Room is not { IsTalk: true } && _dialled is not { IsBridged: true })
        {
            Ends("completed");
        }
    }

    /// <summary>The adviser's line is over, and the officer's own goes on.</summary>
    public void DialEnds(DialledLeg leg, string status)
    {
        if (_dialled == leg)
        {
            _dialled = null;
            Goes(leg.Officers, dial: new DialEnd(status, leg.Sid, leg.IsBridged, false));
        }
    }

    public override bool IsMoved()
    {
        StopsDialling();
        return base.IsMoved();
    }

    protected override void Dials(CallStep.Dial dial) => _dialled = World.Network.Dials(this, dial);

    protected override Destination TriedAgainAt(Destination door) => door with
    {
        Door = door.Door switch
        {
            Door.Hold or Door.Back or Door.Stayed or Door.Again or Door.ChainMenu or Door.ChainNext or Door.ChainMessage => door.Door,
            Door.HoldKey or Door.CallBack or Door.Number => Door.Hold,
            Door.BackKey => Door.Back,
            _ => Door.Officer,
        },
    };

    protected override IReadOnlyList<CallStep> Answer(Request request)
    {
        var (door, key) = (request.Door, request.Key);
        if (door.Door is Door.ChainMenu or Door.ChainNext or Door.ChainMessage)
        {
            return World.Chain.Officer(request);
        }

        if (World.Weather.IsDatabaseAway)
        {
            Enquiry = Enquiry == Guid.Empty ? World.Chance.Id() : Enquiry;
            return World.Chain.WithoutDatabase(request, Enquiry, this, TriedAgainAt(door));
        }

        if (door.Door == Door.Again)
        {
            return Arrived(door, key);
        }

        var enquiry = EventAt(door, key, request.LetGo) is { } happened ? World.Nodes.Happened(Enquiry, happened) : World.Nodes.Find(Enquiry)?.Enquiry;
        if (enquiry is not null && request.LetGo)
        {
            enquiry = RoomEnded(enquiry);
        }

        return enquiry is null ? [new CallStep.HangUp()] : OfficerFlow.OnFormer(enquiry, Sid, World.Nodes.Roster) ?? World.Chain.LeadIn(door.Door, enquiry, Sid) ?? Steps(door, key, request.Queued, enquiry);
    }

    protected override (string? Key, Duration After)? Presses(Destination then, Duration prompt) => _mood.Presses(then, prompt, World);

    protected override string? PressesWhileHeld(Duration stretch) => _mood.PressesWhileHeld(World.Now - _began, stretch);

    protected override Duration? Speaks() => World.Chance.Is(0.75) ? World.Chance.Seconds(4, 60) : null;

    protected override void Ended(string status, bool wasQueued)
    {
        if (Enquiry != Guid.Empty)
        {
            if (wasQueued)
            {
                World.Network.Signal(Enquiry, new EnquiryEvent.OfficerHungUp(Sid));
            }

            World.Network.Signal(Enquiry, new EnquiryEvent.OfficerHungUp(Sid));
            StopsDialling();
        }
        else if (_asked is { } asked)
        {
            // No node knows the leg; it is found at Twilio afterwards.
            var at = World.Now;
            World.After(World.Chance.Seconds(60, 240), () => World.Network.Signal(asked, new EnquiryEvent.OfficerCalledInVain(Sid, at)));
        }

        Officer.HangsUp(this);
    }

    /// <summary>Whom the line dialled hears no more of it; the word that it is over may be lost.</summary>
    private void StopsDialling()
    {
        if (_dialled is not { } dialled)
        {
            return;
        }

        _dialled = null;
        dialled.Ends("completed");
        if (IsOver && !World.Weather.GoesWrong(0.01))
        {
            World.Chain.Officer(new Request(dialled.Officers, null, Duration.Zero, false, new DialEnd(dialled.IsBridged ? "completed" : "canceled", dialled.Sid, dialled.IsBridged, true)));
        }
    }

    /// <summary>The call came in; or the officer has said whether it is about the same as before.</summary>
    private IReadOnlyList<CallStep> Arrived(Destination door, string? key)
    {
        var roster = World.Nodes.Roster;
        if (World.Nodes.Find(Enquiry) is null)
        {
            Enquiry = World.Nodes.OfCall(Sid)?.Enquiry.Id ?? Guid.Empty;
        }

        if (Enquiry == Guid.Empty && door.Subject.Length == 0 && World.Nodes.OfCaller(Officer.Shown, (enquiry, now) => Escalator.MayBeJoined(enquiry, roster, now)) is { } open)
        {
            _asked = open.Enquiry.Id;
            return OfficerFlow.AskWhetherAgain(open.Enquiry, roster);
        }

        if (Enquiry == Guid.Empty && Guid.TryParseExact(door.Subject, "N", out var named) && World.Nodes.Find(named)?.Enquiry is { } known && OfficerFlow.GoesOn(known, key, roster)
            && World.Nodes.Happened(named, new EnquiryEvent.OfficerCalledAgain(Sid, World.Nodes.Floods(Officer.Shown))) is { } joined && joined.OfficerCall == Sid)
        {
            Enquiry = named;
            return World.Chain.LeadIn(Door.Again, joined, Sid) ?? OfficerFlow.Now(joined, roster);
        }

        if (Enquiry == Guid.Empty)
        {
            var flooding = World.Nodes.Floods(Officer.Shown);
            Enquiry = World.Nodes.Open((id, shortRef, with, now) => Escalator.Open(id, shortRef, Book.Numbers.Line(0), Officer.Shown, Sid, with, now, flooding, Officer.Shown is { } shown && !Book.Numbers.MayBeCalled(shown))).Enquiry.Id;
        }

        if (World.Nodes.Find(Enquiry)?.Enquiry is not { } opened)
        {
            return [new CallStep.HangUp()];
        }

        return OfficerFlow.OnFormer(opened, Sid, roster) ?? (World.Chain.LeadIn(Door.Officer, opened, Sid) is { } led ? OfficerFlow.Arrival(opened, led, roster) : OfficerFlow.Arrival(opened, roster));
    }

    /// <summary>The room let the officer go: it ended with the adviser, whose own signal may be lost.</summary>
    private Enquiry RoomEnded(Enquiry enquiry)
    {
        if (enquiry.OfficerCall != Sid || enquiry.Stage is not Stage.Accepted { Page: { } taken, Talk: Talk.Joining or Talk.Talking } || enquiry.Pages.FirstOrDefault(page => page.Id == taken)?.CallSid is not { } callSid)
        {
            return enquiry;
        }

        World.Nodes.Happened(Enquiry, new EnquiryEvent.Bridged());
        return World.Nodes.Happened(Enquiry, new EnquiryEvent.PageHungUp(taken, callSid, "completed"))!;
    }

    private EnquiryEvent? EventAt(Destination door, string? key, bool letGo) => (door.Door, key) switch
    {
        (Door.Menu, _) => new EnquiryEvent.MenuAnswered(Sid, door.Ask, key),
        (Door.Force, _) => new EnquiryEvent.ForceSaid(Sid, door.Ask, key),
        (Door.HoldKey, "*") => new EnquiryEvent.CallBackAsked(Sid),
        (Door.HoldKey, "#") => new EnquiryEvent.MessageAsked(Sid),
        (Door.CallBack, "#") => new EnquiryEvent.MessageAsked(Sid),
        (Door.CallBack, "3") => new EnquiryEvent.HoldsAgain(Sid),
        (Door.Number, _) when Keyed(key) is { } number => new EnquiryEvent.CallBackNumberGiven(Sid, number),
        (Door.Stayed, _) => new EnquiryEvent.OfficerStayed(Sid),
        (Door.Back, _) => new EnquiryEvent.CallBackPlaced(Sid, PickedUp: true),
        (Door.BackKey, "1") => new EnquiryEvent.OfficerBack(Sid),
        (Door.Message, null) => new EnquiryEvent.HoldsAgain(Sid),
        (Door.Message, _) => new EnquiryEvent.MessageLeft(Sid, World.Network.NewName("RE"), Duration.FromSeconds(int.Parse(key!, CultureInfo.InvariantCulture))),
        (Door.Officer, _) when !letGo => new EnquiryEvent.OfficerReturned(Sid),
        _ => null,
    };

    private IReadOnlyList<CallStep> Steps(Destination door, string? key, Duration queued, Enquiry enquiry) => door.Door switch
    {
        Door.Hold => OfficerFlow.Held(enquiry, queued, World.Nodes.Roster),
        Door.HoldKey => OfficerFlow.AfterHoldKey(enquiry, key, World.Nodes.Roster),
        Door.CallBack => OfficerFlow.AfterCallBackKey(enquiry, door.Ask, key, World.Nodes.Roster),
        Door.Number => OfficerFlow.AfterNumber(enquiry, door.Ask, Keyed(key), World.Nodes.Roster),
        Door.Message when enquiry is { Recording: null, Stage: Stage.Owed } => OfficerFlow.NothingRecorded(enquiry, World.Nodes.Roster),
        Door.Back => OfficerFlow.CalledBack(enquiry, Sid, World.Nodes.Roster),
        Door.BackKey when key != "1" => OfficerFlow.NotBack(enquiry, Sid, door.Ask, key, World.Nodes.Roster),
        Door.BackKey => OfficerFlow.AfterBackKey(enquiry, Sid, World.Nodes.Roster),
        _ => OfficerFlow.Now(enquiry, World.Nodes.Roster),
    };

    private static PhoneNumber? Keyed(string? digits) => CallerId.ReadKeyed(digits);
}
