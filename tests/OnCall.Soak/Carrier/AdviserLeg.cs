using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Folk;

namespace OnCall.Soak.Carrier;

/// <summary>The line on which an adviser is rung for a page.</summary>
internal class AdviserLeg : Leg
{
    private readonly AdviserPhone _phone;
    private readonly Duration _ring;
    private readonly AdviserMood _mood;

    public AdviserLeg(World world, string sid, Guid enquiry, string page, AdviserPhone phone, Duration ring)
        : base(world, sid)
    {
        (Enquiry, Page, _phone, _ring) = (enquiry, page, phone, ring);
        _mood = AdviserMood.Of(world, ring);
    }

    public string Page { get; }

    public string Adviser => _phone.Id;

    /// <summary>Whether 1 was pressed at a prompt.</summary>
    public bool PressedOne { get; private set; }

    public override bool IsOfficers => false;

    protected override Destination Present => new(Door.Adviser, Page);

    /// <summary>What is fetched when somebody, or something, picks up.</summary>
    protected virtual Destination PickedUpAt => new(Door.Offer, Page);

    protected virtual bool IsTalking => Room is not null;

    public void Rings()
    {
        IsPlaced();

        if (_phone.Line is not null)
        {
            Then(Duration.FromSeconds(2), () => Ends("busy"));
        }
        else if (_mood.Ends is { } ends)
        {
            Then(_mood.After, () => Ends(ends));
        }
        else if (_mood.After < _ring)
        {
            _phone.Line = this;
            Then(_mood.After, PicksUp);
        }
        else
        {
            _phone.Line = this;
            Then(_ring, () => Ends("no-answer"));
        }
    }

    protected override Destination TriedAgainAt(Destination door) => new(Door.Offer, Page);

    protected override IReadOnlyList<CallStep> Answer(Request request)
    {
        PressedOne |= request is { Door.Door: Door.OfferKey or Door.ChainKey, Key: "1" };
        return AnswerAt(request);
    }

    protected virtual IReadOnlyList<CallStep> AnswerAt(Request request)
    {
        if (World.Weather.IsDatabaseAway)
        {
            return World.Chain.WithoutDatabase(TriedAgainAt(request.Door));
        }

        var (door, key) = (request.Door, request.Key);
        var enquiry = EventAt(door, key) is { } happened ? World.Nodes.Happened(Enquiry, happened) : World.Nodes.Find(Enquiry)?.Enquiry;
        return enquiry is null ? [new CallStep.HangUp()] : door.Door switch
        {
            Door.Offer => AdviserFlow.Offer(enquiry, Page, Sid, World.Nodes.Roster, World.Now),
            Door.OfferKey => AdviserFlow.AfterKey(enquiry, Page, Sid, door.Ask, key, World.Nodes.Roster),
            _ => AdviserFlow.Now(enquiry, Page, Sid, World.Nodes.Roster),
        };
    }

    protected override (string? Key, Duration After)? Presses(Destination then, Duration prompt) => then.Door switch
    {
        Door.OfferKey or Door.ChainKey => _mood.Presses(then.Ask, World),
        _ => World.Chance.Is(0.6) ? (World.Chance.Is(0.2) ? "1" : "2", prompt) : null,
    };

    /// <summary>Twilio tells of it, or not.</summary>
    protected virtual void IsPlaced()
    {
        if (World.Chance.Is(0.3))
        {
            World.Network.Signal(Enquiry, new EnquiryEvent.PagePlaced(Page, Sid));
        }
    }

    /// <summary>Those who should know are told.</summary>
    /// <param name="status">Twilio's word for it.</param>
    protected virtual void HasEnded(string status) => World.Network.Signal(Enquiry, new EnquiryEvent.PageHungUp(Page, Sid, status));

    protected override void Ended(string status, bool wasQueued)
    {
        if (_phone.Line == this)
        {
            _phone.Line = null;
        }

        HasEnded(status == "completed" && !IsPickedUp ? "canceled" : status);
    }

    private void PicksUp()
    {
        IsPickedUp = true;
        Goes(PickedUpAt);
        if (_mood.HangsUpAfter is { } soon)
        {
            World.After(soon, () => HangsUp());
        }
    }

    private void HangsUp()
    {
        if (!IsTalking)
        {
            Ends("completed");
        }
    }

    private EnquiryEvent? EventAt(Destination door, string? key) => (door.Door, key) switch
    {
        (Door.Offer, _) => new EnquiryEvent.PageAnswered(Page, Sid),
        (Door.OfferKey, "1") => new EnquiryEvent.PageTaken(Page, Sid),
        (Door.OfferKey, "2") => new EnquiryEvent.PagePassed(Page, Sid),
        (Door.Heard, not "1") => new EnquiryEvent.MessageHeard(Page, Sid),
        _ => null,
    };
}
