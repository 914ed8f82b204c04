using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Nobody took it: what the officer is promised, and the chase until somebody does.</summary>
public sealed class OwedTests
{
    [Fact]
    public void AllRoundsThrough_NumberShown_PromisesACallBack()
    {
        var story = Through(new DeskBook());
        story.Enquiry.Stage.ShouldBe(new Stage.Owed(OwedBecause.Unanswered, story.Now + Duration.FromMinutes(2), 0, TellAt: story.Now + Duration.FromHours(1)));
        story.Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        story.Records("unanswered").ShouldBeTrue();
    }

    /// <summary>What the officer hears is the answer to the officer's own webhook: a push would cut it.</summary>
    [Fact]
    public void NobodyToRing_TheOfficersOwnWebhookAsks_PushesNobody()
    {
        var nobody = new DeskBook { Steps = [] };
        DeskStory.Call(nobody).AllEffects.OfType<Effect.MoveOfficer>().ShouldBeEmpty("at the first moment");
        DeskStory.Call(nobody with { Menu = DeskBook.TwoDesks }).Happens(new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, 1, "1")).Effects.OfType<Effect.MoveOfficer>().ShouldBeEmpty("after the menu");
        DeskStory.Call(nobody).OfficerHangsUp().CallsAgain().Effects.OfType<Effect.MoveOfficer>().ShouldBeEmpty("called again");
    }

    [Theory]
    [InlineData(AfterRounds.Voicemail, false)]
    [InlineData(AfterRounds.Callback, true)]
    public void AllRoundsThrough_VoicemailOrNumberWithheld_AsksForAMessage(AfterRounds then, bool withheld)
    {
        var story = Through(new DeskBook { Then = then }, withheld);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.MessageWanted);
        story.Happens(Situations.Message()).Enquiry.State.ShouldBe(EnquiryState.Voicemail);
        story.Enquiry.Recording.ShouldBe("REmessage");
        story.Records("voicemail-left").ShouldBeTrue();
        story.Enquiry.Deadline.ShouldNotBeNull();
    }

    /// <summary>What cannot be kept is not promised; who takes it has a telephone of their own, and is told the number.</summary>
    [Fact]
    public void AllRoundsThrough_NumberOutOfReach_AsksForAMessageAndTellsTheAdviserTheNumber()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.OutOfReach).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.MessageWanted);
        OfficerFlow.Now(story.Enquiry, story.Roster)[0].ShouldBe(new CallStep.Say(Phrases.LeaveMessage(Language.English, "4821")));
        story.Happens(Situations.Message()).OfficerHangsUp().AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar");
        story.TextTo("cedar").ShouldContain(DeskBook.OutOfReach.Value);
        TalkOf(story).ShouldBe(Talk.HearingMessage);
        Heard().ShouldHaveSingleItem().ShouldBeOfType<CallStep.Ask>().Prompt[^1].ShouldBe(new CallStep.Say(Phrases.HearAgain(Language.English, DeskBook.OutOfReach)));
        story.HearsTheMessage("cedar");
        TalkOf(story).ShouldBe(Talk.OfficerGone);
        Heard()[0].ShouldBe(new CallStep.Say(Phrases.NumberOutOfReach(Language.English, DeskBook.OutOfReach)));
        story.AllEffects.OfType<Effect.CallBack>().ShouldBeEmpty();

        IReadOnlyList<CallStep> Heard() => AdviserFlow.Now(story.Enquiry, story.PageOf("cedar").Id, story.CallOf("cedar"), story.Roster);
    }

    [Fact]
    public void HearingTheMessage_NumberOutOfReachAndTheAdviserHangsUp_IsToldToRing()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.OutOfReach).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25).Happens(Situations.Message()).OfficerHangsUp();
        story.AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar").CallEnds("cedar");
        story.TextTo("cedar").ShouldBe(Phrases.NoNumber(Language.English, "4821", DeskBook.OutOfReach));
    }

    /// <summary>Stored by a version that did not look, or by settings that were wider.</summary>
    [Fact]
    public void TakenInTheChase_CallBackIsOutOfReach_TellsTheAdviserToRing()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackRefused("the number is outside OnCall:AllowedDestinations", OutOfReach: true));
        TalkOf(story).ShouldBe(Talk.OfficerGone);
        AdviserFlow.Now(story.Enquiry, story.PageOf("cedar").Id, story.CallOf("cedar"), story.Roster)[0].ShouldBe(new CallStep.Say(Phrases.NumberOutOfReach(Language.English, DeskBook.Officer)));
        story.CallEnds("cedar").TextTo("cedar").ShouldBe(Phrases.NoNumber(Language.English, "4821", DeskBook.Officer));
    }

    [Fact]
    public void MessageWanted_ANumberIsKeyedInInstead_IsACallBackThatIsOwed()
    {
        var story = Through(new DeskBook(), withheld: true).GivesNumber();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.CallBackWanted);
        OfficerFlow.Now(story.Enquiry, story.Roster)[0].ShouldBe(new CallStep.Say(Phrases.CallBackPromised(Language.English, "4821", onNumberGiven: true)));
    }

    /// <summary>It can be asked nothing: it is chased, and not closed after a day because it did not answer.</summary>
    [Fact]
    public void TextedInDoubt_NumberOutOfReach_IsChased()
    {
        var story = DeskStory.Text(new DeskBook { BlocksOfficer = true }, from: DeskBook.OutOfReach);
        story.Rung.ShouldBe("");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
        story.AfterMinutes(2).Effects.OfType<Effect.PlaceCall>().ShouldNotBeEmpty();
    }

    [Fact]
    public void TextedForACall_AnotherNumberWasKeyedIn_IsToldWhichIsCalled()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).Rings("ash").AsksForACallBack().GivesNumber().OfficerHangsUp().Happens(new EnquiryEvent.OfficerTexted("SMcall", 7, true));
        story.Effects.OfType<Effect.SendText>().Single(text => text.To == DeskBook.TextingOfficer).Body.ShouldContain("call you on 07700900299");
    }

    [Fact]
    public void InDoubt_NumberOutOfReach_IsAskedForAMessage()
    {
        var story = DeskStory.Call(new DeskBook { Menu = DeskBook.TwoDesks, BlocksOfficer = true }, DeskBook.OutOfReach);
        story.Happens(new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, 1, null)).Happens(new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, 2, null));
        OfficerFlow.Now(story.Enquiry, story.Roster)[0].ShouldBe(new CallStep.Say(Phrases.LeaveMessage(Language.English, "4821")));
    }

    [Fact]
    public void Texted_NumberOutOfReach_TellsWhoTakesItToPhone()
    {
        var story = DeskStory.Text(new DeskBook(), from: DeskBook.OutOfReach);
        story.Effects.OfType<Effect.SendText>().ShouldNotContain(text => text.To == DeskBook.OutOfReach);
        story.Happens(new EnquiryEvent.TakenByText("ash")).TextTo("ash").ShouldBe(Phrases.YouHaveToRing(Language.English, "4821", "Extradition and arrest", DeskBook.OutOfReach));
        story.Happens(new EnquiryEvent.AdviserTexted("ash", "SMword", 12)).TextTo("ash").ShouldContain("Please ring it yourself");
        story.Happens(new EnquiryEvent.CallWanted("ash", "SMcall")).Effects.ShouldBeEmpty("there is nobody whom we may ring");
    }

    [Fact]
    public void MessageLeft_NobodyAskedForOne_IsChased()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerHangsUp().AfterMinutes(6).Happens(Situations.Message());
        story.Enquiry.State.ShouldBe(EnquiryState.Voicemail);
        story.Enquiry.Recording.ShouldBe("REmessage");
        story.AfterMinutes(2).Effects.OfType<Effect.PlaceCall>().ShouldNotBeEmpty();
    }

    [Fact]
    public void AnHourLater_SomebodyHasIt_TellsNobody() =>
        Owed().AfterMinutes(2).Happens(new EnquiryEvent.TakenByText("cedar")).After(Duration.FromHours(2)).Effects.OfType<Effect.SendText>().ShouldBeEmpty();

    [Fact]
    public void MessageLeft_Recorded_IsBroughtHome() =>
        Through(new DeskBook { Then = AfterRounds.Voicemail }).Happens(Situations.Message()).Effects.ShouldBe([new Effect.KeepMessage("REmessage")]);

    [Fact]
    public void OfficerHungUp_AMessageWasToBeLeft_IsLookedFor()
    {
        var story = Through(new DeskBook { Then = AfterRounds.Voicemail }).OfficerHangsUp();
        story.Effects.ShouldBe([new Effect.FindMessage(DeskStory.OfficersCall)]);
        story.OfficerHangsUp().Effects.ShouldBeEmpty();
        Situations.All["held, about to leave a message"]().OfficerHangsUp().Effects.ShouldBe([new Effect.FindMessage(DeskStory.OfficersCall)]);
    }

    [Fact]
    public void OfficerHungUp_TheMessageIsHere_IsNotLookedFor() =>
        Through(new DeskBook { Then = AfterRounds.Voicemail }).Happens(Situations.Message()).OfficerHangsUp().Effects.ShouldBeEmpty();

    [Fact]
    public void Chased_NoWordThatTheOfficersLineIsOver_AsksForIt()
    {
        Through(new DeskBook()).AfterMinutes(2).Effects.ShouldContain(new Effect.LookAfter(DeskStory.OfficersCall, null));
        Through(new DeskBook()).OfficerHangsUp().AfterMinutes(2).Effects.OfType<Effect.LookAfter>().ShouldBeEmpty();
    }

    [Fact]
    public void Taken_MessageLeft_IsHeardBeforeTheOfficerIsCalledBack()
    {
        var story = Situations.All["taken, the message is heard"]();
        story.Effects.OfType<Effect.CallBack>().ShouldBeEmpty();
        story.HearsTheMessage("cedar").Effects.ShouldBe([new Effect.CallBack(DeskBook.Officer, DeskBook.Line)]);
        story.Records("note", "cedar").ShouldBeTrue();
    }

    [Fact]
    public void MessageHeard_NumberWithheld_CallsNobody()
    {
        var story = Situations.All["taken, the message is heard, number withheld"]().HearsTheMessage("cedar");
        story.Effects.ShouldBeEmpty();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.OfficerGone);
    }

    [Fact]
    public void AdviserHangsUp_HearingTheMessage_KeepsTheEnquiry()
    {
        var story = Situations.All["taken, the message is heard"]().CallEnds("cedar");
        story.Enquiry.AcceptedBy.ShouldBe("cedar");
        story.TextTo("cedar").ShouldContain("DONE");
    }

    [Fact]
    public void Chase_WaitsOver_PagesTheLastStepByTextAndCall()
    {
        var story = Owed().AfterMinutes(2);
        story.Rung.ShouldBe("cedar");
        story.Texted.ShouldBe("cedar");
        story.TextTo("cedar").ShouldContain("Reply 1");
        story.Enquiry.Texted.ShouldBe(["cedar"]);
    }

    [Fact]
    public void Chase_NobodyTakesIt_WaitsAsThePolicySaysAndRepeatsTheLast()
    {
        var story = Owed();
        var begun = story.Now;
        List<long> chased = [];
        while (chased.Count < 5)
        {
            story.AfterSeconds(30);
            if (story.Rung.Length > 0)
            {
                chased.Add((long)(story.Now - begun).TotalMinutes);
                story.Rings("cedar");
            }
        }

        chased.ShouldBe([2, 7, 17, 27, 37]);
    }

    [Fact]
    public void Chase_OneWhoPassed_IsPagedAgain()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"] }).Rings("ash").PicksUp("ash").Passes("ash");
        story.AfterMinutes(2).Rung.ShouldBe("ash");
    }

    [Fact]
    public void Chase_LastStepHasNobody_PagesTheOneBeforeIt() =>
        DeskStory.Call(new DeskBook { Steps = ["ash", "rota:unknown"] }).Passes("ash").AfterMinutes(2).Rung.ShouldBe("ash");

    [Fact]
    public void Chase_NobodyAtAll_GoesOnAndSaysSo()
    {
        var story = DeskStory.Call(new DeskBook { Steps = [] }).AfterMinutes(120);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Chases.ShouldBeGreaterThan(10);
        story.Timeline.ShouldContain(entry => entry.Detail == "chase 1: nobody to page");
    }

    [Fact]
    public void Chase_ForAWeek_DoesNotGrowTheEnquiry()
    {
        var story = Owed();
        for (var chase = 0; chase < 1000; chase++)
        {
            story.AfterMinutes(10);
            if (story.PageOf("cedar").State is PageState.Requested)
            {
                story.Rings("cedar");
            }
        }

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Chases.ShouldBeGreaterThan(900);
        story.Enquiry.Pages.Count.ShouldBeLessThanOrEqualTo(2 * DeskBook.Names.Count);
    }

    [Fact]
    public void TakenInTheChase_NumberShown_CallsTheOfficerBackFromTheLine()
    {
        var story = CallingBack();
        TalkOf(story).ShouldBe(Talk.CallingBack);
        story.Effects.ShouldContain(new Effect.CallBack(DeskBook.Officer, DeskBook.Line));
        story.Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.OfficerBack("CAback"));
        TalkOf(story).ShouldBe(Talk.Joining);
        TalkOf(story.Happens(new EnquiryEvent.Bridged())).ShouldBe(Talk.Talking);
        story.OfficerHangsUp().CallEnds("cedar").Texted.ShouldBe("cedar");
    }

    [Fact]
    public void TakenInTheChase_OfficerDoesNotAnswer_TellsTheAdviser()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).OfficerHangsUp();
        TalkOf(story).ShouldBe(Talk.OfficerUnreached);
        story.Effects.ShouldBe([new Effect.MoveAdviser(story.CallOf("cedar"), story.PageOf("cedar").Id)]);
        TalkOf(story.CallEnds("cedar")).ShouldBe(Talk.Over);
        story.Texted.ShouldBe("cedar");
    }

    [Fact]
    public void TakenInTheChase_CallBackRefused_TellsTheAdviser()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackRefused("Twilio refused: 21211"));
        TalkOf(story).ShouldBe(Talk.OfficerUnreached);
        story.Effects.OfType<Effect.MoveAdviser>().Count().ShouldBe(1);
    }

    [Fact]
    public void TakenInTheChase_AdviserHangsUpMeanwhile_StopsTheCallBack()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).CallEnds("cedar");
        story.HungUp.ShouldBe(["CAback"]);
        TalkOf(story).ShouldBe(Talk.Over);
    }

    /// <summary>Who has picked up is told how it goes on, and is not cut in mid-sentence.</summary>
    [Fact]
    public void TakenInTheChase_AdviserHangsUpWhenTheOfficerHasPickedUp_LeadsTheOfficerOn()
    {
        var story = Situations.All["taken in the chase, the officer has picked up"]().CallEnds("cedar");
        story.HungUp.ShouldBeEmpty();
        story.Effects.ShouldContain(new Effect.MoveOfficer("CAback"));
        TalkOf(story).ShouldBe(Talk.Over);
        OfficerFlow.Now(story.Enquiry, story.Roster).ShouldBe([new CallStep.Say(Phrases.ExpertHasIt(Language.English, "4821")), new CallStep.HangUp()]);
        story.OfficerHangsUp().CallsAgain().OfficerHangsUp().Enquiry.State.ShouldBe(EnquiryState.Unanswered, "the two never spoke");
    }

    [Theory]
    [InlineData("taken in the chase, the call back rings", true)]
    [InlineData("taken in the chase, the officer has picked up", true)]
    [InlineData("taken in the chase, the officer did not answer", true)]
    [InlineData("taken, the message is heard", true)]
    [InlineData("taken, the message is heard, number withheld", false)]
    public void TakenInTheChase_TheTwoNeverSpoke_TellsTheAdviserHowToBeConnected(string situation, bool mayCall)
    {
        var story = Situations.All[situation]().CallEnds("cedar");
        story.TextTo("cedar").ShouldBe(mayCall ? Phrases.NotSpokenYet(Language.English, "4821") : Phrases.PleaseClose(Language.English, "4821", story.Roster.Topics));
    }

    /// <summary>The time to press a key counts from when the officer picked up, however long it rang.</summary>
    [Fact]
    public void TakenInTheChase_TheOfficerPicksUpLate_IsNotGivenUpAtThePrompt()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).AfterSeconds(29).Happens(new EnquiryEvent.CallBackPlaced("CAback", PickedUp: true));
        TalkOf(story.AfterSeconds(89)).ShouldBe(Talk.CallingBack);
        TalkOf(story.AfterSeconds(1)).ShouldBe(Talk.OfficerUnreached);
    }

    [Fact]
    public void TakenInTheChase_AdviserHangsUpBeforeTheCallBackIsPlaced_TheLateCallIsHungUp() =>
        CallingBack().CallEnds("cedar").Happens(new EnquiryEvent.CallBackPlaced("CAlate")).Effects.ShouldBe([new Effect.HangUp("CAlate", UnlessAnswered: true)]);

    [Fact]
    public void TakenInTheChase_SecondCallBack_IsHungUpAndItsKeyCountsForNothing()
    {
        var story = CallingBack().Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.CallBackPlaced("CAdouble"));
        story.Effects.ShouldBe([new Effect.HangUp("CAdouble", UnlessAnswered: true)]);
        TalkOf(story.Happens(new EnquiryEvent.OfficerBack("CAdouble"))).ShouldBe(Talk.CallingBack);
        story.Enquiry.OfficerCall.ShouldBe("CAback");
    }

    [Fact]
    public void TakenInTheChase_OfficerStillOnTheLine_JoinsThem()
    {
        var story = Through(new DeskBook()).AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar");
        TalkOf(story).ShouldBe(Talk.Joining);
        story.Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));
    }

    [Fact]
    public void TakenInTheChase_NumberWithheld_HasNobodyToCall()
    {
        var story = Through(new DeskBook(), withheld: true).OfficerHangsUp().AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar");
        TalkOf(story).ShouldBe(Talk.OfficerGone);
        story.AllEffects.OfType<Effect.CallBack>().ShouldBeEmpty();
    }

    [Fact]
    public void TakenByText_Chased_StopsThePhonesAndTellsThoseWhoWereAsked()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch"] }).Rings("ash").Passes("ash").CallEnds("birch", "busy").OfficerHangsUp();
        story.AfterMinutes(2).Rings("ash").Happens(new EnquiryEvent.TakenByText("birch"));
        story.Enquiry.Stage.ShouldBe(new Stage.Accepted("birch", null, Talk.Over));
        story.HungUp.ShouldBe([story.CallOf("ash")]);
        story.Texted.ShouldBe("birch ash");
    }

    [Fact]
    public void TakenByText_TextedBeforeButNeverRung_AreToldToo()
    {
        // Both were texted "reply 1 to take it"; one who is not told would call the officer back as well.
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch"] }).OfficerHangsUp().Happens(new EnquiryEvent.TakenByText("ash"));
        story.Texted.ShouldBe("ash birch");
        story.TextTo("birch").ShouldBe(Phrases.SomebodyElseHasIt(Language.English, "4821", "Ash Example"));
    }

    [Fact]
    public void TakenByText_WhileTheOfficerIsHeld_ChangesNothing() =>
        DeskStory.Call(new DeskBook()).Happens(new EnquiryEvent.TakenByText("ash")).Enquiry.AcceptedBy.ShouldBeNull();

    [Fact]
    public void Close_Chased_StopsThePhones()
    {
        var story = Owed().AfterMinutes(2).Rings("cedar").Happens(Situations.Close());
        story.HungUp.ShouldBe([story.CallOf("cedar")]);
        story.Enquiry.Deadline.ShouldBeNull();
    }

    private static DeskStory Through(DeskBook book, bool withheld = false) =>
        DeskStory.Call(book, withheld: withheld).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25);

    private static DeskStory Owed() => Through(new DeskBook()).OfficerHangsUp();

    private static DeskStory CallingBack() => Owed().AfterMinutes(2).Rings("cedar").PicksUp("cedar").Takes("cedar");

    private static Talk TalkOf(DeskStory story) => story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk;
}
