using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Officers who are led on by documents although the record is there: nobody can be rung over REST.</summary>
public sealed class ChainWhileRestFailsTests
{
    [Theory]
    [InlineData("held, phones not yet ringing", ChainWay.TakeOver)]
    [InlineData("held, one rings and one is being placed", ChainWay.AsUsual)]
    [InlineData("held, one hears the prompt", ChainWay.AsUsual)]
    [InlineData("held, about to leave a message", ChainWay.AsUsual)]
    [InlineData("in the menu", ChainWay.AsUsual)]
    [InlineData("taken, joining", ChainWay.AsUsual)]
    [InlineData("unanswered, the officer still on the line", ChainWay.AsUsual)]
    [InlineData("texted, nothing sent yet", ChainWay.AsUsual)]
    public void Of_WhoWaitsForPhonesThatDoNotRing_IsLed(string situation, ChainWay way) =>
        ChainEntry.Of(Door.Officer, Situations.All[situation]().Enquiry, DeskStory.OfficersCall, restFails: true).ShouldBe(way);

    [Fact]
    public void Of_AnotherLegOrRestThatAnswersOrAKeyWhileHeld_IsAsUsual()
    {
        ChainEntry.Of(Door.Officer, Held().Enquiry, "CAother", restFails: true).ShouldBe(ChainWay.AsUsual);
        ChainEntry.Of(Door.Officer, Held().Enquiry, DeskStory.OfficersCall, restFails: false).ShouldBe(ChainWay.AsUsual);
        ChainEntry.Of(Door.HoldKey, Held().Enquiry, DeskStory.OfficersCall, restFails: true).ShouldBe(ChainWay.AsUsual);
        ChainEntry.Of(Door.Hold, Held().Enquiry, DeskStory.OfficersCall, restFails: true).ShouldBe(ChainWay.StopHolding);
    }

    [Theory]
    [InlineData(Door.Again, false, false, ChainWay.Arrive)]
    [InlineData(Door.Menu, false, false, ChainWay.Answer)]
    [InlineData(Door.Message, false, false, ChainWay.Message)]
    [InlineData(Door.Officer, false, false, ChainWay.Stay)]
    [InlineData(Door.Officer, true, false, ChainWay.TalkEnded)]
    [InlineData(Door.Hold, false, false, ChainWay.Stay)]
    [InlineData(Door.Hold, false, true, ChainWay.StopHolding)]
    [InlineData(Door.Number, false, true, ChainWay.StopHolding)]
    [InlineData(Door.Back, false, false, ChainWay.Stay)]
    [InlineData(Door.BackKey, false, true, ChainWay.CallLater)]
    [InlineData(Door.Officer, false, true, ChainWay.TakeOver)]
    public void WithoutDatabase_AnEnquiryThatNobodyHereHasSeen_GoesByTheDoorAndTheTime(Door door, bool roomEnded, bool isLong, ChainWay way) =>
        ChainEntry.WithoutDatabase(door, known: null, saysNothing: false, roomEnded, isLong).ShouldBe(way);

    [Theory]
    [InlineData("held, one rings and one is being placed", ChainWay.TakeOver)]
    [InlineData("taken, joining", ChainWay.AsUsual)]
    [InlineData("unanswered, the officer still on the line", ChainWay.AsUsual)]
    public void WithoutDatabase_ForLong_LeadsOnWhoWaitsAndLeavesATalkAlone(string situation, ChainWay way) =>
        ChainEntry.WithoutDatabase(Door.Officer, Situations.All[situation]().Enquiry, saysNothing: false, roomEnded: false, isLong: true).ShouldBe(way);

    [Theory]
    [InlineData("held, about to leave a message", false, ChainWay.Stay)]
    [InlineData("held, about to leave a message", true, ChainWay.TakeOver)]
    [InlineData("a message is wanted", true, ChainWay.Message)]
    public void WithoutDatabase_NothingIsSaidAtTheTone_GoesOnHoldingIfThatIsWhatItWasInsteadOf(string situation, bool isLong, ChainWay way) =>
        ChainEntry.WithoutDatabase(Door.Message, Situations.All[situation]().Enquiry, saysNothing: true, roomEnded: false, isLong).ShouldBe(way);

