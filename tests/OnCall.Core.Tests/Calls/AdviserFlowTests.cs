using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Tests.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Calls;

public sealed class AdviserFlowTests
{
    public static TheoryData<string> Rows => [.. Situations.All.Keys];

    [Theory, MemberData(nameof(Rows))]
    public void AnyDocument_AnyState_SpeaksAndGivesNoNumberAway(string row)
    {
        var story = Situations.All[row]();
        foreach (var (page, call) in story.Enquiry.Pages.Select(page => (page.Id, page.CallSid ?? "CAnew")).Append(($"{story.Enquiry.Room}-999", "CAnone")))
        {
            foreach (var document in Documents(story, page, call))
            {
                (document[0] is CallStep.Say or CallStep.Ask or CallStep.Connect).ShouldBeTrue($"{row}: {string.Join(", ", document)}");
                (document[^1] is CallStep.Ask or CallStep.Connect or CallStep.HangUp).ShouldBeTrue($"{row}: {string.Join(", ", document)}");
                string.Join(' ', document).ShouldNotContain("+44");
            }
        }
    }

    [Fact]
    public void Offer_AtThePrompt_IsHeardTwiceWithKeysLive()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").AfterSeconds(12).PicksUp("ash");
        var ask = Offer(story, "ash").ShouldHaveSingleItem().ShouldBeOfType<CallStep.Ask>();
        ask.Prompt.OfType<CallStep.Say>().Select(say => say.Text).ShouldBe(Enumerable.Repeat(
            "Routine. Number listed for Essex Police. Extradition and arrest. Attempt 1 after 12 seconds. Press 1 to take the call, 2 to pass.", 2));
        ask.Then.ShouldBe(new Destination(Door.OfferKey, story.PageOf("ash").Id, 1));
    }

    [Fact]
    public void Now_ClosedWhileTheyTalked_SaysThatTheOfficerHasHungUp()
    {
        var story = Situations.All["taken, talking"]().Happens(Situations.Close()).OfficerHangsUp();
        Words(AdviserFlow.Now(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), story.Roster)).ShouldStartWith("The officer has hung up.");
    }

    [Fact]
    public void Offer_NumberWithheld_SaysSo() =>
        Words(Offer(DeskStory.Call(new DeskBook(), withheld: true).Rings("ash").PicksUp("ash"), "ash")).ShouldContain("Number withheld.");

    [Fact]
    public void Offer_NumberOfNoForce_SaysSo() =>
        Words(Offer(DeskStory.Call(new DeskBook(), from: DeskBook.UnknownOfficer).Rings("ash").PicksUp("ash"), "ash")).ShouldContain("Number not known.");

    [Fact]
    public void Offer_InTheChase_SaysThatItIsACallBack() =>
        Words(Offer(Situations.All["unanswered, being chased"]().PicksUp("cedar"), "cedar")).ShouldStartWith("Routine call back.");

    [Fact]
    public void Taken_MessageLeft_PlaysItAndOffersToRing()
    {
        var story = Situations.All["taken, the message is heard"]();
        var ask = After(story, "cedar", "1").ShouldHaveSingleItem().ShouldBeOfType<CallStep.Ask>();
        ask.Prompt.ShouldContain(new CallStep.PlayMessage(story.Enquiry.Room));
        ask.Prompt[^1].ShouldBe(new CallStep.Say(Phrases.HearAgainOrCallBack(Language.English)));
        ask.Then.ShouldBe(new Destination(Door.Heard, story.PageOf("cedar").Id));
    }

    [Fact]
    public void Offer_Prompt_EndsBeforeThePageIsGivenUp()
    {
        var story = Situations.All["held, one hears the prompt"]();
        var first = (CallStep.Ask)Offer(story, "ash")[0];
        var second = (CallStep.Ask)After(story, "ash", "5")[0];
        (Lasts(first) + Lasts(second)).ShouldBeLessThan(Escalator.LongestPrompt);
    }

    [Fact]
    public void Offer_SecondCallOfThePage_IsNotOffered()
    {
        var story = Situations.All["held, one hears the prompt"]();
        AdviserFlow.Offer(story.Enquiry, story.PageOf("ash").Id, "CAdouble", story.Roster, story.Now).OfType<CallStep.Ask>().ShouldBeEmpty();
    }

    [Fact]
    public void Offer_AskedForAgainAfterItWasGivenUp_SaysThatItHasGoneOnAndNotThatItIsTaken()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash").CallEnds("ash").PicksUp("ash");
        Words(Offer(story, "ash")).ShouldBe(Phrases.GoneOn(Language.English).Text);
    }

    [Fact]
    public void Offer_OfficerHungUpMeanwhile_SaysSo() =>
        Words(Offer(DeskStory.Call(new DeskBook()).Rings("ash").OfficerHangsUp().PicksUp("ash"), "ash")).ShouldBe(Phrases.Withdrawn(Language.English).Text);

    [Fact]
    public void AfterKey_OnePressed_ConnectsToTheRoomThatEndsWithTheAdviser()
    {
        var story = Situations.All["taken, joining"]();
        var connect = After(story, "ash", "1")[^1].ShouldBeOfType<CallStep.Connect>();
        connect.Room.ShouldBe(OfficerFlow.Now(story.Enquiry, story.Roster).ShouldHaveSingleItem().ShouldBeOfType<CallStep.Connect>().Room);
        connect.EndsRoom.ShouldBeTrue();
        connect.Then.ShouldBe(new Destination(Door.Adviser, story.PageOf("ash").Id));
    }

    [Fact]
    public void AfterKey_OneToldTwice_ConnectsAgain() => After(Situations.All["taken, talking"](), "ash", "1")[^1].ShouldBeOfType<CallStep.Connect>();

    [Fact]
    public void AfterKey_OneTooLate_SaysThatItIsTaken()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash", "birch").Takes("ash").Takes("birch");
        Words(After(story, "birch", "1")).ShouldBe(Phrases.AlreadyTaken(Language.English).Text);
    }

    [Theory]
    [InlineData("2", "Passed on. Thank you. Goodbye.")]
    [InlineData(null, "No key was pressed. Goodbye.")]
    public void AfterKey_NotTaken_SaysGoodbye(string? key, string words) => Words(After(Situations.All["held, one hears the prompt"](), "ash", key)).ShouldBe(words);

    [Fact]
    public void AfterKey_WrongKey_AsksOnceMore()
    {
        var story = Situations.All["held, one hears the prompt"]();
        After(story, "ash", "5")[0].ShouldBeOfType<CallStep.Ask>().Then.Ask.ShouldBe(2);
        AdviserFlow.AfterKey(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), 2, "5", story.Roster)[^1].ShouldBeOfType<CallStep.HangUp>();
    }

    [Theory]
    [InlineData("taken, the officer left", "ash", "The officer has hung up. The number was texted to you. Goodbye.")]
    [InlineData("taken in the chase, the officer did not answer", "cedar", "The officer was not reached. The number was texted to you; please try again. Goodbye.")]
    public void Now_TheOfficerIsNotThere_SaysWhy(string row, string adviser, string words)
    {
        var story = Situations.All[row]();
        Words(AdviserFlow.Now(story.Enquiry, story.PageOf(adviser).Id, story.CallOf(adviser), story.Roster)).ShouldBe(words);
        Words(After(story, adviser, "1")).ShouldBe(words);
    }

    [Fact]
    public void AfterKey_NumberWithheldInTheChase_SaysThatThereIsNoNumber() =>
        Words(After(Situations.All["taken in the chase, number withheld"](), "cedar", "1")).ShouldBe(Phrases.NumberNotKnown(Language.English).Text);

    [Fact]
    public void Now_WithheldNumberKeyedIn_IsKnown()
    {
        var story = DeskStory.Call(new DeskBook(), withheld: true).Rings("ash").AsksForACallBack().GivesNumber().Happens(new EnquiryEvent.HoldsAgain(DeskStory.OfficersCall)).PicksUp("ash").Takes("ash").OfficerHangsUp();
        Words(AdviserFlow.Now(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), story.Roster)).ShouldBe(Phrases.OfficerHasHungUp(Language.English).Text);
    }

    [Fact]
    public void Taken_MessageLeftByOneWhoKeyedInANumber_OffersToRing()
    {
        var story = DeskStory.Call(new DeskBook(), withheld: true).Rings("ash").AsksForACallBack().GivesNumber()
            .Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)).Happens(Situations.Message()).OfficerHangsUp().PicksUp("ash").Takes("ash");
        After(story, "ash", "1").ShouldHaveSingleItem().ShouldBeOfType<CallStep.Ask>().Prompt[^1].ShouldBe(new CallStep.Say(Phrases.HearAgainOrCallBack(Language.English)));
    }

    private static IEnumerable<IReadOnlyList<CallStep>> Documents(DeskStory story, string page, string call) =>
    [
        AdviserFlow.Offer(story.Enquiry, page, call, story.Roster, story.Now),
        .. new[] { "1", "2", "5", null }.SelectMany(key => new[] { 1, 2 }.Select(ask => AdviserFlow.AfterKey(story.Enquiry, page, call, ask, key, story.Roster))),
    ];

    private static IReadOnlyList<CallStep> Offer(DeskStory story, string adviser) =>
        AdviserFlow.Offer(story.Enquiry, story.PageOf(adviser).Id, story.CallOf(adviser), story.Roster, story.Now);

    private static IReadOnlyList<CallStep> After(DeskStory story, string adviser, string? key) =>
        AdviserFlow.AfterKey(story.Enquiry, story.PageOf(adviser).Id, story.CallOf(adviser), 1, key, story.Roster);

    private static string Words(IEnumerable<CallStep> steps) => string.Join(' ', steps.SelectMany(step => step is CallStep.Ask ask ? ask.Prompt : [step])
        .OfType<CallStep.Say>().Select(say => say.Text));

    private static Duration Lasts(CallStep.Ask ask) => ask.Timeout + Duration.FromSeconds(Words([ask]).Length / 15d) + Duration.FromSeconds(ask.Prompt.OfType<CallStep.Pause>().Count());
}
