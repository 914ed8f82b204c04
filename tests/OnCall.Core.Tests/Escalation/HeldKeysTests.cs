using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>The officer, held, asks to be called back, or leaves a message.</summary>
public sealed class HeldKeysTests
{
    [Fact]
    public void Star_NumberShown_KeepsTheRequestWhenTheOfficerHangsUp()
    {
        var story = Asked();
        story.Records("callback-requested").ShouldBeTrue();
        story.OfficerHangsUp();
        story.Enquiry.State.ShouldBe(EnquiryState.Callback);
        story.Live.ShouldBe("ash birch", "the phones ring on");
        story.Texted.ShouldBeEmpty();
    }

    [Fact]
    public void Star_TakenAfterHangingUp_CallsTheOfficerBack() =>
        Asked().OfficerHangsUp().PicksUp("ash").Takes("ash").Effects.ShouldContain(new Effect.CallBack(DeskBook.Officer, DeskBook.Line));

    [Fact]
    public void Star_TakenWhileTheOfficerIsStillThere_Connects() =>
        Asked().PicksUp("ash").Takes("ash").Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));

    [Fact]
    public void Star_NobodyInAllRounds_IsChased()
    {
        var story = Situations.All["asked to be called back, all rounds through"]();
        story.Enquiry.State.ShouldBe(EnquiryState.Callback);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        story.AfterMinutes(2).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void NumberKeyedIn_Taken_IsTheOneThatIsCalledAndTexted()
    {
        var story = Asked().GivesNumber().OfficerHangsUp().PicksUp("ash").Takes("ash");
        story.Effects.ShouldContain(new Effect.CallBack(DeskBook.OtherPhone, DeskBook.Line));
        story.TextTo("ash").ShouldContain(DeskBook.OtherPhone.Value);
    }

    [Fact]
    public void Star_NumberWithheld_HoldsUntilANumberIsGiven()
    {
        var story = DeskStory.Call(new DeskBook(), withheld: true).Rings("ash", "birch").AsksForACallBack();
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.GivesNumber().OfficerHangsUp().PicksUp("ash").Takes("ash").Effects.ShouldContain(new Effect.CallBack(DeskBook.OtherPhone, DeskBook.Line));
    }

    [Fact]
    public void Star_NumberOutOfReach_HoldsUntilAnotherIsGiven()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.OutOfReach).Rings("ash", "birch").AsksForACallBack();
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        OfficerFlow.AfterHoldKey(story.Enquiry, "*", story.Roster).ShouldHaveSingleItem().ShouldBeOfType<CallStep.AskNumber>();
        story.GivesNumber().OfficerHangsUp().PicksUp("ash").Takes("ash").Effects.ShouldContain(new Effect.CallBack(DeskBook.OtherPhone, DeskBook.Line));
    }

    [Fact]
    public void Star_WordOfTheHangingUpComesAfterItIsTaken_CallsTheOfficerBack()
    {
        var story = Asked().PicksUp("ash").Takes("ash").OfficerHangsUp();
        story.Effects.ShouldBe([new Effect.CallBack(DeskBook.Officer, DeskBook.Line), new Effect.MoveAdviser(story.CallOf("ash"), story.PageOf("ash").Id)], ignoreOrder: true);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
    }

    [Fact]
    public void Message_WordOfTheHangingUpComesAfterItIsTaken_IsHeardByTheAdviser()
    {
        var story = Asked().Happens(new EnquiryEvent.HoldsAgain(DeskStory.OfficersCall)).Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)).Happens(new EnquiryEvent.MessageLeft(DeskStory.OfficersCall, "REmessage", NodaTime.Duration.FromSeconds(8))).PicksUp("ash").Takes("ash").OfficerHangsUp();
        story.Effects.ShouldBe([new Effect.MoveAdviser(story.CallOf("ash"), story.PageOf("ash").Id)]);
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.HearingMessage);
    }

    [Fact]
    public void Star_CalledBackAndHangsUpBeforeTheTwoAreConnected_IsNotRungAgain()
    {
        var story = Asked().OfficerHangsUp().PicksUp("ash").Takes("ash").Happens(new EnquiryEvent.OfficerBack("CAback"));
        story.OfficerHangsUp().Effects.ShouldNotContain(effect => effect is Effect.CallBack);
    }

    [Fact]
    public void HoldsAgain_AskedToBeCalledBack_IsAbandonedWhenTheOfficerHangsUp()
    {
        var story = Asked().Happens(new EnquiryEvent.HoldsAgain(DeskStory.OfficersCall));
        story.Enquiry.State.ShouldBe(EnquiryState.Paging);
        story.OfficerHangsUp().Enquiry.State.ShouldBe(EnquiryState.Abandoned);
    }

    [Fact]
    public void Hash_MessageLeft_GoesOnRingingAndIsHeardByWhoeverTakesIt()
    {
        var story = Situations.All["a message instead of holding was left"]();
        story.Enquiry.State.ShouldBe(EnquiryState.Voicemail);
        story.Live.ShouldBe("ash birch");
        story.OfficerHangsUp().PicksUp("ash").Takes("ash").Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.HearingMessage);
    }

    /// <summary>The keys do at any time what was said of them; and who says nothing then has asked to be called back still.</summary>
    [Fact]
    public void Hash_WhileTheNumberIsReadBack_IsToLeaveAMessageAndKeepsTheRequest()
    {
        var story = Asked().Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall));
        story.Enquiry.Stage.ShouldBeOfType<Stage.Paging>().Wish.ShouldBe(OfficerWish.ToLeaveMessage);

        story.Happens(new EnquiryEvent.HoldsAgain(DeskStory.OfficersCall)).OfficerHangsUp().Enquiry.State.ShouldBe(EnquiryState.Unanswered);
    }

    [Fact]
    public void Hash_TakenWhileItIsRecorded_Connects() =>
        Situations.All["held, about to leave a message"]().PicksUp("ash").Takes("ash").Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));

    [Fact]
    public void Hash_RoundsEndWhileItIsRecorded_LeavesTheOfficerAtIt()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"] }).Rings("ash").Happens(new EnquiryEvent.MessageAsked(DeskStory.OfficersCall)).AfterSeconds(25);
        story.Effects.OfType<Effect.MoveOfficer>().ShouldBeEmpty();
        story.Happens(Situations.Message()).Enquiry.State.ShouldBe(EnquiryState.Voicemail);
    }

    /// <summary>The word of the message comes after the key: nobody knows yet that there is one.</summary>
    [Fact]
    public void Hash_TakenAndTheOfficerHasRungOff_IsCalledBack()
    {
        var story = Situations.All["held, about to leave a message"]().PicksUp("ash").Takes("ash").OfficerHangsUp();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.CallingBack);
        story.Effects.ShouldContain(effect => effect is Effect.CallBack);
    }

    private static DeskStory Asked() => DeskStory.Call(new DeskBook()).Rings("ash", "birch").AsksForACallBack();
}
