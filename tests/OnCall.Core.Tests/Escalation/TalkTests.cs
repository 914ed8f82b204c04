using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>From the connection to the close.</summary>
public sealed class TalkTests
{
    [Fact]
    public void Bridged_Joining_Talks()
    {
        var story = Talking();
        TalkOf(story).ShouldBe(Talk.Talking);
        story.Records("bridged", "ash").ShouldBeTrue();
    }

    [Fact]
    public void OfficerHungUp_Talking_TellsTheAdviser()
    {
        var story = Talking().OfficerHangsUp();
        TalkOf(story).ShouldBe(Talk.OfficerGone);
        story.Effects.ShouldBe([new Effect.MoveAdviser(story.CallOf("ash"), story.PageOf("ash").Id)]);
    }

    [Fact]
    public void OfficerHungUp_Joining_TellsTheAdviser()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").Takes("ash").OfficerHangsUp();
        TalkOf(story).ShouldBe(Talk.OfficerGone);
        story.Effects.OfType<Effect.MoveAdviser>().Count().ShouldBe(1);
    }

    [Fact]
    public void BothHaveHungUp_TheOfficerFirst_AsksTheAdviserToClose()
    {
        var story = Talking().OfficerHangsUp().CallEnds("ash");
        TalkOf(story).ShouldBe(Talk.Over);
        story.TextTo("ash").ShouldContain("reply DONE 4821 and a topic (extradition, interpol-notice, records, missing-person, other); no names, no case detail");
        story.Enquiry.State.ShouldBe(EnquiryState.Accepted);
    }

    [Fact]
    public void BothHaveHungUp_TheAdviserFirst_AsksTheAdviserToClose()
    {
        var story = Talking().CallEnds("ash");
        TalkOf(story).ShouldBe(Talk.AdviserGone);
        story.Effects.ShouldBeEmpty();
        story.OfficerHangsUp().Texted.ShouldBe("ash");
        TalkOf(story).ShouldBe(Talk.Over);
    }

    [Fact]
    public void Close_Accepted_Ends()
    {
        var story = Talking().OfficerHangsUp().CallEnds("ash").Happens(new EnquiryEvent.Close("ash", "extradition", "told how"));
        story.Enquiry.State.ShouldBe(EnquiryState.Closed);
        story.Enquiry.EndedAt.ShouldBe(story.Now);
        story.Timeline.TakeLast(2).Select(entry => (entry.Event, entry.Adviser, entry.Detail)).ShouldBe([("closed", "ash", "extradition"), ("note", "ash", "told how")]);
    }

    [Fact]
    public void Close_Talking_TheAdviserIsStillToldWhenTheOfficerHangsUp()
    {
        var story = Talking().Happens(Situations.Close());
        story.Effects.ShouldBeEmpty();
        story.OfficerHangsUp().Effects.ShouldBe([new Effect.MoveAdviser(story.CallOf("ash"), story.PageOf("ash").Id)]);
        story.OfficerHangsUp().Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Close_CallingBack_LeavesNobodyInSilence(bool placed)
    {
        var story = Situations.All[placed ? "taken in the chase, the call back rings" : "taken in the chase, calling back"]().Happens(Situations.Close());
        story.HungUp.ShouldBe(placed ? ["CAback"] : []);
        story.Effects.OfType<Effect.MoveAdviser>().ShouldBe([new Effect.MoveAdviser(story.CallOf("cedar"), story.PageOf("cedar").Id)]);
    }

    [Fact]
    public void CallBackPlaced_NoWordOfItComes_TheAdviserIsToldInTheEnd()
    {
        var story = Situations.All["taken in the chase, the call back rings"]();
        story.AfterSeconds(89).Effects.ShouldAllBe(effect => effect is Effect.LookAfter);
        story.AfterSeconds(1).Effects.ShouldBe([new Effect.HangUp("CAback", UnlessAnswered: true), new Effect.MoveAdviser(story.CallOf("cedar"), story.PageOf("cedar").Id)]);
        TalkOf(story).ShouldBe(Talk.OfficerUnreached);
        story.Enquiry.Deadline.ShouldBe(story.Now + Escalator.FirstLook);
    }

    [Fact]
    public void OfficerBack_CalledBack_IsNotGivenUpLater() =>
        TalkOf(Situations.All["taken in the chase, the call back rings"]().Happens(new EnquiryEvent.OfficerBack("CAback")).AfterMinutes(5)).ShouldBe(Talk.Joining);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Close_WhileTheOfficerWaits_ChangesNothing(bool menu) =>
        DeskStory.Call(new DeskBook { Menu = menu ? DeskBook.TwoDesks : [] }).Happens(Situations.Close()).Enquiry.State.ShouldNotBe(EnquiryState.Closed);

    [Theory]
    [InlineData("asked to be called back on another number, and hung up")]
    [InlineData("texted, one was reached and one was not")]
    [InlineData("texted, the next step is texted and the first rings")]
    [InlineData("in doubt, by text")]
    public void Close_NoOfficerWaitsOnTheLine_EndsItAndThePages(string row)
    {
        var story = Situations.All[row]().Happens(Situations.Close());

        story.Enquiry.State.ShouldBe(EnquiryState.Closed);
        story.Live.ShouldBe("");
        story.After(Duration.FromHours(2)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void AdviserDrops_BeforeTheRoomBegan_FetchesTheOfficer()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").Takes("ash").CallEnds("ash");
        story.Effects.ShouldBe([new Effect.MoveOfficer(DeskStory.OfficersCall)]);
        TalkOf(story).ShouldBe(Talk.AdviserGone);
    }

    [Fact]
    public void AdviserDrops_FoundWhenLookedFor_FetchesTheOfficer()
    {
        var story = Talking();
        var page = story.PageOf("ash").Id;
        story.Happens(new EnquiryEvent.PageHungUp(page, story.PageOf("ash").CallSid!, "completed", Found: true));
        story.Effects.ShouldBe([new Effect.MoveOfficer(DeskStory.OfficersCall)]);
    }

    [Fact]
    public void OfficerReturned_WhileTheyTalk_LooksAfterTheLegsWithinASecond()
    {
        var story = Talking().AfterMinutes(1).Happens(new EnquiryEvent.OfficerReturned(DeskStory.OfficersCall)).AfterSeconds(1);
        story.Effects.ShouldContain(new Effect.LookAfter(story.PageOf("ash").CallSid!, story.PageOf("ash").Id));
        TalkOf(story).ShouldBe(Talk.Talking);
    }

    [Fact]
    public void AdviserDrops_OfficerStays_IsHeldAgainAndTheSameAdviserIsRungFirst()
    {
        var story = Stayed(Talking());
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.Enquiry.AcceptedBy.ShouldBeNull();
        story.Rung.ShouldBe("ash");
        story.Rings("ash").AfterSeconds(25).Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void AdviserDrops_OfficerStays_TheSameAdviserTakesItAgain()
    {
        var story = Stayed(Talking()).TalksTo("ash");
        TalkOf(story).ShouldBe(Talk.Talking);
        story.Enquiry.AcceptedBy.ShouldBe("ash");
    }

    [Fact]
    public void AdviserDrops_HadPassedBeforeTheChase_IsRungFirstAndInTheSteps()
    {
        // Who took it in the chase no longer counts as one who passed.
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"] }).Rings("ash").PicksUp("ash").Passes("ash").AfterMinutes(2);
        Stayed(story.TalksTo("ash")).Rung.ShouldBe("ash");
        story.Rings("ash").AfterSeconds(25).Rung.ShouldBe("ash");
    }

    [Fact]
    public void AdviserDrops_OthersHadPassed_ThoseAreNotRungAgain()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash", "birch").Passes("birch").Takes("ash").Happens(new EnquiryEvent.Bridged());
        Stayed(story).Rings("ash").AfterSeconds(25).Rung.ShouldBe("ash");
    }

    [Fact]
    public void AdviserDrops_OfficerStaysForAnotherFifteenMinutes_IsOwedACallBack()
    {
        var story = Stayed(Talking().AfterMinutes(40)).AfterMinutes(15);
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
    }

    [Fact]
    public void OfficerStayed_AdviserStillThere_ChangesNothing() => TalkOf(Talking().Happens(new EnquiryEvent.OfficerStayed(DeskStory.OfficersCall))).ShouldBe(Talk.Talking);

    [Fact]
    public void OfficerHungUp_AnotherCall_ChangesNothing() => TalkOf(Talking().Happens(new EnquiryEvent.OfficerHungUp("CAanother"))).ShouldBe(Talk.Talking);

    [Fact]
    public void TimePassed_WhileTheyTalk_LooksAfterBothLegsNowAndThen()
    {
        var story = Talking();
        story.Enquiry.Deadline.ShouldBe(story.Now + Escalator.FirstLook);
        story.After(Escalator.FirstLook);
        story.Effects.ShouldBe([new Effect.LookAfter(story.CallOf("ash"), story.PageOf("ash").Id), new Effect.LookAfter(DeskStory.OfficersCall, null)]);
        story.Enquiry.Deadline.ShouldBe(story.Now + Escalator.NextLook);
        TalkOf(story).ShouldBe(Talk.Talking);
    }

    [Fact]
    public void TimePassed_BothHaveHungUp_ChangesNothing()
    {
        var story = Talking().OfficerHangsUp().CallEnds("ash");
        story.Enquiry.Deadline.ShouldBeNull();
        var before = story.Enquiry;
        story.After(Duration.FromDays(1)).Happens(new EnquiryEvent.TimePassed()).Enquiry.ShouldBe(before);
    }

    private static DeskStory Talking() => DeskStory.Call(new DeskBook()).Rings("birch").TalksTo("ash");

    private static DeskStory Stayed(DeskStory talking) => talking.CallEnds("ash").Happens(new EnquiryEvent.OfficerStayed(talking.Enquiry.OfficerCall!));

    private static Talk TalkOf(DeskStory story) => story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk;
}
