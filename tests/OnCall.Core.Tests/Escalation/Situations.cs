using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Enquiries in every stage, each reached by a story: the rows of the table of state and event.</summary>
internal static class Situations
{
    public static IReadOnlyDictionary<string, Func<DeskStory>> All { get; } = new Dictionary<string, Func<DeskStory>>
    {
        ["in the menu"] = () => Menu(),
        ["in the menu for the second time"] = () => Menu().OfficerPresses("7"),
        ["in the menu, in doubt"] = () => Blocked(),
        ["in the menu, asked for the force"] = () => Blocked().OfficerPresses("1"),
        ["in the menu, asked for the force for the second time"] = () => Blocked().OfficerPresses("1").NamesForce("77"),
        ["held, named the force"] = () => Blocked().OfficerPresses("1").NamesForce("1").Rings("ash"),
        ["unanswered, in doubt and held"] = () => Blocked().OfficerPresses(null).OfficerPresses(null),
        ["abandoned in doubt"] = () => Blocked().OfficerHangsUp(),
        ["held, phones not yet ringing"] = () => Held(),
        ["held, one rings and one is being placed"] = () => Held().Rings("ash"),
        ["held, both ring"] = () => Held().Rings("ash", "birch"),
        ["held, one hears the prompt"] = () => Held().Rings("ash", "birch").PicksUp("ash"),
        ["held, one has passed, one was busy, the next rings"] = () => Held().Rings("ash", "birch").Passes("ash").CallEnds("birch", "busy").Rings("cedar"),
        ["held, the first is at the prompt while the next step rings"] = () => NextStepRings(),
        ["held, all rounds through, one at the prompt"] = () => NextStepRings().PicksUp("cedar").AfterSeconds(25),
        ["held, nobody left to ring soon"] = () => Held(new DeskBook { Steps = ["ash"], Rounds = 3 }).Rings("ash").CallEnds("ash", "failed"),
        ["held, about to leave a message"] = () => Held().Rings("ash").Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)),
        ["held again after hanging up"] = () => Held().Rings("ash", "birch").AfterSeconds(25).Rings("cedar").OfficerHangsUp().CallsAgain(),
        ["held again on another line"] = () => Held().Rings("ash", "birch").CallsAgain(),
        ["held again after a promise"] = () => Unanswered().AfterMinutes(2).CallsAgain(),
        ["held, passed on to another desk"] = () => Held().Rings("ash").Happens(PassTo(new PassTarget.Desk(DeskBook.Records))).Rings("dogwood"),
        ["held, passed on to one adviser"] = () => Held().Rings("ash", "birch").Passes("ash").Happens(PassTo(new PassTarget.Adviser("ash"))),
        ["asked to be called back, passed on after the talk"] = () => TalkIsOver().Happens(PassTo(new PassTarget.Desk(DeskBook.Records))),
        ["held, dialled from the officer's own call"] = () => Held().IsDialled("ash"),
        ["asked to be called back"] = () => Held().Rings("ash").AsksForACallBack(),
        ["asked to be called back on another number, and hung up"] = () => Held().Rings("ash").GivesNumber().OfficerHangsUp(),
        ["asked to be called back, all rounds through"] = () => Held().Rings("ash", "birch").AsksForACallBack().OfficerHangsUp().AfterSeconds(25).Rings("cedar").AfterSeconds(25),
        ["a message instead of holding was left"] = () => Held().Rings("ash").Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)).Happens(Message()),
        ["taken, joining"] = () => Held().Rings("ash", "birch").PicksUp("ash").Takes("ash"),
        ["taken, talking"] = () => Held().Rings("birch").TalksTo("ash"),
        ["taken, the officer left"] = () => Held().TalksTo("ash").OfficerHangsUp(),
        ["taken, the adviser dropped"] = () => Held().TalksTo("ash").CallEnds("ash"),
        ["taken and over"] = () => TalkIsOver(),
        ["held again, the same adviser rings"] = () => Held().TalksTo("ash").CallEnds("ash").Happens(new EnquiryEvent.OfficerStayed(DeskStory.OfficersCall)),
        ["taken in the chase, calling back"] = () => CallingBack(),
        ["taken in the chase, the call back rings"] = () => CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")),
        ["taken in the chase, the officer has picked up"] = () => CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.CallBackPlaced("CAback", PickedUp: true)),
        ["taken in the chase, the officer did not answer"] = () =>
            CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.OfficerHungUp("CAback")),
        ["taken in the chase, number withheld"] = () => Unanswered(withheld: true).AfterMinutes(2).PicksUp("cedar").Takes("cedar"),
        ["taken in the chase, number out of reach"] = () => DeskStory.Call(new DeskBook(), DeskBook.OutOfReach).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25).OfficerHangsUp().AfterMinutes(2).PicksUp("cedar").Takes("cedar"),
        ["taken, the message is heard"] = () => HearingMessage(),
        ["taken, the message was heard"] = () => HearingMessage().HearsTheMessage("cedar"),
        ["taken, the message is heard, number withheld"] = () => HearingMessage(withheld: true),
        ["taken by text"] = () => Unanswered().AfterMinutes(2).Happens(new EnquiryEvent.TakenByText("cedar")),
        ["taken by text, the officer on the line"] = () => Through().Happens(new EnquiryEvent.TakenByText("cedar")),
        ["taken by text, the adviser hears the prompt"] = () => Abandoned().TakesByText("ash").Rings("ash").PicksUp("ash"),
        ["taken by text, the officer is called"] = () => Abandoned().TakesByText("ash").Rings("ash").PicksUp("ash").Takes("ash"),
        ["texted, nothing sent yet"] = () => DeskStory.Text(new DeskBook()),
        ["texted, one was reached and one was not"] = () => DeskStory.Text(new DeskBook()).AreTexted("ash").Happens(new EnquiryEvent.PageTextFailed(DeskStory.Text(new DeskBook()).PageOf("birch").Id, "undelivered")),
        ["texted, the next step is texted and the first rings"] = () => TextedTwice(),
        ["texted, the officer has called"] = () => DeskStory.Text(new DeskBook()).AreTexted("ash").Happens(new EnquiryEvent.OfficerCalledAgain("CAagain")),
        ["unanswered, by text"] = () => TextedTwice().Rings("ash", "birch").AfterMinutes(3),
        ["taken by text, the two write"] = () => DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").TakesByText("ash").Writes("ash", "SManswer").Writes(null, "SMthanks"),
        ["taken after a text by the key"] = () => TextedTwice().Rings("ash").PicksUp("ash").Takes("ash"),
        ["texted, handed over"] = () => DeskStory.Text(new DeskBook()).AreTexted("ash").TakesByText("ash").PassesByText("ash", DeskBook.Records),
        ["in doubt, by text"] = () => DeskStory.Text(new DeskBook { BlocksOfficer = true, Menu = DeskBook.TwoDesks }),
        ["abandoned in the menu"] = () => Menu().OfficerHangsUp(),
        ["abandoned"] = () => Held().Rings("ash").OfficerHangsUp(),
        ["abandoned and reminded"] = () => Held().Rings("ash").OfficerHangsUp().AfterMinutes(6),
        ["unanswered, the officer still on the line"] = () => Through(),
        ["unanswered, being chased"] = () => Unanswered().AfterMinutes(2).Rings("cedar"),
        ["unanswered, chased long"] = () => Unanswered().AfterMinutes(60),
        ["a message is wanted"] = () => Through(AfterRounds.Voicemail),
        ["a message was left"] = () => Through(AfterRounds.Voicemail).Happens(Message()),
        ["nobody to ring at all"] = () => Held(new DeskBook { Steps = [] }),
        ["closed"] = () => Held().TalksTo("ash").OfficerHangsUp().CallEnds("ash").Happens(Close()),
        ["closed while the chase rings"] = () => Unanswered().AfterMinutes(2).Happens(Close()),
    };

    public static EnquiryEvent.MessageLeft Message(string call = DeskStory.OfficersCall) => new(call, "REmessage", Duration.FromSeconds(12));

    public static EnquiryEvent.Close Close() => new("ash", "extradition", "told how");

    public static EnquiryEvent.PassedOn PassTo(PassTarget to, string request = "a wish") => new(request, "p.lane", to);

    private static DeskStory TalkIsOver() => Held().TalksTo("ash").OfficerHangsUp().CallEnds("ash");

    private static DeskStory Menu() => DeskStory.Call(new DeskBook { Menu = DeskBook.TwoDesks });

    private static DeskStory Blocked() => DeskStory.Call(new DeskBook { BlocksOfficer = true });

    private static DeskStory Held(DeskBook? book = null, bool withheld = false) => DeskStory.Call(book ?? new DeskBook(), withheld: withheld);

    private static DeskStory NextStepRings() => Held().Rings("ash", "birch").AfterSeconds(20).PicksUp("ash").AfterSeconds(5).Rings("cedar");

    private static DeskStory Through(AfterRounds then = AfterRounds.Callback, bool withheld = false) =>
        Held(new DeskBook { Then = then }, withheld).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25);

    private static DeskStory Unanswered(bool withheld = false) => Through(withheld: withheld).OfficerHangsUp();

    private static DeskStory HearingMessage(bool withheld = false) =>
        Through(AfterRounds.Voicemail, withheld).Happens(Message()).OfficerHangsUp().AfterMinutes(2).PicksUp("cedar").Takes("cedar");

    private static DeskStory Abandoned() => Held().Rings("ash").OfficerHangsUp();

    private static DeskStory TextedTwice() => DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").AfterSeconds(60).AreTexted("cedar");

    private static DeskStory CallingBack() => Unanswered().AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar");
}
