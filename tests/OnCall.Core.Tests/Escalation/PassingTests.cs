using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

public sealed class PassingTests
{
    private static readonly PassTarget Records = new PassTarget.Desk(DeskBook.Records);

    [Fact]
    public void PassedOn_WhileTheOfficerHolds_RingsTheOtherDeskAndNobodyElse()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("birch");
        var heldUntil = ((Stage.Paging)story.Enquiry.Stage).HeldUntil;

        story.AfterSeconds(5).Happens(Situations.PassTo(Records));

        story.Rung.ShouldBe("dogwood");
        story.HungUp.ShouldBe([story.Effects.OfType<Effect.HangUp>().Single().CallSid]);
        story.Effects.OfType<Effect.MoveAdviser>().ShouldHaveSingleItem();
        story.Enquiry.Desk.ShouldBe(DeskBook.Records);
        ((Stage.Paging)story.Enquiry.Stage).HeldUntil.ShouldBe(heldUntil, "the officer does not wait longer for it");
        story.Timeline.Last(entry => entry.Event == "passed").Detail.ShouldBe("to Foreign records, by p.lane");
    }

    [Fact]
    public void PassedOn_ToOneAdviser_RingsThatOneThenTheStepsFromTheFirst()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").Happens(Situations.PassTo(new PassTarget.Adviser("fir")));
        story.Rung.ShouldBe("fir");

        story.Rings("fir").CallEnds("fir", "busy");

        story.Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void PassedOn_ToOneWhoHadPassed_RingsThatOneAfterAll()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").Passes("ash").Happens(Situations.PassTo(new PassTarget.Adviser("ash")));

        story.Live.ShouldBe("ash");
    }

    [Fact]
    public void PassedOn_AfterTheTalk_LeavesItsAdviserAndCallsTheOfficerBack()
    {
        var story = DeskStory.Call(new DeskBook()).TalksTo("ash").OfficerHangsUp().CallEnds("ash").Happens(Situations.PassTo(Records));

        story.Enquiry.AcceptedBy.ShouldBeNull();
        story.Enquiry.State.ShouldBe(EnquiryState.Callback);
        story.Rung.ShouldBe("dogwood");
        story.TextTo("ash").ShouldBe("4821 was passed on to Foreign records. Nothing more for you to do.");
        story.PicksUp("dogwood").Takes("dogwood").Effects.OfType<Effect.CallBack>().Single().To.ShouldBe(DeskBook.Officer);
    }

    [Fact]
    public void PassedOn_WhenNobodyTookIt_IsPagedFromTheFirstStepAndChasedAgain()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25).OfficerHangsUp();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();

        story.Happens(Situations.PassTo(Records)).Rings("dogwood").AfterSeconds(25);

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.CallBackWanted);
        story.AfterMinutes(2).Live.ShouldBe("dogwood");
    }

    [Fact]
    public void PassedOn_ToADeskOfATextThatNobodyTook_GoesOnByText()
    {
        var story = Situations.All["unanswered, by text"]().Happens(Situations.PassTo(Records));

        (story.TextPaged, story.Rung).ShouldBe(("dogwood", ""));
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        ((Stage.Paging)story.Enquiry.Stage).HeldUntil.ShouldBe(story.Now + Escalator.LongestRounds);
    }

    [Fact]
    public void PassedOn_ToOneAdviserOfAText_TextsThatOneThenTheSteps()
    {
        var story = Situations.All["texted, one was reached and one was not"]().Happens(Situations.PassTo(new PassTarget.Adviser("fir")));
        (story.TextPaged, story.Rung).ShouldBe(("fir", ""));

        story.AreTexted("fir").AfterMinutes(1);

        (story.TextPaged, story.Rung).ShouldBe(("ash birch", "fir"), "who was texted before is called by now");
    }

    [Fact]
    public void OfficerCalls_WhileOneChosenByNameIsTexted_RingsThatOne()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash").Happens(Situations.PassTo(new PassTarget.Adviser("fir"))).AreTexted("fir").CallsAgain();
        story.Rung.ShouldBe("fir");

        story.Rings("fir").AfterSeconds(25).Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void PassedOn_ToOneAdviserOfATextWhoseOfficerIsOwedACall_RingsThatOne()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash").CallsAgain().Happens(new EnquiryEvent.CallBackAsked("CAagain")).OfficerHangsUp().AfterMinutes(61);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.CallBackWanted);

        story.Happens(Situations.PassTo(new PassTarget.Adviser("fir")));

        (story.Rung, story.Enquiry.State).ShouldBe(("fir", EnquiryState.Callback));
        story.Rings("fir").PicksUp("fir").Takes("fir").Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem();
    }

    [Fact]
    public void PassedByText_ToAnotherDeskByOneWhoHasPassed_AsksThatDesk()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").PassesByText("ash").Happens(new EnquiryEvent.PassedByText("ash", "SMlater", DeskBook.Records));

        (story.TextPaged, story.Enquiry.Desk).ShouldBe(("dogwood", DeskBook.Records));
        story.Timeline.Count(entry => entry.Event == "page-declined").ShouldBe(1);
    }

    [Fact]
    public void PassedByText_ToAnotherDeskByOneWhoIsAsked_AsksThatDesk()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").PassesByText("ash", DeskBook.Records);

        (story.TextPaged, story.Enquiry.Desk).ShouldBe(("dogwood", DeskBook.Records));
        (story.Records("page-declined", "ash"), story.Records("passed", "ash")).ShouldBe((true, true));
    }

    [Fact]
    public void PassedByText_ToItsOwnDeskByOneWhoIsAsked_DeclinesAlone()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").PassesByText("ash", DeskBook.Extradition);

        (story.Live, story.Records("page-declined", "ash"), story.Records("passed", "ash")).ShouldBe(("birch", true, false));
    }

    [Theory]
    [InlineData("in the menu")]
    [InlineData("taken, joining")]
    [InlineData("taken, talking")]
    [InlineData("taken in the chase, the call back rings")]
    [InlineData("closed")]
    public void PassedOn_WhereItCannotBe_ChangesNothing(string row)
    {
        var story = Situations.All[row]();
        var before = story.Enquiry;

        story.Happens(Situations.PassTo(Records, "late"));

        story.Enquiry.ShouldBe(before);
        Escalator.MayBePassed(before).ShouldBeFalse();
    }

    /// <summary>The call is rung to connect the two; the prompt says that 2 passes.</summary>
    [Fact]
    public void Passes_ByTheKeyOfTheCallThatConnects_HandsItOver()
    {
        var story = Situations.All["taken by text, the adviser hears the prompt"]().Passes("ash");
        story.Enquiry.Stage.ShouldBeOfType<Stage.Paging>().Wish.ShouldBe(OfficerWish.ToBeCalledBack);
        (story.Enquiry.AcceptedBy, story.Rung, story.Records("passed", "ash")).ShouldBe((null, "birch", true));
    }

    [Fact]
    public void NoteWritten_Twice_StandsInTheRecordOnce()
    {
        var note = new EnquiryEvent.NoteWritten("a wish", "p.lane", "the officer will ring again");
        var story = DeskStory.Call(new DeskBook()).Happens(note).After(Duration.FromSeconds(1)).Happens(note);

        story.Timeline.Count(entry => entry.Event == "note").ShouldBe(1);
        story.Timeline.Last(entry => entry.Event == "note").Detail.ShouldBe("the officer will ring again");
    }
}
