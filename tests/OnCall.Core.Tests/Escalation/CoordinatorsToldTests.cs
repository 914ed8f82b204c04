using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>What nobody has is told to those who look after the desk, again and again, and at once where nobody can be paged.</summary>
public sealed class CoordinatorsToldTests
{
    private const string NobodyIsThere = "4821 (Extradition and arrest): nobody who could be asked is on duty, and an officer waits. Please find somebody, or pass it on.";

    /// <summary>A rota with somebody on duty every other day.</summary>
    private static readonly DeskBook DayOnly = new() { Steps = ["rota:days"], Rotas = new Dictionary<string, string[]> { ["days"] = ["ash", ""] } };

    private static readonly DeskBook Empty = new() { Steps = ["rota:unknown"] };

    [Fact]
    public void AnHourLater_NobodyHasIt_TextsTheDesksCoordinators()
    {
        var story = Owed();
        ToldBy(story.After(Duration.FromMinutes(59))).ShouldBeEmpty();
        var texts = story.After(Duration.FromMinutes(2)).Effects.OfType<Effect.SendText>().Where(text => text.Adviser is null).ToList();
        texts.Select(text => text.To).ShouldBe([DeskBook.CoordinatorOfAll, DeskBook.CoordinatorOfExtradition]);
        texts.ShouldAllBe(text => text.Body == "4821 (Extradition and arrest): nobody has this enquiry, which came in an hour ago. Please see to it.");
    }

    [Fact]
    public void ADayLong_NobodyHasIt_TextsAgainTheRarerTheOlderAndEveryFourHoursInTheEnd() =>
        HoursToldOf(Owed(), 23).ShouldBe([1, 2, 4, 8, 12, 16, 20]);

    [Fact]
    public void AllRoundsThrough_NobodyIsOnDuty_TextsTheCoordinatorsAtOnce()
    {
        var story = DeskStory.Call(Empty);
        ToldBy(story).ShouldBe([NobodyIsThere]);
        HoursToldOf(story, 23).ShouldBe([1, 2, 4, 8, 12, 16, 20]);
    }

    [Fact]
    public void AllRoundsThrough_ByTextAndNobodyIsOnDuty_TextsTheCoordinatorsAtOnce() => ToldBy(DeskStory.Text(Empty)).ShouldBe([NobodyIsThere]);

    [Fact]
    public void Chase_TheDutyEnds_TextsTheCoordinatorsAtOnce()
    {
        var story = DeskStory.Call(DayOnly, at: DeskBook.Noon + Duration.FromHours(24) - Duration.FromMinutes(30)).Rings("ash").AfterSeconds(25).OfficerHangsUp();
        ToldBy(story.AfterMinutes(30)).ShouldBeEmpty();
        ToldBy(story.AfterMinutes(10)).ShouldBe([NobodyIsThere]);
        ToldBy(story.AfterMinutes(55)).ShouldBeEmpty("the next word comes after an hour");
        ToldBy(story.AfterMinutes(5)).ShouldBe([NobodyIsThere]);
    }

    [Fact]
    public void Chase_SomebodyComesOnDutyAndGoesAgain_TextsTheCoordinatorsAtOnceEachTime()
    {
        var story = DeskStory.Call(DayOnly, at: DeskBook.Noon + Duration.FromHours(47));
        ToldBy(story).ShouldBe([NobodyIsThere]);
        story.After(Duration.FromHours(24));
        ToldBy(story.AfterMinutes(75)).ShouldBe([NobodyIsThere]);
    }

    [Fact]
    public void Chase_TheOnlyOneHearsThePrompt_TellsNobody()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"] }).Rings("ash").AfterSeconds(25).OfficerHangsUp().AfterMinutes(2).Rings("ash").PicksUp("ash");
        ToldBy(story.Happens(new EnquiryEvent.TimePassed())).ShouldBeEmpty();
    }

    [Fact]
    public void PassedOn_NobodyIsOnDutyThereEither_TextsTheCoordinatorsAgain()
    {
        var story = DeskStory.Call(Empty).AfterMinutes(20);
        ToldBy(story).ShouldBeEmpty();
        ToldBy(story.Happens(PassedOn)).ShouldBe([NobodyIsThere]);
    }

    [Fact]
    public void PassedOn_AMomentAfterTheyWereTold_TextsTheCoordinatorsAQuarterOfAnHourAfterTheFirstTime()
    {
        var story = DeskStory.Call(Empty).AfterMinutes(3);
        ToldBy(story.Happens(PassedOn)).ShouldBeEmpty();
        ToldBy(story.AfterMinutes(11)).ShouldBeEmpty();
        ToldBy(story.AfterMinutes(2)).ShouldBe([NobodyIsThere]);
    }

    [Fact]
    public void AnHourLater_Abandoned_TellsTheCoordinatorsOnce() => HoursToldOf(DeskStory.Call(new DeskBook()).OfficerHangsUp(), 24).ShouldBe([1]);

    [Fact]
    public void AnHourLater_SomebodyHasIt_TellsNobody() =>
        Owed().AfterMinutes(2).Happens(new EnquiryEvent.TakenByText("cedar")).After(Duration.FromHours(2)).Effects.OfType<Effect.SendText>().ShouldBeEmpty();

    private static EnquiryEvent.PassedOn PassedOn => new("wish", "p.lane", new PassTarget.Desk(DeskBook.Extradition));

    private static DeskStory Owed() => DeskStory.Call(new DeskBook()).Rings("ash", "birch").AfterSeconds(25).Rings("cedar").AfterSeconds(25).OfficerHangsUp();

    /// <summary>What the first of them was texted by the last sentence.</summary>
    private static List<string> ToldBy(DeskStory story) =>
        [.. story.Effects.OfType<Effect.SendText>().Where(text => text.To == DeskBook.CoordinatorOfAll).Select(text => text.Body)];

    /// <summary>After how many hours the coordinators are texted, to the nearest.</summary>
    private static List<int> HoursToldOf(DeskStory story, int hours)
    {
        List<int> told = [];
        var begun = story.Now;
        while (story.Now - begun < Duration.FromHours(hours))
        {
            told.AddRange(ToldBy(story.AfterMinutes(1)).Select(_ => (int)Math.Round((story.Now - begun).TotalHours)));
        }

        return told;
    }
}
