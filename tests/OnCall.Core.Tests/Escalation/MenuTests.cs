using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

public sealed class MenuTests
{
    [Fact]
    public void Open_LineWithAMenu_AsksAndRingsNobody()
    {
        var story = Menu();
        story.Enquiry.Stage.ShouldBeOfType<Stage.Menu>().Ask.ShouldBe(1);
        story.Effects.ShouldBeEmpty();
        story.Records("received").ShouldBeTrue();
    }

    [Fact]
    public void Open_LineWithOneDesk_RingsAtOnce()
    {
        var story = DeskStory.Call(new DeskBook());
        story.Enquiry.Desk.ShouldBe(DeskBook.Extradition);
        story.Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void Open_MenuThatLeadsToOneDeskOnly_RingsAtOnce() =>
        DeskStory.Call(new DeskBook { Menu = [DeskBook.TwoDesks[0]] }).Rung.ShouldBe("ash birch");

    [Fact]
    public void Open_OneDeskWithAnUrgentKey_Asks() =>
        DeskStory.Call(new DeskBook { Menu = [DeskBook.TwoDesks[0], DeskBook.TwoDesks[2]] }).Enquiry.State.ShouldBe(EnquiryState.Menu);

    [Fact]
    public void Open_BookWithoutAnything_OwesACallBack()
    {
        var opened = Escalator.Open(Guid.Empty, "4821", DeskBook.Line, DeskBook.Officer, "CA1", new Roster(RotaBook.Empty), DeskBook.Noon).Next;
        opened.State.ShouldBe(EnquiryState.Unanswered);
        opened.Deadline.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1", DeskBook.Extradition, "ash birch", Priority.Routine)]
    [InlineData("2", DeskBook.Records, "dogwood", Priority.Routine)]
    [InlineData("9", DeskBook.Extradition, "elm", Priority.Urgent)]
    [InlineData(null, DeskBook.Extradition, "ash birch", Priority.Routine)]
    public void MenuAnswered_AKey_LeadsToItsDesk(string? key, string desk, string rung, Priority priority)
    {
        var story = Menu().OfficerPresses(key);
        story.Enquiry.Desk.ShouldBe(desk);
        story.Enquiry.Priority.ShouldBe(priority);
        story.Rung.ShouldBe(rung);
        story.Records("desk-chosen").ShouldBeTrue();
    }

    [Fact]
    public void MenuAnswered_WrongKeyOnce_AsksOnceMore()
    {
        var story = Menu().AfterSeconds(30).OfficerPresses("7");
        story.Enquiry.Stage.ShouldBe(new Stage.Menu(2, story.Now + Escalator.LongestMenu));
        story.OfficerPresses("2").Rung.ShouldBe("dogwood");
    }

    [Fact]
    public void MenuAnswered_WrongKeyTwice_LeadsToTheDefaultDesk() => Menu().OfficerPresses("7").OfficerPresses("8").Rung.ShouldBe("ash birch");

    [Fact]
    public void MenuAnswered_FirstHearingAnsweredAgain_ChangesNothing()
    {
        var story = Menu().OfficerPresses("7");
        story.Happens(new EnquiryEvent.MenuAnswered(DeskStory.OfficersCall, 1, "2"));
        story.Enquiry.Stage.ShouldBeOfType<Stage.Menu>().Ask.ShouldBe(2);
        story.Effects.ShouldBeEmpty();
    }

    [Fact]
    public void TimePassed_AnswerOfTheMenuLost_LeadsToTheDefaultDesk()
    {
        var story = Menu().After(Escalator.LongestMenu);
        story.Rung.ShouldBe("ash birch");
        story.Enquiry.Desk.ShouldBe(DeskBook.Extradition);
    }

    [Fact]
    public void OfficerHungUp_InTheMenu_TellsThoseOfTheFirstStep()
    {
        var story = Menu().OfficerHangsUp();
        story.Enquiry.State.ShouldBe(EnquiryState.Abandoned);
        story.Rung.ShouldBeEmpty();
        story.Texted.ShouldBe("ash birch");
    }

    private static DeskStory Menu() => DeskStory.Call(new DeskBook { Menu = DeskBook.TwoDesks });
}