    [Fact]
    public void Promise_ANumberWasKeyedIn_IsOnThatNumber()
    {
        var enquiry = DeskStory.Call(new DeskBook(), withheld: true).Rings("ash").AsksForACallBack().GivesNumber().Enquiry;
        var state = ChainState.Of(enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, DeskBook.Noon) with { HeldUntil = DeskBook.Noon };
        var flow = new ChainFlow(new Roster(new DeskBook().Build()), _ => "sealed", _ => true, DeskBook.Noon);
        var over = flow.GoOn(new ChainRequest(Door.ChainNext, state, new DialEnd("no-answer", null, false, false), null, null, Duration.Zero));
        over.Steps.ShouldContain(new CallStep.Say(Phrases.ChainCallBackPromised(Language.English, Phrases.YourReference(Language.English, "4821", byText: false), onNumberGiven: true)));
    }

    [Fact]
    public void Decide_Dialled_WithdrawsWhatWaitsToBeRung()
    {
        var story = Dialled();

        story.Live.ShouldBe("ash");
        (story.Rung, story.HungUp.Count()).ShouldBe(("", 0));
        ChainEntry.Of(Door.Officer, story.Enquiry, DeskStory.OfficersCall, restFails: false).ShouldBe(ChainWay.TakeOver, "on it already");
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

    /// <summary>How the phones that rang as the database went was never told (seed 975215 of the soak).</summary>
    [Fact]
    public void Decide_ReturnedAfterThePhonesOfBeforeHaveRungLongEnough_RingsTheNextAtOnce()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        story.ElapseWithoutADecision(Duration.FromMinutes(1));

        story.Happens(Tell(Start(story.Enquiry) with { Rung = ["ash", "birch"], Dials = 2 }, new ChainFact.Returned()));

        story.Rung.ShouldBe("cedar");
        story.Enquiry.Pages.Where(page => page.IsLive).ShouldHaveSingleItem().Adviser.ShouldBe("cedar");
    }

    [Fact]
    public void Decide_ReturnedAfterThePhonesOfAStepHaveRungLongEnoughWhileOneOfTheStepBeforeHearsThePrompt_WaitsForThatOneAlone()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(24).PicksUp("ash").AfterSeconds(1);
        story.Rung.ShouldBe("cedar");
        story.Rings("cedar").ElapseWithoutADecision(Duration.FromSeconds(30));

        story.Happens(Tell(Start(story.Enquiry) with { Step = 1, Dials = 1, Rung = ["cedar"] }, new ChainFact.Returned()));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Paging>().Through.ShouldBeTrue("whoever hears the prompt is waited for, and nobody else");
    }

    [Fact]
    public void Decide_ReturnedWithinAStepAfterTheLongestHold_RingsNobodyAndPromisesACallBack()
    {
        var story = Missed();
        story.ElapseWithoutADecision(Escalator.LongestHold);

        story.Happens(Tell(Start(story.Enquiry) with { Rung = ["ash"], Dials = 1 }, new ChainFact.Returned()));

        story.Rung.ShouldBe("");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
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
        story.Enquiry.Deadline.ShouldBe(story.Now + Escalator.MeanwhileIsTold);
        story.AfterSeconds(3);

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

        flow.Lead(story.Enquiry).Steps.ShouldBe(led.Steps);
    }

    [Fact]
    public void Repeated_TheDialBeforeEndsOnceMore_IsTheSameDocument()
    {
        var story = Missed();
        var (flow, first) = (new ChainFlow(story.Roster, state => $"{state.Name}-{state.Dials}", _ => true, story.Now), story.Dialling("ash").State);
        Turn(first).ShouldBeOfType<ChainTurn.On>("nobody was dialled since");
        var next = flow.GoOn(Asks(first));
        story.Happens(Tell(next.State, new ChainFact.Dialled()));

        Turn(first).ShouldBeOfType<ChainTurn.Hears>().Steps.ShouldBe(next.Steps);
        Turn(next.State).ShouldBeOfType<ChainTurn.On>();

        ChainTurn Turn(ChainState state) => flow.Turn(Asks(state), flow.Told(Asks(state), passed: false), story.Enquiry, restFails: true);
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

    private static ChainRequest Asks(ChainState state) => new(Door.ChainNext, state, new DialEnd("no-answer", "CAash", false, false), null, null, Duration.Zero);

    private static ChainState Start(Enquiry enquiry) => ChainState.Of(enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, DeskBook.Noon);

    private static EnquiryEvent.Chained Tell(ChainState state, ChainFact fact) => new(state, fact, state.Began);
}
