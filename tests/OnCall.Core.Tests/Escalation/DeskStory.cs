using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Escalation;

/// <summary>An enquiry driven through what happens to it, told like a story: every sentence is one event at the present instant.</summary>
internal sealed class DeskStory
{
    public const string OfficersCall = "CAofficer";

    private readonly RotaBook _book;

    private DeskStory(RotaBook book, Decision opened, Instant now, string[] busy)
    {
        (_book, Busy) = (book, busy);
        Now = now;
        Enquiry = opened.Next;
        Add(opened);
    }

    /// <summary>The advisers whom other enquiries engage from now on.</summary>
    public IReadOnlyCollection<string> Busy { get; set; }

    /// <summary>The numbers that take no texts from now on.</summary>
    public Untextable Untextable { get; set; } = Untextable.None;

    public Roster Roster => new(_book, Busy.ToHashSet(), Untextable);

    public Instant Now { get; private set; }

    public Enquiry Enquiry { get; private set; }

    /// <summary>What the last sentence caused.</summary>
    public ValueList<Effect> Effects { get; private set; } = [];

    public List<Effect> AllEffects { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    /// <summary>The advisers whose phones are to ring, ring, or are at an ear.</summary>
    public string Live => string.Join(' ', Enquiry.Pages.Where(page => page.IsLive).Select(page => page.Adviser));

    /// <summary>The advisers who were newly rung by the last sentence.</summary>
    public string Rung => string.Join(' ', Effects.OfType<Effect.PlaceCall>().Select(call => PageOf(call).Adviser));

    public IEnumerable<string> HungUp => Effects.OfType<Effect.HangUp>().Select(hangUp => hangUp.CallSid);

    /// <summary>The advisers to whom the last sentence brought a page by text.</summary>
    public string TextPaged => string.Join(' ', Effects.OfType<Effect.PageByText>().Select(text => text.Adviser));

    /// <summary>The texts that the last sentence passed on: which, and to whom; <c>officer</c> for the officer.</summary>
    public IEnumerable<string> Relayed => Effects.OfType<Effect.Relay>().Select(relay => $"{relay.Message} {relay.Adviser ?? "officer"}");

    /// <summary>The advisers who were texted by the last sentence.</summary>
    public string Texted => string.Join(' ', Effects.OfType<Effect.SendText>().Select(text => text.Adviser));

    public static DeskStory Call(DeskBook book, PhoneNumber? from = null, bool withheld = false, Instant? at = null, string[]? busy = null)
    {
        var built = book.Build();
        var shown = withheld ? null : from ?? DeskBook.Officer;
        var now = at ?? DeskBook.Noon;
        var opened = Escalator.Open(Guid.Parse("3f2b8c1d-0000-4000-8000-000000004821"), "4821", DeskBook.Line, shown, OfficersCall, new Roster(built, busy?.ToHashSet()), now, outOfReach: shown == DeskBook.OutOfReach);
        return new DeskStory(built, opened, now, busy ?? []);
    }

    /// <summary>An officer's text opens an enquiry.</summary>
    public static DeskStory Text(DeskBook book, string words = "how do I extradite somebody", PhoneNumber? from = null, bool asksForCall = false, Untextable? untextable = null)
    {
        var built = book.Build();
        var opened = Escalator.OpenByText(
            Guid.Parse("3f2b8c1d-0000-4000-8000-000000004821"), "4821", DeskBook.Line, from ?? DeskBook.TextingOfficer, "SMfirst", words, new Roster(built, untextable: untextable), DeskBook.Noon, asksForCall, outOfReach: from == DeskBook.OutOfReach);
        return new DeskStory(built, opened, DeskBook.Noon, []) { Untextable = untextable ?? Untextable.None };
    }

    /// <summary>A call that documents alone lead on, since the database is away: the desk is chosen, and nobody was dialled yet.</summary>
    public static ChainState OnTheChain(PhoneNumber from) => new()
    {
        Enquiry = Guid.Parse("3f2b8c1d-0000-4000-8000-000000004821"),
        Line = DeskBook.Line,
        From = from,
        OfficerCall = OfficersCall,
        Because = ChainBecause.DatabaseAway,
        OpenedAt = DeskBook.Noon,
        Began = DeskBook.Noon,
        HeldUntil = DeskBook.Noon + Escalator.LongestHold,
        Desk = DeskBook.Extradition,
    };

    /// <summary>A name for the newest call of an adviser.</summary>
    public string CallOf(string adviser) => $"CA{PageOf(adviser).Id[33..]}{adviser}";

    /// <summary>The newest page of an adviser.</summary>
    public Page PageOf(string adviser) => Enquiry.Pages.Last(page => page.Adviser == adviser);

    public DeskStory Happens(EnquiryEvent happened)
    {
        var decision = Escalator.Decide(Enquiry, happened, Roster, Now);
        Enquiry = decision.Next;
        Add(decision);
        return this;
    }

    /// <summary>Time goes by, with a decision at each deadline on the way.</summary>
    public DeskStory After(Duration wait)
    {
        var until = Now + wait;
        List<Effect> effects = [];
        while (Enquiry.Deadline is { } deadline && deadline <= until)
        {
            Now = Instant.Max(Now, deadline);
            Happens(new EnquiryEvent.TimePassed());
            effects.AddRange(Effects);
            if (Enquiry.Deadline <= Now)
            {
                throw new InvalidOperationException($"A decision at {Now} leaves a deadline that has come already: {Enquiry}");
            }
        }

        Now = until;
        Effects = effects.ToValueList();
        return this;
    }

    /// <summary>Time goes by, and whoever decides about deadlines is late.</summary>
    public void ElapseWithoutADecision(Duration wait) => Now += wait;

    public DeskStory AfterSeconds(long seconds) => After(Duration.FromSeconds(seconds));

    public DeskStory AfterMinutes(long minutes) => After(Duration.FromMinutes(minutes));

    public DeskStory OfficerPresses(string? key) => Happens(new EnquiryEvent.MenuAnswered(Enquiry.OfficerCall ?? OfficersCall, Enquiry.Stage is Stage.Menu menu ? menu.Ask : 1, key));

    public DeskStory NamesForce(string? digits) => Happens(new EnquiryEvent.ForceSaid(Enquiry.OfficerCall ?? OfficersCall, Enquiry.Stage is Stage.Menu menu ? menu.Ask : 1, digits));

    public DeskStory OfficerHangsUp() => Happens(new EnquiryEvent.OfficerHungUp(Enquiry.OfficerCall ?? OfficersCall));

    /// <summary>Twilio takes the calls of the advisers, and their phones ring.</summary>
    public DeskStory CallsAgain() => Happens(new EnquiryEvent.OfficerCalledAgain("CAagain"));

    public DeskStory AsksForACallBack() => Happens(new EnquiryEvent.CallBackAsked(OfficersCall));

    public DeskStory GivesNumber() => Happens(new EnquiryEvent.CallBackNumberGiven(OfficersCall, DeskBook.OtherPhone));

    public DeskStory Rings(params string[] advisers) => Each(advisers, adviser => new EnquiryEvent.PagePlaced(PageOf(adviser).Id, CallOf(adviser)));

    /// <summary>Twilio takes the texts to the advisers.</summary>
    public DeskStory AreTexted(params string[] advisers) => Each(advisers, adviser => new EnquiryEvent.PageTexted(PageOf(adviser).Id, $"SMto-{adviser}"));

    public DeskStory Writes(string? adviser, string message, int length = 20) =>
        Happens(adviser is null ? new EnquiryEvent.OfficerTexted(message, length) : new EnquiryEvent.AdviserTexted(adviser, message, length));

    public DeskStory WantsCall() => Happens(new EnquiryEvent.OfficerTexted("SMwants", 7, AsksForCall: true));

    public DeskStory TakesByText(string adviser) => Happens(new EnquiryEvent.TakenByText(adviser, $"SM{adviser}-1"));

    public DeskStory PassesByText(string adviser, string? desk = null) => Happens(new EnquiryEvent.PassedByText(adviser, $"SM{adviser}-2", desk));

    public DeskStory PicksUp(params string[] advisers) => Each(advisers, adviser => new EnquiryEvent.PageAnswered(PageOf(adviser).Id, CallOf(adviser)));

    public DeskStory Takes(string adviser) => Happens(new EnquiryEvent.PageTaken(PageOf(adviser).Id, CallOf(adviser)));

    public DeskStory HearsTheMessage(string adviser) => Happens(new EnquiryEvent.MessageHeard(PageOf(adviser).Id, CallOf(adviser)));

    public DeskStory Passes(string adviser) => Happens(new EnquiryEvent.PagePassed(PageOf(adviser).Id, CallOf(adviser)));

    /// <summary>The officer's own call dials an adviser, since nobody can be rung over REST.</summary>
    /// <param name="no">The how-manieth dial.</param>
    public EnquiryEvent.Chained Dialling(string adviser, int no = 1)
    {
        var began = ChainState.Of(Enquiry, OfficersCall, ChainBecause.RestFails, DeskBook.Noon);
        var state = began with { Dials = no, Rung = [adviser], Dial = new ChainDial(no, adviser, "named in the policy", began.Round, began.Step, DeskBook.Ring, DeskBook.Noon) };
        return new EnquiryEvent.Chained(state, new ChainFact.Dialled(), DeskBook.Noon);
    }

    public DeskStory IsDialled(string adviser) => Happens(Dialling(adviser));

    public DeskStory CallEnds(string adviser, string status = "completed") =>
        Happens(new EnquiryEvent.PageHungUp(PageOf(adviser).Id, CallOf(adviser), status));

    public DeskStory IsRefused(string adviser) => Happens(new EnquiryEvent.PageRefused(PageOf(adviser).Id, "Twilio refused: 13224"));

    /// <summary>The adviser's phone rings, is answered, 1 is pressed, and the two talk.</summary>
    public DeskStory TalksTo(string adviser) => Rings(adviser).PicksUp(adviser).Takes(adviser).Happens(new EnquiryEvent.Bridged());

    /// <summary>Whether the record has such a line.</summary>
    public bool Records(string happened, string? adviser = null) =>
        Timeline.Any(entry => entry.Event == happened && (adviser is null || entry.Adviser == adviser));

    public string TextTo(string adviser) => AllEffects.OfType<Effect.SendText>().Last(text => text.Adviser == adviser).Body;

    private DeskStory Each(string[] advisers, Func<string, EnquiryEvent> happened)
    {
        List<Effect> effects = [];
        foreach (var adviser in advisers)
        {
            effects.AddRange(Happens(happened(adviser)).Effects);
        }

        Effects = effects.ToValueList();
        return this;
    }

    private Page PageOf(Effect.PlaceCall call) => Enquiry.Pages.Single(page => page.Id == call.Page);

    private void Add(Decision decision)
    {
        Effects = decision.Effects;
        AllEffects.AddRange(decision.Effects);
        Timeline.AddRange(decision.Timeline);
    }
}
