using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Numbers that are blocked or write too often: a key and a force first, and never dropped.</summary>
public sealed class DoubtedTextTests
{
    private const string Question = "4821: before an expert is asked, please reply with a number (1 extradition and arrest, 2 foreign records, 9 an immediate threat to life) and your force, for example: 1 Essex Police. If life is in danger, use your control room or 999.";

    [Fact]
    public void OpenByText_Blocked_AsksAndPagesNobody()
    {
        var story = Blocked();

        story.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.SendText>().Body.ShouldBe(Question);
        (story.Enquiry.State, story.Enquiry.Doubted).ShouldBe((EnquiryState.Menu, true));
        story.AfterMinutes(60).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void OfficerTexted_KeyAndForce_PagesAndGetsTheReceipt()
    {
        var story = Answers(Blocked(), "SM2", "9", "essex");

        story.TextPaged.ShouldBe("elm");
        story.Effects[^1].ShouldBeOfType<Effect.SendText>().Body.ShouldStartWith("Your enquiry is 4821.");
        (story.Enquiry.Doubted, story.Enquiry.SaidForce).ShouldBe((false, "essex"));
        story.AreTexted("elm").TakesByText("elm").Relayed.ShouldBe(["SMfirst elm", "SM2 elm"]);
    }

    [Fact]
    public void OfficerTexted_OneAfterTheOther_IsEnough()
    {
        var story = Answers(Blocked(), "SM2", "1", null);
        story.TextPaged.ShouldBeEmpty();
        Answers(story, "SM3", null, "essex").TextPaged.ShouldBe("ash birch");
    }

    [Fact]
    public void OfficerTexted_NoAnswer_IsAskedThriceToldToCallOnceAndClosedAfterADayWithWord()
    {
        var story = Blocked();
        foreach (var message in new[] { "SM2", "SM3", "SM4", "SM5" })
        {
            Answers(story, message, null, null);
        }

        story.WantsCall().Rung.ShouldBeEmpty();
        story.AllEffects.OfType<Effect.SendText>().Count().ShouldBe(4);
        story.AllEffects.OfType<Effect.SendText>().Last().Body.ShouldStartWith("4821: we could not read your desk and force. Please call +442079460101,");
        story.Enquiry.Words.Count.ShouldBe(6);
        story.After(Escalator.TalkByTextLasts).Effects.OfType<Effect.SendText>().ShouldAllBe(text => text.Body.StartsWith("4821 is closed: a text from a blocked number", StringComparison.Ordinal));
        story.Effects.Count.ShouldBe(story.Roster.Coordinators(null).Count);
        story.Effects.ShouldNotBeEmpty();
        (story.Enquiry.State, story.Enquiry.EndedAt).ShouldBe((EnquiryState.Closed, story.Now));
    }

    [Fact]
    public void OpenByText_BlockedAndNoForceIsListed_AsksForAKeyAlone()
    {
        var story = DeskStory.Text(new DeskBook { BlocksOfficer = true, ListsForces = false, Menu = DeskBook.TwoDesks });
        story.Effects.OfType<Effect.SendText>().Single().Body.ShouldContain("threat to life). If");
        Answers(story, "SM2", "2", null).TextPaged.ShouldBe("dogwood");
    }

    [Fact]
    public void OfficerCalledAgain_InDoubt_IsAskedOnTheLine()
    {
        var story = Blocked().CallsAgain();

        story.Enquiry.Stage.ShouldBe(new Stage.Menu(1, story.Now + Escalator.LongestMenu));
        story.Rung.ShouldBeEmpty();
        Answers(story, "SM2", "1", "essex").Effects.ShouldBeEmpty("it is asked for on the line");
    }

    [Fact]
    public void OfficerTexted_InDoubtAfterACallThatLedNowhere_IsPagedAllTheSame()
    {
        var story = Blocked().CallsAgain().OfficerHangsUp();

        Answers(story, "SM2", "1", null).TextPaged.ShouldBeEmpty();
        Answers(story, "SM3", null, "essex").TextPaged.ShouldBe("ash birch");
        story.Effects[^1].ShouldBeOfType<Effect.SendText>().Body.ShouldStartWith("Your enquiry is 4821.");
        story.Enquiry.Doubted.ShouldBeFalse();
    }

    [Fact]
    public void OfficerTexted_InDoubtAskedToBeCalled_IsCalledOnceTheAnswerCame()
    {
        var story = Blocked().WantsCall();
        story.Rung.ShouldBeEmpty();

        Answers(story, "SM2", "1", "essex").Rung.ShouldBe("ash birch");
        story.Effects[^1].ShouldBeOfType<Effect.SendText>().Body.ShouldContain("An expert will call you");
        story.TalksTo("ash");
        story.AllEffects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.TextingOfficer);
    }

    private static DeskStory Blocked() => DeskStory.Text(new DeskBook { BlocksOfficer = true, Menu = DeskBook.TwoDesks });

    private static DeskStory Answers(DeskStory story, string message, string? key, string? force) =>
        story.Happens(new EnquiryEvent.OfficerTexted(message, 10, false, key, force));
}
