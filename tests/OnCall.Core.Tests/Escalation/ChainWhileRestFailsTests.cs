using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Officers who are led on by documents although the record is there: nobody can be rung over REST.</summary>
public sealed class ChainWhileRestFailsTests
{
    [Theory]
    [InlineData("held, phones not yet ringing", true)]
    [InlineData("held, one rings and one is being placed", false)]
    [InlineData("held, one hears the prompt", false)]
    [InlineData("held, about to leave a message", false)]
    [InlineData("in the menu", false)]
    [InlineData("taken, joining", false)]
    [InlineData("unanswered, the officer still on the line", false)]
    [InlineData("texted, nothing sent yet", false)]
    public void IsStuck_WhoWaitsForPhonesThatDoNotRing_IsIt(string situation, bool stuck) =>
        ChainEntry.IsStuck(Situations.All[situation]().Enquiry, DeskStory.OfficersCall).ShouldBe(stuck);

    [Fact]
    public void IsStuck_OnAnotherLeg_IsNotIt() => ChainEntry.IsStuck(Held().Enquiry, "CAother").ShouldBeFalse();

    [Fact]
    public void Decide_Dialled_WithdrawsWhatWaitsToBeRung()
    {
        var story = Dialled();

        story.Live.ShouldBe("ash");
        (story.Rung, story.HungUp.Count()).ShouldBe(("", 0));
        ChainEntry.IsOn(story.Enquiry, DeskStory.OfficersCall).ShouldBeTrue();
        ChainEntry.IsStuck(story.Enquiry, DeskStory.OfficersCall).ShouldBeFalse();
        story.Timeline.Select(line => line.Event).ShouldBe(["received", "desk-chosen", "note", "page-sent"]);
    }

    [Fact]
    public void Decide_DialledWhileOthersWaitAgain_WithdrawsThemToo()
    {
        // No word came of the first dial, so that the usual steps went on.
        var story = Dialled().AfterMinutes(1);
        story.Rung.ShouldBe("birch");

        story.Happens(story.Dialling("cedar", no: 2));

        (story.Live, story.HungUp.Count()).ShouldBe(("cedar", 0));
    }

    [Fact]
    public void Decide_ReturnedWithinAStep_RingsThoseNotDialledInIt()
    {
        var story = Missed();
        var back = Tell(Start(story.Enquiry) with { Rung = ["ash"], Dials = 1 }, new ChainFact.Returned());

        story.Happens(back).Rung.ShouldBe("birch");
        story.Happens(back).Rung.ShouldBe("", "told twice");
    }

    [Fact]
    public void Decide_ReturnedWithinAStepAfterTheLongestHold_RingsNobodyAndPromisesACallBack()
    {
        var story = Missed();
        story.ElapseWithoutADecision(Escalator.LongestHold);

        story.Happens(Tell(Start(story.Enquiry) with { Rung = ["ash"], Dials = 1 }, new ChainFact.Returned()));

        story.Rung.ShouldBe("");
        story.Enquiry.Owner.ShouldBe("chase");
    }

    [Fact]
    public void Decide_ReturnedAfterAllRounds_PromisesACallBack()
    {
        var story = Missed();
        story.Happens(Tell(Start(story.Enquiry) with { Round = 2, Dials = 1 }, new ChainFact.Returned()));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    [Fact]
    public void Decide_PromisedToOneWhoAskedForACallBack_OwesThat()
    {
        var story = Held().AsksForACallBack();
        story.Happens(Tell(Start(story.Enquiry), new ChainFact.Promised(OwedBecause.Unanswered)));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.CallBackWanted);
    }

    [Fact]
    public void Decide_PromisedAndNobodyIsOnDutyAnyMore_TellsTheCoordinatorsAtOnce()
    {
        var handOver = DeskBook.Noon + Duration.FromDays(1);
        var book = new DeskBook { Steps = ["rota:days"], Rotas = new Dictionary<string, string[]> { ["days"] = ["ash", ""] } };
        var story = DeskStory.Call(book, at: handOver - Duration.FromSeconds(20));
        story.Rung.ShouldBe("ash");

        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, story.Now);
        story.Happens(new EnquiryEvent.Chained(state, new ChainFact.Promised(OwedBecause.Unanswered), handOver));

