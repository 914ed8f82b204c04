using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>The journal of a node comes when the officer has long been led on in the usual way: nobody who waits now is harmed by it.</summary>
public sealed class ChainToldTooLateTests
{
    public static TheoryData<ChainFact> Facts =>
    [
        new ChainFact.Began(), new ChainFact.Dialled(), new ChainFact.PickedUp("CAbirch"), new ChainFact.Taken("CAbirch"), new ChainFact.Missed("CAbirch", "busy"),
        new ChainFact.AdviserLeft("CAbirch"), new ChainFact.OfficerLeft(), new ChainFact.Promised(OwedBecause.Unanswered), new ChainFact.Returned(),
    ];

    [Theory]
    [MemberData(nameof(Facts))]
    public void Decide_OfTheLegBefore_LeavesTheOneWhoCalledAgainWhereTheyAre(ChainFact fact)
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        var dial = Dial(ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now), 1, "birch", story.Now);
        story.OfficerHangsUp().AfterSeconds(60).CallsAgain().Rings("ash", "birch");
        var (stage, live, deadline) = (story.Enquiry.Stage, story.Live, story.Enquiry.Deadline);

        story.Happens(new EnquiryEvent.Chained(fact is ChainFact.Promised or ChainFact.Returned ? dial with { Dial = null } : dial, fact, DeskBook.Noon + Duration.FromSeconds(5)));

        (story.Enquiry.Stage, story.Live, story.Enquiry.Deadline).ShouldBe((stage, live, deadline));
        story.Effects.ShouldBeEmpty();
        if (fact is ChainFact.Taken)
        {
            story.Records("accepted", "birch").ShouldBeTrue("it stands in the record all the same");
        }
    }

    [Fact]
    public void Decide_PromisedOnTheLegBefore_IsOwedAsSoonAsTheOfficerHangsUpAgain()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now);
        story.OfficerHangsUp().AfterSeconds(60).CallsAgain().Happens(Tell(5, state, new ChainFact.Promised(OwedBecause.Unanswered))).OfficerHangsUp();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    [Fact]
    public void Decide_TheFirstWordOfAChainBeforeTheLast_StopsNobodyWhoIsToBeRung()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var first = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, DeskBook.Noon);
        var last = Dial(first with { Began = DeskBook.Noon + Duration.FromSeconds(20) }, 1, "ash", DeskBook.Noon + Duration.FromSeconds(20));
        story.Happens(Tell(30, last, new ChainFact.Missed("CAash", "busy"))).Happens(Tell(30, last with { Dial = null, Step = 1 }, new ChainFact.Returned()));
        story.Live.ShouldNotBeEmpty();
        var live = story.Live;

        story.Happens(Tell(0, first, new ChainFact.Began()));

        story.Live.ShouldBe(live);
    }

    /// <summary>A node that has not seen the call dials somebody who had passed; that they had passed is known all the same (seed 200117 of the soak).</summary>
    [Fact]
    public void PassedByText_WhoPassedBeforeTheyWereDialledInVain_AreNotRungAgain()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash").Passes("ash");
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now);
        story.Happens(Tell(1, Dial(state, 1, "ash", story.Now), new ChainFact.Missed("CAash", "no-answer"))).Happens(Tell(2, state with { Dials = 1 }, new ChainFact.Promised(OwedBecause.Unanswered)))
            .OfficerHangsUp().AfterMinutes(4);
        story.Live.ShouldContain("cedar", customMessage: "the chase rings the last step");

        story.Rings("cedar").PicksUp("cedar").Takes("cedar").CallEnds("cedar").PassesByText("cedar");

        story.Rung.ShouldBe("birch");
    }

    /// <summary>Another node knows how the dial before the last one ended, and tells it when the officer waits in the usual way again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_BackWhileTheEndOfAnEarlierDialIsNotTold_GoesOnRinging(bool pickedUp)
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, DeskBook.Noon);
        var (first, second) = (Dial(state, 1, "ash", DeskBook.Noon), Dial(state, 2, "birch", DeskBook.Noon + Duration.FromSeconds(20)));
        story.Happens(Tell(0, first, new ChainFact.Dialled()));
        if (pickedUp)
        {
            story.Happens(Tell(10, first, new ChainFact.PickedUp("CAash")));
        }

        story.ElapseWithoutADecision(Duration.FromSeconds(22));
        story.Happens(Tell(21, second, new ChainFact.Missed("CAbirch", "busy"))).Happens(Tell(22, second with { Dial = null, Step = 1 }, new ChainFact.Returned()));

        story.Rung.ShouldBe("cedar");
        story.Happens(Tell(20, first, new ChainFact.Missed("CAash", "no-answer")));
        (story.Live, story.Records("page-expired", "ash")).ShouldBe(("cedar", true));
    }

    /// <summary>The clock of the node that led the officer onto the chain is ahead of the one of the node at which 1 was pressed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Decide_TakenBeforeTheChainBeganByItsClock_GoesOnTalking(long ahead)
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var began = DeskBook.Noon + Duration.FromSeconds(ahead);
        var dial = Dial(ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, began), 1, "ash", began);
        story.Happens(Tell(0, dial, new ChainFact.Taken("CAash")));

        story.Happens(Tell(0, dial, new ChainFact.PickedUp("CAash"))).Happens(Tell(0, dial, new ChainFact.Taken("CAash"))).Happens(Tell(ahead, dial with { Dials = 0, Dial = null }, new ChainFact.Began()));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Talking);
        story.AllEffects.OfType<Effect.MoveAdviser>().ShouldBeEmpty();
        story.Records("escalated").ShouldBeFalse();
    }

    /// <summary>The journal has once more what was told already; meanwhile the talk is over, and a coordinator passed it on.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Decide_ToldAgainAfterItWasPassedOn_LeavesItToThoseWhoAreRung(int which)
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var dial = Dial(ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, DeskBook.Noon), 1, "ash", DeskBook.Noon);
        EnquiryEvent.Chained[] told = [Tell(0, dial, new ChainFact.Dialled()), Tell(5, dial, new ChainFact.PickedUp("CAash")), Tell(8, dial, new ChainFact.Taken("CAash"))];
        Array.ForEach(told, fact => story.Happens(fact));
        story.OfficerHangsUp().Happens(new EnquiryEvent.PageHungUp(dial.PageOf(story.Enquiry), "CAash", "completed"));
        story.Happens(new EnquiryEvent.PassedOn("request-1", "the desk", new PassTarget.Adviser("birch"))).Live.ShouldBe("birch");

        story.Happens(told[which]);

        (story.Live, story.Enquiry.AcceptedBy).ShouldBe(("birch", null));
        story.Effects.ShouldBeEmpty();
    }

    /// <summary>The officer finished a message while the database was away: that leads nobody on, so those who are to be rung are rung.</summary>
    [Fact]
    public void Decide_AMessageWasLeftMeanwhile_StopsNobodyWhoIsToBeRung()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1").Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall));

        story.Happens(MessageLeft(story));

        (story.Live, story.Enquiry.Recording).ShouldBe(("ash birch", "REmessage"));
    }

    [Fact]
    public void Decide_AMessageWasLeftByTheTimeItIsTaken_LeavesItToTheOneWhoTookIt()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1").Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)).Rings("ash").PicksUp("ash").Takes("ash");

        story.Happens(MessageLeft(story));

        (story.Enquiry.AcceptedBy, story.Enquiry.Recording).ShouldBe(("ash", "REmessage"));
    }

    private static EnquiryEvent.Chained MessageLeft(DeskStory story) => new(
        ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now + Duration.FromSeconds(1)),
        new ChainFact.MessageLeft("REmessage", Duration.FromSeconds(20)), story.Now + Duration.FromSeconds(1));

    /// <summary>Twilio's REST API fails, works, and fails again within seconds, at nodes whose clocks differ.</summary>
    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    public void Of_AnotherChainOfTheSameLeg_ComesAfterTheOneBefore(long ahead)
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var first = Dial(ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, DeskBook.Noon), 1, "ash", DeskBook.Noon);
        story.Happens(Tell(0, first, new ChainFact.Missed("CAash", "busy"))).Happens(Tell(0, first with { Dial = null }, new ChainFact.Returned()));
        var again = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.RestFails, DeskBook.Noon + Duration.FromSeconds(ahead));

        again.Name.ShouldNotBe(first.Name);
        story.Happens(Tell(1, Dial(again, 1, "birch", DeskBook.Noon), new ChainFact.Taken("CAbirch"))).Enquiry.AcceptedBy.ShouldBe("birch");
    }

    private static ChainState Dial(ChainState state, int no, string adviser, Instant at) =>
        state with { Dials = no, Dial = new ChainDial(no, adviser, "named in the policy", 1, 0, DeskBook.Ring, at) };

    private static EnquiryEvent.Chained Tell(long second, ChainState state, ChainFact fact) => new(state, fact, DeskBook.Noon + Duration.FromSeconds(second));
}
