using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>One offer at a time for each adviser, over all enquiries, while there is anybody else.</summary>
public sealed class BusyTests
{
    [Fact]
    public void Step_OneIsBusy_RingsTheOthers()
    {
        var story = DeskStory.Call(new DeskBook(), busy: ["ash"]);
        story.Rung.ShouldBe("birch");
        story.Timeline.Single(entry => entry.Event == "page-failed").ShouldBe(
            new TimelineEntry(DeskBook.Noon, "page-failed", "ash", "call", "busy with another enquiry"));
    }

    [Fact]
    public void Step_AllAreBusy_NextRingsAtOnce()
    {
        var story = DeskStory.Call(new DeskBook(), busy: ["ash", "birch"]);
        story.Rung.ShouldBe("cedar");
        story.Records("page-failed", "birch").ShouldBeTrue();
    }

    [Fact]
    public void Step_EverybodyIsBusy_RingsTheFirstAllTheSame()
    {
        var story = DeskStory.Call(new DeskBook(), busy: ["ash", "birch", "cedar"]);
        story.Rung.ShouldBe("ash birch");
        story.Records("page-failed").ShouldBeFalse();
        story.Rings("ash", "birch").AfterSeconds(25).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void Step_TheLastIsBusyAndNobodyElseIsLeft_RingsAllTheSame() =>
        DeskStory.Call(new DeskBook(), busy: ["cedar"]).Rings("ash", "birch").AfterSeconds(25).Rung.ShouldBe("cedar");

    [Fact]
    public void Step_BusyInTheFirstRound_RingsWhenFreeInTheNext()
    {
        var story = DeskStory.Call(new DeskBook { Rounds = 2 }, busy: ["ash", "birch"]);
        story.Busy = [];
        story.Rings("cedar").AfterSeconds(25).Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void Talk_TheAdviserDroppedAndHasAnother_StepsBeginAnew()
    {
        var story = DeskStory.Call(new DeskBook()).TalksTo("ash").CallEnds("ash");
        story.Busy = ["ash"];
        story.Happens(new EnquiryEvent.OfficerStayed(DeskStory.OfficersCall)).Rung.ShouldBe("birch");
    }

    [Fact]
    public void Chase_OneIsBusy_IsOnlyTexted()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch"] }).Rings("ash", "birch").AfterSeconds(25).OfficerHangsUp();
        story.Busy = ["ash"];
        story.AfterMinutes(2).Rung.ShouldBe("birch");
        story.Texted.ShouldBe("ash birch");
    }

    [Fact]
    public void Chase_OfAnEnquiryByText_OneIsBusy_IsOnlyTexted()
    {
        var story = DeskStory.Text(new DeskBook { Steps = ["ash birch"] }).AreTexted("ash", "birch").AfterMinutes(1).Rings("ash", "birch").AfterSeconds(25).AfterMinutes(2).Rings("ash", "birch").AfterMinutes(1);
        story.Busy = ["ash"];
        story.AfterMinutes(5).Rung.ShouldBe("birch");
        story.Texted.ShouldBe("ash birch");
    }

    [Fact]
    public void Text_NotDeliveredToOneWhoIsBusy_IsCalledOnlyWhereNobodyElseIsAsked()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");
        story.Busy = ["ash", "birch"];
        story.Happens(new EnquiryEvent.PageTextFailed(story.PageOf("ash").Id, "undelivered")).Rung.ShouldBeEmpty();
        story.Records("page-failed", "ash").ShouldBeTrue();
        story.Happens(new EnquiryEvent.PageTextFailed(story.PageOf("birch").Id, "undelivered")).Rung.ShouldBe("birch");
    }

    [Fact]
    public void Text_NotDeliveredToTheLastWhoIsBusy_CallsWhoWasBusyBeforeAndIsFreeNow()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");
        story.Busy = ["ash", "birch"];
        story.AfterMinutes(1);
        (story.TextPaged, story.Rung).ShouldBe(("cedar", ""));

        story.AreTexted("cedar").Busy = ["ash", "cedar"];
        story.Happens(new EnquiryEvent.PageTextFailed(story.PageOf("cedar").Id, "undelivered")).Rung.ShouldBe("birch");
    }

    [Fact]
    public void Text_NotDeliveredToOneWhoIsBusyWhileTheOtherHasHeardThePromptForLong_NextStepAtOnce()
    {
        var story = DeskStory.Text(new DeskBook { Steps = ["ash", "ash birch", "cedar"] }).AreTexted("ash").AfterMinutes(1);
        (story.TextPaged, story.Rung).ShouldBe(("birch", "ash"));

        story.Rings("ash").PicksUp("ash").AreTexted("birch").AfterSeconds(30).Busy = ["birch"];
        story.Happens(new EnquiryEvent.PageTextFailed(story.PageOf("birch").Id, "undelivered")).TextPaged.ShouldBe("cedar");
    }

    [Fact]
    public void Engaged_WhoRingsHearsOrTalks_UntilItIsOver()
    {
        var story = DeskStory.Call(new DeskBook());
        story.Enquiry.Engaged.ShouldBe(["ash", "birch"]);
        story.Rings("ash", "birch").PicksUp("ash").CallEnds("birch", "busy").Enquiry.Engaged.ShouldBe(["ash"]);
        story.Takes("ash").Enquiry.Engaged.ShouldBe(["ash"]);
        story.Happens(new EnquiryEvent.Bridged()).OfficerHangsUp().Enquiry.Engaged.ShouldBe(["ash"]);
        story.CallEnds("ash").Enquiry.Engaged.ShouldBeEmpty();
    }
}
