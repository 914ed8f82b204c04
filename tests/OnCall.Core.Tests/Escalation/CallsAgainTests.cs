using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>The officer calls again, and goes on with the same enquiry.</summary>
public sealed class CallsAgainTests
{
    [Fact]
    public void CallsAgain_HungUpAtTheSecondStep_GoesOnAtThatStep()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").OfficerHangsUp().AfterMinutes(3).CallsAgain();
        story.Rung.ShouldBe("cedar");
        story.Enquiry.OfficerCall.ShouldBe("CAagain");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Paging>().HeldUntil.ShouldBe(story.Now + Escalator.LongestHold);
        story.Timeline.Count(entry => entry.Event == "received").ShouldBe(2);
    }

    /// <summary>The answer of the webhook that told of it was lost, and the officer has called a third time since.</summary>
    [Fact]
    public void CallsAgain_ToldOnceMoreOfAFormerLine_ChangesNothing()
    {
        var story = Situations.All["held, both ring"]().CallsAgain().Happens(new EnquiryEvent.OfficerCalledAgain("CAthird")).CallsAgain();
        story.Enquiry.OfficerCall.ShouldBe("CAthird");
        story.Effects.ShouldNotContain(new Effect.HangUp("CAthird"));
    }

    /// <summary>The question of the former line ends without a key after the officer has called again: the other line is asked anew.</summary>
    [Theory]
    [InlineData("in the menu")]
    [InlineData("in the menu, in doubt")]
    [InlineData("in the menu, asked for the force")]
    public void CallsAgain_NothingWasPressedOnTheFormerLine_LeavesTheMenuToTheOther(string situation)
    {
        var story = Situations.All[situation]().CallsAgain();
        var asked = story.Enquiry.Stage.ShouldBeOfType<Stage.Menu>();
        EnquiryEvent[] late = [new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, 1, null), new EnquiryEvent.ForceSaid(DeskStory.OfficersCall, 1, null)];
        foreach (var happened in late)
        {
            story.Happens(happened).Enquiry.Stage.ShouldBe(asked);
        }

        story.OfficerPresses("1").Enquiry.Stage.ShouldNotBe(asked);
    }

    /// <summary>The officer had called while the call back rang, had hung up, and picks the call back up all the same: Twilio could not be asked to end it.</summary>
    [Fact]
    public void CallsAgain_TheCallBackOfBeforeIsPickedUp_IsServedThere()
    {
        var story = Situations.All["taken in the chase, calling back"]();
        var before = story.Enquiry with { FormerCalls = ["CAback"] };
        Escalator.Decide(before, new EnquiryEvent.CallBackPlaced("CAback"), story.Roster, story.Now).Next.OfficerCall.ShouldBeNull("that it rings is told late");
        var after = Escalator.Decide(before, new EnquiryEvent.CallBackPlaced("CAback", PickedUp: true), story.Roster, story.Now).Next;
        (after.OfficerCall, after.FormerCalls.Count).ShouldBe(("CAback", 0));
        OfficerFlow.OnFormer(after, "CAback", story.Roster).ShouldBeNull();
    }

    [Fact]
    public void CallsAgain_HungUpWhileTheAdviserOfTheTalkWasRungAgain_BeginsWithTheFirstStep()
    {
        var story = DeskStory.Call(new DeskBook()).TalksTo("ash").CallEnds("ash").Happens(new EnquiryEvent.OfficerStayed(DeskStory.OfficersCall));
        story.Live.ShouldBe("ash");
        story.OfficerHangsUp().CallsAgain().Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void CallsAgain_HungUpInTheMenu_BeginsWithTheFirstStep() =>
        DeskStory.Call(new DeskBook { Menu = DeskBook.TwoDesks }).OfficerHangsUp().CallsAgain().Rung.ShouldBe("ash birch");

    [Fact]
    public void CallsAgain_AllRoundsWereThrough_BeginsAnewAndKeepsThePromise()
    {
        var story = Situations.All["held again after a promise"]();
        story.Rung.ShouldBe("ash birch");
        story.Rings("ash").OfficerHangsUp();
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.AfterMinutes(2).Rung.ShouldBe("cedar", "the chase goes on");
    }

    [Fact]
    public void CallsAgain_TheChaseRings_ConnectsWhoeverTakesIt()
    {
        var story = Situations.All["unanswered, being chased"]().PicksUp("cedar").CallsAgain().Takes("cedar");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Joining);
        story.Effects.ShouldContain(new Effect.MoveOfficer("CAagain"));
    }

    [Theory]
    [InlineData("taken, the officer left")]
    [InlineData("taken and over")]
    public void CallsAgain_SomebodyHasIt_RingsThatOneFirst(string situation)
    {
        var story = Situations.All[situation]().CallsAgain();
        story.Rung.ShouldBe("ash");
        story.Enquiry.AcceptedBy.ShouldBeNull();
        story.Rings("ash").AfterSeconds(25).Rung.ShouldBe("ash birch", "then the desk's steps");
    }

    [Fact]
    public void CallsAgain_TakenInTheChase_RingsThatOneFirst() => Situations.All["taken in the chase, the officer did not answer"]().CallsAgain().Rung.ShouldBe("cedar");

    [Fact]
    public void CallsAgain_TheTakerIsAboutToBeRung_IsLeftToThatCall()
    {
        var story = Situations.All["taken by text"]().CallsAgain();
        (story.Rung, story.Live).ShouldBe(("", "cedar"));
    }

    [Theory]
    [InlineData("taken in the chase, the officer did not answer")]
    [InlineData("taken in the chase, the call back rings")]
    [InlineData("taken, the message is heard")]
    public void CallsAgain_CalledBackInVain_IsOwedACallBackStill(string situation)
    {
        var story = Situations.All[situation]();
        story.CallEnds("cedar").Happens(new EnquiryEvent.OfficerHungUp("CAback")).CallsAgain().OfficerHangsUp();

        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    /// <summary>The contract: hanging up keeps the request. The second call must not take away what the first one was promised.</summary>
    [Theory]
    [InlineData("asked to be called back on another number, and hung up")]
    [InlineData("asked to be called back, passed on after the talk")]
    [InlineData("a message instead of holding was left")]
    [InlineData("held, about to leave a message")]
    public void CallsAgain_HadAskedForACallBackWhilePhonesRing_IsOwedItStill(string situation)
    {
        var story = Situations.All[situation]().OfficerHangsUp().CallsAgain();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Paging>().Wish.ShouldBe(OfficerWish.ToHold);

        story.Happens(new EnquiryEvent.OfficerHungUp("CAagain"));

        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.AfterMinutes(2).Rung.ShouldNotBeEmpty("the chase goes on");
    }

    [Fact]
    public void CallsAgain_HadTextedToBeCalled_IsOwedACallBackStill()
    {
        var story = DeskStory.Text(new DeskBook()).Happens(new EnquiryEvent.OfficerTexted("SMcall", 4, AsksForCall: true)).CallsAgain();

        story.Happens(new EnquiryEvent.OfficerHungUp("CAagain")).Rings("ash").PicksUp("ash").Takes("ash");

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    /// <summary>Who takes it by text is rung to be connected; until that call is answered nobody has called the officer back.</summary>
    [Theory]
    [InlineData("unanswered, being chased")]
    [InlineData("asked to be called back on another number, and hung up")]
    public void CallsAgain_TakenByTextAndTheTakerDoesNotAnswer_IsOwedACallBackStill(string situation)
    {
        var story = Situations.All[situation]().TakesByText("cedar").AfterMinutes(2).CallsAgain();

        story.Happens(new EnquiryEvent.OfficerHungUp("CAagain")).Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    [Fact]
    public void CallsAgain_TextedToBeCalledByWhoHasItInVain_IsOwedACallBackStill()
    {
        var story = Situations.All["taken by text, the two write"]().WantsCall().AfterMinutes(2).CallsAgain();

        story.Happens(new EnquiryEvent.OfficerHungUp("CAagain")).Rings("ash").PicksUp("ash").Takes("ash");

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    /// <summary>What was written stands: whoever hangs up has not given it up, and it goes on by text.</summary>
    [Theory]
    [InlineData("texted, one was reached and one was not")]
    [InlineData("texted, the next step is texted and the first rings")]
    [InlineData("texted, the officer has called")]
    public void CallsAgain_HadWrittenAndHangsUp_IsAnsweredAllTheSame(string situation)
    {
        var story = Situations.All[situation]().CallsAgain().Happens(new EnquiryEvent.OfficerHungUp("CAagain"));
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.Enquiry.IsPagedByText.ShouldBeTrue();

        story.TakesByText("ash").Enquiry.State.ShouldBe(EnquiryState.Accepted);
    }

    [Fact]
    public void CallsAgain_WroteAndWasAnsweredByTextAndHangsUp_IsStillRungForAndCalledBack()
    {
        var story = Situations.All["unanswered, by text"]().TakesByText("cedar").CallsAgain();

        story.Happens(new EnquiryEvent.OfficerHungUp("CAagain")).Rings("cedar").PicksUp("cedar").Takes("cedar");

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    [Fact]
    public void CallsAgain_ThePromiseWasKept_IsOwedNothingMore()
    {
        var story = Situations.All["held again after a promise"]().Rings("ash").PicksUp("ash").Takes("ash").Happens(new EnquiryEvent.Bridged()).OfficerHangsUp().CallEnds("ash");

        story.Happens(new EnquiryEvent.OfficerCalledAgain("CAonceMore")).OfficerHangsUp();

        story.Enquiry.State.ShouldBe(EnquiryState.Abandoned);
    }

    [Theory]
    [InlineData("taken, the officer left", "ash")]
    [InlineData("taken in the chase, the officer did not answer", "cedar")]
    public void CallsAgain_TheAdviserMayStillWaitInTheRoom_IsHungUpAndRung(string situation, string adviser)
    {
        var before = Situations.All[situation]();
        var waiting = before.CallOf(adviser);
        var story = before.CallsAgain();
        story.HungUp.ShouldBe([waiting]);
        story.Rung.ShouldBe(adviser);
    }

    [Fact]
    public void CallsAgain_BeingCalledBack_MeetsTheAdviserInTheRoom()
    {
        var story = Situations.All["taken in the chase, the call back rings"]().CallsAgain();
        story.HungUp.ShouldBe(["CAback"]);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Joining);
        story.Happens(new EnquiryEvent.OfficerHungUp("CAback")).Enquiry.OfficerCall.ShouldBe("CAagain");
    }

    [Fact]
    public void CallsAgain_TheMessageIsHeard_FetchesTheAdviserIntoTheRoom()
    {
        var story = Situations.All["taken, the message is heard"]().CallsAgain();
        story.Effects.ShouldBe([new Effect.MoveAdviser(story.CallOf("cedar"), story.PageOf("cedar").Id)]);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Joining);
    }

    [Fact]
    public void CalledInVain_HadHungUp_TellsTheAdvisersOnceMoreAndReminds()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerHangsUp().AfterMinutes(7);
        var again = new EnquiryEvent.OfficerCalledInVain("CAvain", story.Now - Duration.FromMinutes(2));
        story.Happens(again).Effects.OfType<Effect.SendText>().ShouldNotBeEmpty();
        story.Enquiry.OfficerLeftAt.ShouldBe(again.At);
        story.Happens(again).Effects.ShouldBeEmpty("it is told twice");
        story.AfterMinutes(5).Effects.OfType<Effect.SendText>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("held, both ring")]
    [InlineData("taken, talking")]
    [InlineData("closed")]
    public void CalledInVain_TheOfficerIsOnTheLineOrItIsClosed_TellsNobody(string situation)
    {
        var story = Situations.All[situation]();
        story.Happens(new EnquiryEvent.OfficerCalledInVain("CAvain", story.Now)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void CalledInVain_WasOnTheLineSince_TellsNobody()
    {
        var story = DeskStory.Call(new DeskBook()).AfterMinutes(1).OfficerHangsUp();
        story.Happens(new EnquiryEvent.OfficerCalledInVain("CAvain", story.Now - Duration.FromMinutes(2))).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void MayBeJoined_WithinTenMinutes_AndNotLater()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerHangsUp();
        Escalator.MayBeJoined(story.Enquiry, story.Roster, story.Now + Duration.FromMinutes(10)).ShouldBeTrue();
        Escalator.MayBeJoined(story.Enquiry, story.Roster, story.Now + Duration.FromMinutes(10) + Duration.FromSeconds(1)).ShouldBeFalse();
    }

    /// <summary>Twilio knows some half minute later than the officer that a mobile has lost its network.</summary>
    [Theory]
    [InlineData("in the menu")]
    [InlineData("held, both ring")]
    [InlineData("held, one hears the prompt")]
    [InlineData("taken, joining")]
    [InlineData("taken, talking")]
    public void CallsAgain_TheFormerLineCountsAsThereStill_GoesOnWhereItWas(string situation)
    {
        var story = Situations.All[situation]();
        var (stage, live) = (story.Enquiry.State, story.Live);

        story.CallsAgain();

        (story.Enquiry.OfficerCall, story.Enquiry.State, story.Live).ShouldBe(("CAagain", stage, live));
        story.Effects.ShouldBe([new Effect.HangUp(DeskStory.OfficersCall)]);
        story.Happens(new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall)).Effects.ShouldBeEmpty("that line was given up before");
        story.Enquiry.State.ShouldBe(stage);
    }

    [Fact]
    public void CallsAgain_TheTalkWasWithTheFormerLine_EndsWithTheNewOne()
    {
        var story = Situations.All["taken, talking"]().CallsAgain().Happens(new EnquiryEvent.OfficerHungUp("CAagain"));
        story.Effects.OfType<Effect.MoveAdviser>().ShouldHaveSingleItem();
        story.CallEnds("ash").TextTo("ash").ShouldStartWith("When done");
    }

    /// <summary>The adviser, in silence, rings off at the moment at which the officer calls again: that room is empty.</summary>
    [Fact]
    public void CallsAgain_TheAdviserRingsOffMeanwhile_IsFetchedOutOfTheRoom()
    {
        var story = Situations.All["taken, talking"]().CallsAgain().CallEnds("ash");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.AdviserGone);
        story.Effects.ShouldContain(new Effect.MoveOfficer("CAagain"));
    }

    [Fact]
    public void CallsAgain_OthersCallFromThatNumberOrItsLineDialsOrItIsClosed_ChangesNothing()
    {
        var (shared, closed) = (DeskStory.Call(new DeskBook(), from: DeskBook.Switchboard).Rings("ash"), Situations.All["closed"]());
        Situations.All["held, dialled from the officer's own call"]().CallsAgain().Effects.ShouldBeEmpty("who hears the prompt of that dial would be cut off");
        shared.CallsAgain().Effects.ShouldBeEmpty();
        closed.CallsAgain().Effects.ShouldBeEmpty();
        (shared.Enquiry.OfficerCall, closed.Enquiry.OfficerCall).ShouldBe((DeskStory.OfficersCall, null));
    }

    [Theory]
    [InlineData("taken, talking")]
    [InlineData("taken, the officer left")]
    [InlineData("taken and over")]
    public void CallsAgain_TakenOnceAndFloodingSince_RingsNobodyByIt(string situation)
    {
        var story = Situations.All[situation]();
        story.Happens(new EnquiryEvent.OfficerCalledAgain("CAagain", Flooding: true)).Effects.ShouldBeEmpty();
        (story.Enquiry.State, story.Enquiry.AcceptedBy, story.Enquiry.OfficerCall == "CAagain").ShouldBe((EnquiryState.Accepted, "ash", false), "it is an enquiry of its own");
    }

    [Fact]
    public void CallsAgain_TheTakerIsBeingRung_IsConnectedByThatCall()
    {
        var story = Situations.All["taken by text, the adviser hears the prompt"]().CallsAgain();
        (story.Rung, story.HungUp.Count(), story.Live).ShouldBe(("", 0, "ash"));
        story.Takes("ash").Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Joining);
        story.Effects.ShouldContain(new Effect.MoveOfficer("CAagain"));
    }

    [Fact]
    public void CallsAgain_TheTakerIsRungInVain_GoesOnWithTheSteps() =>
        Situations.All["taken by text, the adviser hears the prompt"]().CallsAgain().CallEnds("ash").Rung.ShouldBe("ash birch");
}
