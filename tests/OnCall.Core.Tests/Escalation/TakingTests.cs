using OnCall.Core.Escalation;
using OnCall.Core.People;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Key 1, and what becomes of the others; what is late, doubled, or another's call.</summary>
public sealed class TakingTests
{
    [Fact]
    public void PageTaken_WhileOthersRing_IsAcceptedAndTheOthersStop()
    {
        var story = Ringing().PicksUp("ash").Takes("ash");
        story.Enquiry.Stage.ShouldBe(new Stage.Accepted("ash", story.PageOf("ash").Id, Talk.Joining));
        story.Enquiry.AcceptedAt.ShouldBe(story.Now);
        story.HungUp.ShouldBe([story.CallOf("birch")]);
        story.Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));
        story.Live.ShouldBeEmpty();
    }

    [Fact]
    public void PageTaken_WhileAnotherHearsThePrompt_IsToldInsteadOfBeingCutOff()
    {
        var story = Ringing().PicksUp("ash", "birch").Takes("ash");
        story.HungUp.ShouldBeEmpty();
        story.Effects.ShouldContain(new Effect.MoveAdviser(story.CallOf("birch"), story.PageOf("birch").Id));
        story.Live.ShouldBeEmpty();
    }

    [Fact]
    public void PageTaken_WhileOthersRing_TextsTheWinnerAndThoseWhoMissedIt()
    {
        var story = Ringing().AfterSeconds(25).Rings("cedar").PicksUp("cedar").Takes("cedar");
        story.Texted.ShouldBe("cedar ash birch");
        story.TextTo("cedar").ShouldContain(DeskBook.Officer.Value);
        story.TextTo("cedar").ShouldContain("4821");
        story.TextTo("ash").ShouldBe(Phrases.SomebodyElseHasIt(Language.English, "4821", "Cedar Example"));
        story.Effects.OfType<Effect.SendText>().ShouldAllBe(text => text.From == DeskBook.TextLine);
    }

    [Fact]
    public void PageTaken_OthersPassedWereBusyOrNotYetRung_TextsNoneOfThem()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch cedar dogwood"] }).Rings("ash", "birch", "dogwood").Passes("ash").CallEnds("birch", "busy");
        story.PicksUp("dogwood").Takes("dogwood").Texted.ShouldBe("dogwood");
    }

    [Fact]
    public void PageTaken_WinnerTakesNoTexts_SendsThatOneNone() =>
        DeskStory.Call(new DeskBook { NoTexts = ["ash"] }).Rings("ash", "birch").PicksUp("ash").Takes("ash").Texted.ShouldBe("birch");

    [Fact]
    public void PageTaken_ByTwo_TheFirstHasIt()
    {
        var story = Ringing().PicksUp("ash", "birch").Takes("ash").Takes("birch");
        story.Enquiry.AcceptedBy.ShouldBe("ash");
        story.Effects.ShouldBeEmpty();
    }

    [Fact]
    public void PageTaken_AfterThePageWasGivenUp_StillTakesIt()
    {
        var story = Ringing().PicksUp("ash").CallEnds("birch").AfterSeconds(25).Rings("cedar").After(Escalator.LongestPrompt);
        story.Takes("ash").Enquiry.AcceptedBy.ShouldBe("ash");
    }

    [Fact]
    public void PageTaken_AfterPassing_ChangesNothing() => Ringing().PicksUp("ash").Passes("ash").Takes("ash").Enquiry.AcceptedBy.ShouldBeNull();

    [Fact]
    public void PagePlaced_SecondCallOfAPage_IsHungUpAndNeverBecomesAnOffer()
    {
        var story = Ringing();
        var page = story.PageOf("ash").Id;
        story.Happens(new EnquiryEvent.PagePlaced(page, "CAdouble")).Effects.ShouldBe([new Effect.HangUp("CAdouble")]);
        story.Happens(new EnquiryEvent.PageAnswered(page, "CAdouble"));
        story.PageOf("ash").State.ShouldBeOfType<PageState.Ringing>();
        story.Happens(new EnquiryEvent.PageTaken(page, "CAdouble")).Enquiry.AcceptedBy.ShouldBeNull();
        story.Happens(new EnquiryEvent.PagePassed(page, "CAdouble"));
        story.Happens(new EnquiryEvent.PageHungUp(page, "CAdouble", "completed"));
        story.PageOf("ash").IsLive.ShouldBeTrue();
    }

    [Fact]
    public void PagePlaced_WithdrawnMeanwhile_IsHungUp()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").Takes("ash");
        story.HungUp.ShouldBeEmpty();
        story.Rings("birch").Effects.ShouldBe([new Effect.HangUp(story.CallOf("birch"))]);
    }

    [Fact]
    public void PagePlaced_WithdrawnAndForgottenMeanwhile_IsHungUp()
    {
        var story = DeskStory.Call(new DeskBook());
        var withdrawn = story.PageOf("birch").Id;
        story.TalksTo("ash").CallEnds("ash").Happens(new EnquiryEvent.OfficerStayed(DeskStory.OfficersCall));
        story.Happens(new EnquiryEvent.PagePlaced(withdrawn, "CAlate")).Effects.ShouldBe([new Effect.HangUp("CAlate")]);
    }

    [Fact]
    public void PagePlaced_AfterClosing_IsHungUp()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").PicksUp("ash").Takes("ash").Happens(Situations.Close());
        story.Rings("birch").Effects.ShouldBe([new Effect.HangUp(story.CallOf("birch"))]);
    }

    [Fact]
    public void PagePlaced_OfAnotherEnquiry_ChangesNothing() =>
        DeskStory.Call(new DeskBook()).Happens(new EnquiryEvent.PagePlaced($"{Guid.Empty:N}-1", "CAelsewhere")).Effects.ShouldBeEmpty();

    [Fact]
    public void PageRefused_AfterItRings_ChangesNothing()
    {
        var story = Ringing().IsRefused("ash");
        story.PageOf("ash").IsLive.ShouldBeTrue();
        story.Effects.ShouldBeEmpty();
    }

    private static DeskStory Ringing() => DeskStory.Call(new DeskBook()).Rings("ash", "birch");
}
