using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>The officer hangs up before anybody has taken the call.</summary>
public sealed class AbandonedTests
{
    [Fact]
    public void OfficerHungUp_PhonesRing_StopsThemAndTextsThoseWhoWerePaged()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash").OfficerHangsUp();
        story.Enquiry.State.ShouldBe(EnquiryState.Abandoned);
        story.HungUp.ShouldBe([story.CallOf("birch")]);
        story.Effects.ShouldContain(new Effect.MoveAdviser(story.CallOf("ash"), story.PageOf("ash").Id));
        story.Texted.ShouldBe("ash birch");
        story.TextTo("ash").ShouldContain(DeskBook.Officer.Value);
        story.Enquiry.OfficerCall.ShouldBeNull();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
    }

    [Fact]
    public void OfficerHungUp_InTheSecondRound_TextsEachOnceAndNotThoseWhoPassed()
    {
        var story = DeskStory.Call(new DeskBook { Rounds = 2 }).Rings("ash", "birch").Passes("ash").AfterSeconds(25).Rings("cedar").AfterSeconds(25).Rings("birch");
        story.OfficerHangsUp().Texted.ShouldBe("birch cedar");
    }

    [Fact]
    public void OfficerHungUp_Twice_ChangesNothing() => DeskStory.Call(new DeskBook()).OfficerHangsUp().OfficerHangsUp().Effects.ShouldBeEmpty();

    [Fact]
    public void FiveMinutesLater_NobodyHasIt_TextsTheLastStepOnceMoreAndNeverAgain()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").OfficerHangsUp();
        story.AfterSeconds(299).Effects.ShouldBeEmpty();
        story.AfterSeconds(1).Texted.ShouldBe("cedar");
        story.Rung.ShouldBeEmpty();
        story.AfterMinutes(600).Texted.Trim().ShouldBeEmpty("no adviser is texted again");
        story.Enquiry.State.ShouldBe(EnquiryState.Abandoned);
    }

    [Fact]
    public void FiveMinutesLater_NobodyOfTheStepTakesTexts_RingsIt()
    {
        var story = DeskStory.Call(new DeskBook { NoTexts = ["cedar"] }).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").OfficerHangsUp();
        story.AfterMinutes(5).Rung.ShouldBe("cedar");
        story.Rings("cedar").PicksUp("cedar").Takes("cedar").Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    [Fact]
    public void FiveMinutesLater_SomeOfTheStepTakeTexts_RingsNobody() =>
        DeskStory.Call(new DeskBook { NoTexts = ["birch"] }).Rings("ash", "birch").OfficerHangsUp().AfterMinutes(5).Rung.ShouldBeEmpty();

    [Fact]
    public void FiveMinutesLater_ACallerInDoubt_RingsNobody() =>
        DeskStory.Call(new DeskBook { BlocksOfficer = true, NoTexts = DeskBook.Names }).OfficerHangsUp().AfterMinutes(5).Rung.ShouldBeEmpty();

    [Fact]
    public void FiveMinutesLater_SomebodyHasIt_TextsNobody()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").OfficerHangsUp().Happens(new EnquiryEvent.TakenByText("ash"));
        story.AfterMinutes(10).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void PageTaken_JustAfterTheOfficerHungUp_CallsTheOfficerBack()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").OfficerHangsUp().Takes("ash");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    [Fact]
    public void OfficerHungUp_NumberWithheld_DoesNotAskToCallANumber()
    {
        var story = DeskStory.Call(new DeskBook(), withheld: true).Rings("ash").OfficerHangsUp();
        story.TextTo("ash").ShouldContain("number withheld");
        story.TextTo("ash").ShouldNotContain("call back", Case.Insensitive);
    }
}
