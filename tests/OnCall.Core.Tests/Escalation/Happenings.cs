using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Everything that may happen to an enquiry, meant for it or for another: the columns of the table of state and event.</summary>
internal static class Happenings
{
    private static readonly string[] Statuses = ["completed", "busy", "failed", "no-answer", "canceled"];

    private static readonly (int Ask, string? Key)[] Keys =
        [.. from ask in new[] { 0, 1, 2, 3 } from key in new[] { null, "1", "2", "9", "7" } select (ask, key)];

    public static IReadOnlyList<EnquiryEvent> To(Enquiry enquiry) => [.. MeantFor(enquiry), .. NotMeantFor(enquiry)];

    /// <summary>Each names a call and a page of the enquiry, if it may be at the wrong time.</summary>
    public static IReadOnlyList<EnquiryEvent> MeantFor(Enquiry enquiry) =>
    [
        new EnquiryEvent.TimePassed(),
        .. Menu(),
        .. enquiry.Pages.SelectMany(page => OfPage(page.Id, page.CallSid ?? $"CAfirst-of-{page.Id}")),
        .. OfOfficer(enquiry.OfficerCall ?? "CAback"),
        new EnquiryEvent.Bridged(),
        new EnquiryEvent.CallBackRefused("Twilio refused: 13224"),
        new EnquiryEvent.TakenByText("dogwood"),
        .. Texts(enquiry.AcceptedBy ?? "cedar", $"SM{enquiry.Heard.Count}"),
        .. Chain(enquiry, enquiry.OfficerCall ?? "CAback"),
        Situations.Close(),
        new EnquiryEvent.NoteWritten($"note-{enquiry.PageCount}", "p.lane", "the officer will ring again"),
        Situations.PassTo(new PassTarget.Desk(DeskBook.Records), $"desk-{enquiry.PageCount}"),
        Situations.PassTo(new PassTarget.Desk(DeskBook.Extradition), $"other-desk-{enquiry.PageCount}"),
        Situations.PassTo(new PassTarget.Adviser("fir"), $"adviser-{enquiry.PageCount}"),
    ];

    private static IEnumerable<EnquiryEvent> NotMeantFor(Enquiry enquiry) =>
    [
        .. enquiry.Pages.SelectMany(page => OfPage(page.Id, $"CAsecond-of-{page.Id}")),
        .. OfPage($"{enquiry.Room}-999", "CAnone"),
        .. OfPage($"{Guid.Empty:N}-1", enquiry.OfficerCall ?? "CAnone"),
        .. OfOfficer("CAanother"),
        .. OfOfficer(DeskStory.OfficersCall),
        new EnquiryEvent.TakenByText("nobody"),
        .. Texts("dogwood", "SMdogwood"),
        .. Texts("nobody", enquiry.Heard.Count > 0 ? enquiry.Heard[0] : "SMnone"),
        new EnquiryEvent.Close("the console", "duplicate", null),
        Situations.PassTo(new PassTarget.Desk("no-desk"), "to a desk that is not there"),
        Situations.PassTo(new PassTarget.Adviser("nobody"), "to nobody"),
    ];

    private static IEnumerable<EnquiryEvent> Menu() =>
        Keys.SelectMany(pressed => new EnquiryEvent[] { new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, pressed.Ask, pressed.Key), new EnquiryEvent.ForceSaid(DeskStory.OfficersCall, pressed.Ask, pressed.Key) });

    private static IEnumerable<EnquiryEvent> OfPage(string page, string call) =>
    [
        new EnquiryEvent.PagePlaced(page, call),
        new EnquiryEvent.PageRefused(page, "Twilio refused: 13224"),
        new EnquiryEvent.PageAnswered(page, call),
        new EnquiryEvent.PageTaken(page, call),
        new EnquiryEvent.PagePassed(page, call),
        new EnquiryEvent.MessageHeard(page, call),
        new EnquiryEvent.PageTexted(page, call),
        new EnquiryEvent.PageTextFailed(page, "Twilio refused: 21610"),
        .. Statuses.Select(status => new EnquiryEvent.PageHungUp(page, call, status)),
        new EnquiryEvent.PageHungUp(page, call, "completed", Found: true),
    ];

    private static IEnumerable<EnquiryEvent> Texts(string adviser, string message) =>
    [
        new EnquiryEvent.OfficerTexted($"{message}-officer", 1700),
        new EnquiryEvent.OfficerTexted($"{message}-officer-wants", 7, AsksForCall: true),
        new EnquiryEvent.RelayFailed("SMfirst", adviser, "not delivered: 30003"),
        new EnquiryEvent.RelayFailed("SMfirst", null, "not delivered: 30003"),
        new EnquiryEvent.AdviserTexted(adviser, $"{message}-adviser", 40),
        new EnquiryEvent.TakenByText(adviser, $"{message}-1"),
        new EnquiryEvent.PassedByText(adviser, $"{message}-2"),
        new EnquiryEvent.PassedByText(adviser, $"{message}-pass", DeskBook.Records),
        new EnquiryEvent.CallWanted(adviser, $"{message}-call"),
    ];

    /// <summary>Told afterwards of a chain that began with the call, and dialled ash.</summary>
    private static IEnumerable<EnquiryEvent> Chain(Enquiry enquiry, string officersCall)
    {
        var at = enquiry.OpenedAt;
        var state = ChainState.Of(enquiry, officersCall, ChainBecause.DatabaseAway, at);
        var dialling = state with { Dials = 1, Dial = new ChainDial(1, "ash", "named in the policy", 1, 0, DeskBook.Ring, at) };
        ChainFact[] ofDial =
        [
            new ChainFact.Dialled(), new ChainFact.PickedUp("CAdialled"), new ChainFact.Taken("CAdialled"), new ChainFact.Passed("CAdialled"),
            new ChainFact.AdviserLeft("CAdialled"), .. Statuses.Select(status => new ChainFact.Missed("CAdialled", status)),
        ];
        ChainFact[] others =
        [
            new ChainFact.Began(), new ChainFact.DeskChosen("Extradition: key 1"), new ChainFact.OfficerLeft(), new ChainFact.Promised(OwedBecause.Unanswered),
            new ChainFact.MessageLeft("REchain", Duration.FromSeconds(12)), new ChainFact.Returned(),
        ];
        return [.. ofDial.Select(fact => new EnquiryEvent.Chained(dialling, fact, at)), .. others.Select(fact => new EnquiryEvent.Chained(state, fact, at))];
    }

    private static IEnumerable<EnquiryEvent> OfOfficer(string call) =>
    [
        new EnquiryEvent.OfficerHungUp(call),
        new EnquiryEvent.OfficerCalledAgain(call),
        new EnquiryEvent.OfficerCalledAgain(call, Flooding: true),
        new EnquiryEvent.OfficerCalledInVain(call, Instant.FromUtc(2026, 11, 25, 3, 0)),
        new EnquiryEvent.OfficerCalledInVain($"{call}late", Instant.FromUtc(2030, 1, 1, 0, 0)),
        new EnquiryEvent.CallBackAsked(call),
        new EnquiryEvent.CallBackNumberGiven(call, DeskBook.OtherPhone),
        new EnquiryEvent.MessageAsked(call),
        new EnquiryEvent.HoldsAgain(call),
        new EnquiryEvent.OfficerReturned(call),
        new EnquiryEvent.OfficerStayed(call),
        new EnquiryEvent.OfficerBack(call),
        new EnquiryEvent.CallBackPlaced(call),
        new EnquiryEvent.CallBackPlaced(call, PickedUp: true),
        Situations.Message(call),
    ];
}
