using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>One who picked up: what the prompt holds up, and until when the call may be taken.</summary>
public sealed class PromptTests
{
    [Fact]
    public void PickedUpWithinRing_NextStepRings_MayStillTakeIt()
    {
        var story = PickedUpLate();
        story.AfterSeconds(5).Rung.ShouldBe("cedar");
        story.Live.ShouldBe("ash cedar");
        story.Rings("cedar").AfterSeconds(20).Takes("ash").Enquiry.AcceptedBy.ShouldBe("ash");
        story.HungUp.ShouldContain(story.CallOf("cedar"));
    }

    [Fact]
    public void Voicemail_PressesNothing_HoldsTheStepNoLongerThanItsRing()
    {
        var story = PickedUpLate();
        story.AfterSeconds(4).Rung.ShouldBeEmpty();
        story.AfterSeconds(1).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void Voicemail_PressesNothing_NeverWinsAndIsHungUp()
    {
        var story = PickedUpLate().AfterSeconds(5).Rings("cedar").After(Escalator.LongestPrompt);
        story.HungUp.ShouldContain(story.CallOf("ash"));
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.Records("accepted").ShouldBeFalse();
    }

    [Fact]
    public void PickedUp_AnotherOfTheStepStillRings_WaitsForThatOneWithoutAnEmptyDecision()
    {
        // One call a second: the second phone begins to ring later, and rings on after the first has stopped holding the step.
        var story = DeskStory.Call(new DeskBook()).Rings("ash").AfterSeconds(10).Rings("birch").PicksUp("ash");
        story.AfterSeconds(15).Rung.ShouldBeEmpty();
        story.Enquiry.Deadline.ShouldBe(story.Now + Duration.FromSeconds(10));
        story.AfterSeconds(10).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void PickedUp_StepHeldByACallThatIsNotPlacedYet_WaitsForIt()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").AfterSeconds(30);
        story.Rung.ShouldBeEmpty();
        story.IsRefused("birch").Rung.ShouldBe("cedar");
    }

    /// <summary>The webhook of the key was held up at one node, and the end of the call came to another.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HungUp_WhatIsToldLate_BringsTheOfficerToNobody(bool pressed)
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        story = pressed ? story.PicksUp("ash").CallEnds("ash").Takes("ash") : story.CallEnds("ash").PicksUp("ash");

        (story.Live, story.Enquiry.State).ShouldBe(("birch", EnquiryState.Paging));
        story.Takes("birch").Enquiry.AcceptedBy.ShouldBe("birch");
    }

    /// <summary>The one who has it is rung to be connected with the officer.</summary>
    [Fact]
    public void OwnerPicksUpAsTheRingingEnds_IsConnected()
    {
        var story = Situations.All["taken by text"]().Rings("cedar").AfterSeconds(25);
        story.Live.ShouldBe("");

        story.PicksUp("cedar").Live.ShouldBe("cedar");

        story.Takes("cedar").Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.Officer);
    }

    [Fact]
    public void LastOneAtThePrompt_AllRoundsThrough_MayStillTakeIt()
    {
        var story = LastAtThePrompt();
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.AfterSeconds(10).Takes("cedar").Enquiry.AcceptedBy.ShouldBe("cedar");
    }

    [Fact]
    public void LastOneAtThePrompt_Passes_OwesTheCallBackAtOnce() => LastAtThePrompt().Passes("cedar").Enquiry.State.ShouldBe(EnquiryState.Unanswered);

    [Fact]
    public void LastOneAtThePrompt_PromptEnds_OwesTheCallBack() =>
        LastAtThePrompt().After(Escalator.LongestPrompt).Enquiry.State.ShouldBe(EnquiryState.Unanswered);

    [Fact]
    public void OnlyOneAtThePrompt_RoundsLeft_IsRungAgainAfterThePrompt()
    {
        // A voicemail that picks up early must not use up the rounds that are left.
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"], Rounds = 2 }).Rings("ash").AfterSeconds(20).PicksUp("ash").AfterSeconds(10);
        story.Live.ShouldBe("ash");
        story.CallEnds("ash").Rung.ShouldBe("ash");
        story.Rings("ash").AfterSeconds(25).Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    [Fact]
    public void OnlyOneAtThePrompt_PassesWithRoundsLeft_IsNotRungAgain()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"], Rounds = 2 }).Rings("ash").AfterSeconds(20).PicksUp("ash").AfterSeconds(10).Passes("ash");
        story.Rung.ShouldBeEmpty();
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    [Fact]
    public void HeldForFifteenMinutes_OneAtThePrompt_MayStillTakeIt()
    {
        var story = HeldLongWithOneAtThePrompt();
        story.Live.ShouldBe("ash");
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.AfterSeconds(5).Takes("ash").Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Joining);
    }

    [Fact]
    public void HeldForFifteenMinutes_PromptEnds_RingsNobodyAnyMore()
    {
        var story = HeldLongWithOneAtThePrompt().After(Escalator.LongestPrompt);
        story.Rung.ShouldBeEmpty();
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    [Fact]
    public void PageAnswered_BeforeTwilioSaidThatItRings_CountsFromThere()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash", "cedar"] }).PicksUp("ash");
        story.Records("page-sent", "ash").ShouldBeTrue();
        story.Rings("ash").Effects.ShouldBeEmpty();
        story.AfterSeconds(24).Rung.ShouldBeEmpty();
        story.AfterSeconds(1).Rung.ShouldBe("cedar");
    }

    /// <summary>The document is asked for a moment after the phone was picked up.</summary>
    [Fact]
    public void PageAnswered_PickedUpInTheLastMomentOfTheRing_HearsThePromptAndMayTakeIt()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25);
        story.Effects.OfType<Effect.HangUp>().ShouldBe([new Effect.HangUp(story.CallOf("ash"), UnlessAnswered: true), new Effect.HangUp(story.CallOf("birch"), UnlessAnswered: true)]);
        story.Rings("cedar").PicksUp("ash").Effects.ShouldBeEmpty();
        story.PageOf("ash").State.ShouldBe(new PageState.Answered(story.Now, story.Now + Escalator.LongestPrompt));
        AdviserFlow.Offer(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), story.Roster, story.Now).ShouldContain(step => step is CallStep.Ask);
        story.Takes("ash").Enquiry.AcceptedBy.ShouldBe("ash");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PageAnswered_HeardThePromptBeforeOrSomebodyHasIt_StaysGivenUp(bool isTaken)
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        story = isTaken ? story.AfterSeconds(25).Rings("cedar").PicksUp("cedar").Takes("cedar") : story.PicksUp("ash").CallEnds("ash");
        var answered = story.Timeline.Count;
        story.PicksUp("ash").Timeline.Count.ShouldBe(answered);
        story.PageOf("ash").IsLive.ShouldBeFalse();
    }

    private static DeskStory PickedUpLate() => DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(20).PicksUp("ash");

    private static DeskStory LastAtThePrompt() =>
        PickedUpLate().AfterSeconds(5).CallEnds("ash").Rings("cedar").AfterSeconds(20).PicksUp("cedar").AfterSeconds(10);

    private static DeskStory HeldLongWithOneAtThePrompt()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch"], Rounds = 100 }).AfterSeconds(895).Rings("ash", "birch").PicksUp("ash");
        return story.AfterSeconds(5);
    }
}
