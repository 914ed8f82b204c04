using NodaTime;
using OnCall.Core.Calls;
using OnCall.Soak.Folk;

namespace OnCall.Soak.Carrier;

/// <summary>The line of an adviser whom an officer's own line dials. Where its document ends by itself the two are connected.</summary>
internal sealed class DialledLeg(World world, string sid, OfficerLeg officer, CallStep.Dial dial, string page, AdviserPhone phone, Duration ring)
    : AdviserLeg(world, sid, officer.Enquiry, page, phone, ring)
{
    /// <summary>What the officer's line fetches after it.</summary>
    public Destination Officers => dial.Then;

    /// <summary>The two talk.</summary>
    public bool IsBridged { get; private set; }

    protected override Destination PickedUpAt => dial.Screen;

    protected override Destination Present => dial.Screen;

    protected override bool IsTalking => IsBridged;

    protected override IReadOnlyList<CallStep> AnswerAt(Request request) => World.Chain.Adviser(request, Sid);

    protected override IReadOnlyList<CallStep> AskAgain(Request request) => [new CallStep.Say(Core.Phrases.CannotConnectNow(Core.People.Language.English)), new CallStep.HangUp()];

    protected override void AtTheEnd()
    {
        IsBridged = true;
        World.Watch.Sees(this);
        Then(World.Chance.About(Duration.FromMinutes(5)) + Duration.FromSeconds(5), () => (World.Chance.Is(0.6) ? (Leg)officer : this).Ends("completed"));
    }

    protected override void IsPlaced()
    {
        // The officer's document waits for what becomes of it; nobody is told that it rings.
    }

    protected override void HasEnded(string status) => officer.DialEnds(this, status);
}
