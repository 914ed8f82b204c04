using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Numbers that are blocked or call too often: a key and a force first, and never dropped.</summary>
public sealed class DoubtedTests
{
    [Fact]
    public void Open_BlockedOnALineWithOneDesk_AsksForAKey()
    {
        var story = Blocked();
        story.Enquiry.State.ShouldBe(EnquiryState.Menu);
        story.Effects.ShouldBeEmpty();
        Heard(story).ShouldBe("This is the national advice line. For Extradition and arrest, press 1.");
    }

    [Fact]
    public void Open_BlockNoLongerHolds_RingsAtOnce() =>
        DeskStory.Call(new DeskBook { BlocksOfficer = true }, at: DeskBook.Noon + NodaTime.Duration.FromDays(1)).Rung.ShouldBe("ash birch");

    [Fact]
    public void ForceSaid_Listed_RingsAndTheAdviserIsTold()
    {
        var story = DeskStory.Call(new DeskBook { BlocksOfficer = true }, from: DeskBook.UnknownOfficer).OfficerPresses("1");
        story.Rung.ShouldBeEmpty();
        Heard(story).ShouldEndWith("1: Essex Police.");
        story.NamesForce("1").Rung.ShouldBe("ash birch");
        story.Rings("ash").PicksUp("ash");
        var offer = AdviserFlow.Offer(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), story.Roster, story.Now);
        offer.OfType<CallStep.Ask>().Single().Prompt.OfType<CallStep.Say>().First().Text.ShouldContain("Number not known, says Essex Police.");
    }

    [Fact]
    public void ForceSaid_Listed_AsksItsContact() =>
        DeskStory.Call(new DeskBook { BlocksOfficer = true, Steps = ["force-contact"], ForceContact = "fir" }, from: DeskBook.UnknownOfficer)
            .OfficerPresses("1").NamesForce("1").Rung.ShouldBe("fir");

    [Fact]
    public void MenuAnswered_NoForceIsListed_Rings() =>
        DeskStory.Call(new DeskBook { BlocksOfficer = true, ListsForces = false }).OfficerPresses("1").Rung.ShouldBe("ash birch");

    [Fact]
    public void MenuAnswered_NothingTwice_HoldsAndChases()
    {
        var story = Blocked().OfficerPresses(null);
        story.Enquiry.State.ShouldBe(EnquiryState.Menu);
        story.OfficerPresses(null).Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        OfficerFlow.Now(story.Enquiry, story.Roster)[^1].ShouldBeOfType<CallStep.Hold>();
        story.AfterMinutes(2).Rung.ShouldBe("cedar");
        story.Rings("cedar").PicksUp("cedar").Takes("cedar").Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));
    }

    [Fact]
    public void ForceSaid_NothingTwice_HoldsAndChases()
    {
        var story = Blocked().OfficerPresses("1").NamesForce(null).NamesForce("99");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        OfficerFlow.Held(story.Enquiry, Escalator.LongestHold, story.Roster)[^1].ShouldBeOfType<CallStep.HangUp>();
    }

    [Fact]
    public void TimePassed_NoAnswerCame_HoldsAndChases() => Blocked().After(Escalator.LongestMenu).Enquiry.Stage.ShouldBeOfType<Stage.Owed>();

    [Fact]
    public void OfficerHungUp_InDoubt_TextsNobodyAtOnce()
    {
        var story = Blocked().OfficerHangsUp();
        story.Texted.ShouldBeEmpty();
        story.AfterMinutes(5).Texted.ShouldBe("ash birch");
    }

    [Fact]
    public void OfficerCalledAgain_InDoubt_IsAskedAgain()
    {
        var story = Blocked().OfficerHangsUp().CallsAgain();
        story.Enquiry.State.ShouldBe(EnquiryState.Menu);
        story.Rung.ShouldBeEmpty();
    }

    [Fact]
    public void OfficerCalledAgain_Flooding_IsAskedFirst()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").OfficerHangsUp();
        story.Happens(new EnquiryEvent.OfficerCalledAgain("CAagain", Flooding: true)).Enquiry.State.ShouldBe(EnquiryState.Menu);
    }

    private static DeskStory Blocked() => DeskStory.Call(new DeskBook { BlocksOfficer = true });

    private static string Heard(DeskStory story)
    {
        var asked = OfficerFlow.Now(story.Enquiry, story.Roster)[0];
        var prompt = asked is CallStep.Ask ask ? ask.Prompt : ((CallStep.AskNumber)asked).Prompt;
        return string.Join(" ", prompt.OfType<CallStep.Say>().Select(say => say.Text));
    }
}