        story.Effects.OfType<Effect.SendText>().Select(text => text.To).ShouldBe([DeskBook.CoordinatorOfAll, DeskBook.CoordinatorOfExtradition]);
    }

    [Fact]
    public void Decide_OfficerLeftWhoAskedForACallBack_GoesOnWithTheStep()
    {
        var story = Held().AsksForACallBack();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(dial with { Fact = new ChainFact.OfficerLeft() }).Rung.ShouldBe("");
        story.Enquiry.Deadline.ShouldBe(story.Now);
        story.AfterSeconds(0);

        (story.Live, story.Rung).ShouldBe(("birch", "birch"));
        story.Enquiry.OfficerCall.ShouldBeNull();
    }

    [Fact]
    public void Decide_OfficerLeftWhoOnlyHeld_IsAbandoned()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(dial with { Fact = new ChainFact.OfficerLeft() });

        story.Live.ShouldBe("");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Abandoned);
        story.Texted.Split(' ').ShouldContain("ash");
    }

    [Fact]
    public void Of_HeldAfterTheAdviserDropped_DialsTheSameFirst()
    {
        var story = Situations.All["held again, the same adviser rings"]();
        ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, story.Now).First.ShouldBe("ash");
    }

    [Fact]
    public void Of_CalledAgainWhileTheChaseRings_BeginsWithTheFirstStep()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash birch"] }).Rings("ash", "birch").AfterSeconds(25).OfficerHangsUp().AfterMinutes(2);
        story.Rung.ShouldBe("ash birch");
        story.CallsAgain();

        ChainState.Of(story.Enquiry, "CAagain", ChainBecause.RestFails, story.Now).First.ShouldBeNull();
    }

    [Fact]
    public void Of_SomeRangAndSomePassed_KnowsThem()
    {
        var story = Held(rounds: 2).Rings("ash", "birch").Passes("ash").CallEnds("birch", "busy").Rings("cedar").CallEnds("cedar", "no-answer");
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, story.Now);

        (state.Round, state.Step).ShouldBe((2, 0));
        state.Passed.ShouldBe(["ash"]);
        ChainSteps.Next(state, story.Roster, _ => true, story.Now)!.Dial!.Adviser.ShouldBe("birch");
    }

    [Fact]
    public void Knowing_OnePassedAtAnotherNode_LeavesThemOut()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(dial with { Fact = new ChainFact.Passed("CAash") });

        dial.State.Passed.ShouldBeEmpty();
        dial.State.Knowing(story.Enquiry).Passed.ShouldBe(["ash"]);
    }

    [Fact]
    public void Decide_PassedOnWhileOneIsDialled_WhoTakesItIsRungOnceInTheRecord()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(PassOn(new PassTarget.Desk(DeskBook.Records))).Happens(dial with { Fact = new ChainFact.Taken("CAash") });

        story.Enquiry.AcceptedBy.ShouldBe("ash");
        story.Timeline.Count(line => line is { Event: "page-sent", Adviser: "ash" }).ShouldBe(1);
    }

    [Fact]
    public void Decide_PassedOnWhileOneIsDialledInVain_StaysWhereItWasSent()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(PassOn(new PassTarget.Desk(DeskBook.Records))).Happens(dial with { Fact = new ChainFact.Missed("CAash", "no-answer") });

        (story.Live, story.Enquiry.Desk).ShouldBe(("dogwood", DeskBook.Records));
        story.Timeline.Count(line => line is { Event: "page-sent", Adviser: "ash" }).ShouldBe(1);
    }

    [Fact]
    public void Knowing_PassedOnToADeskMeanwhile_GoesOnThere()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(PassOn(new PassTarget.Desk(DeskBook.Records)));

        ChainSteps.Next(dial.State.Knowing(story.Enquiry), story.Roster, _ => true, story.Now)!.Dial!.Adviser.ShouldBe("dogwood");
    }

    [Fact]
    public void Knowing_PassedOnToAnAdviserMeanwhile_DialsThem()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(PassOn(new PassTarget.Adviser("fir")));

        ChainSteps.Next(dial.State.Knowing(story.Enquiry), story.Roster, _ => true, story.Now)!.Dial.ShouldBe(
            new ChainDial(2, "fir", Roster.PassedOn, 1, 0, DeskBook.Ring, story.Now));
    }

    [Fact]
    public void Again_ADialUnderWay_IsTheSameDocument()
    {
        var story = Held();
        var flow = new ChainFlow(story.Roster, state => $"{state.Name}-{state.Dials}", _ => true, story.Now);
        var led = flow.TakeOver(Start(story.Enquiry));
        story.Happens(Tell(led.State, new ChainFact.Dialled()));

        flow.Again(story.Enquiry.Chain!).ShouldBe(led.Steps);
    }

    [Fact]
    public void Repeated_TheDialBeforeEndsOnceMore_IsTheSameDocument()
    {
        var story = Missed();
        var (flow, first) = (new ChainFlow(story.Roster, state => $"{state.Name}-{state.Dials}", _ => true, story.Now), story.Dialling("ash").State);
        flow.Repeated(first, story.Enquiry).ShouldBeNull("nobody was dialled since");
        var next = flow.AfterDial(first, new DialEnd("no-answer", "CAash", false, false));
        story.Happens(Tell(next.State, new ChainFact.Dialled()));

        flow.Repeated(first, story.Enquiry).ShouldBe(next.Steps);
        flow.Repeated(next.State, story.Enquiry).ShouldBeNull();
    }

    private static EnquiryEvent.PassedOn PassOn(PassTarget to) => new("a wish", "p.lane", to);

    private static DeskStory Held(int rounds = 1) => DeskStory.Call(new DeskBook { Rounds = rounds });

    private static DeskStory Dialled() => Held().IsDialled("ash");

    /// <summary>Ash was dialled in vain.</summary>
    private static DeskStory Missed()
    {
        var story = Held();
        var dial = story.Dialling("ash");
        return story.Happens(dial).Happens(dial with { Fact = new ChainFact.Missed("CAash", "no-answer") });
    }

    private static ChainState Start(Enquiry enquiry) => ChainState.Of(enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, DeskBook.Noon);

    private static EnquiryEvent.Chained Tell(ChainState state, ChainFact fact) => new(state, fact, state.Began);
}
