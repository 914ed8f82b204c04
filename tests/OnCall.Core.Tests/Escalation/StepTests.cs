using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Who is rung, in what order, and for how long.</summary>
public sealed class StepTests
{
    [Fact]
    public void Step_Begun_RingsEverybodyInItTogetherFromTheLine()
    {
        var calls = DeskStory.Call(new DeskBook()).Effects.OfType<Effect.PlaceCall>().ToList();
        calls.Select(call => call.To).ShouldBe([DeskBook.Phone("ash"), DeskBook.Phone("birch")]);
        calls.ShouldAllBe(call => call.From == DeskBook.Line && call.Ring == DeskBook.Ring);
    }

    [Fact]
    public void Step_NobodyPicksUp_NextRingsWhenTheLastPhoneHasRungOut()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").AfterSeconds(5).Rings("birch");
        story.AfterSeconds(24).Rung.ShouldBeEmpty();
        story.AfterSeconds(1).Rung.ShouldBe("cedar");
        story.Live.ShouldBe("cedar");
        story.HungUp.ShouldBe([story.CallOf("birch")]);
    }

    [Fact]
    public void Step_CallNotYetTakenByTwilio_WaitsForIt()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").AfterMinutes(2);
        story.Live.ShouldBe("birch");
        story.Rings("birch").AfterSeconds(25).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void Step_AllHavePassed_NextRingsAtOnce()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash", "birch").Passes("ash");
        story.Rung.ShouldBeEmpty();
        story.Passes("birch").Rung.ShouldBe("cedar");
        story.Records("page-declined", "ash").ShouldBeTrue();
    }

    [Theory]
    [InlineData("busy", "page-failed")]
    [InlineData("failed", "page-failed")]
    [InlineData("no-answer", "page-expired")]
    [InlineData("canceled", "page-expired")]
    public void Step_TheOnlyCallEnds_NextRingsAtOnce(string status, string recorded)
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash", "cedar"] }).Rings("ash").CallEnds("ash", status);
        story.Rung.ShouldBe("cedar");
        story.Records(recorded, "ash").ShouldBeTrue();
    }

    [Fact]
    public void Step_TwilioRefusesAll_NextRingsAtOnce()
    {
        var story = DeskStory.Call(new DeskBook()).IsRefused("ash");
        story.Rung.ShouldBeEmpty();
        story.IsRefused("birch").Rung.ShouldBe("cedar");
    }

    [Fact]
    public void Step_Empty_TakesNoTime() =>
        DeskStory.Call(new DeskBook { Steps = ["rota:nobody", "rota:unknown", "cedar"], Rotas = new Dictionary<string, string[]> { ["nobody"] = [""] } })
            .Rung.ShouldBe("cedar");

    [Fact]
    public void Step_OfARota_RingsThoseOnDutyWhenItBegins()
    {
        var book = new DeskBook { Steps = ["rota:first", "rota:first"], Rotas = new Dictionary<string, string[]> { ["first"] = ["ash", "birch+cedar"] } };
        var story = DeskStory.Call(book, at: DeskBook.Noon + Duration.FromHours(24) - Duration.FromSeconds(10));
        story.Rung.ShouldBe("ash");
        story.Enquiry.Pages[0].Source.ShouldBe("rota first rota, layer days");

        // The hand-over is at noon, while ash is rung; the step that is under way keeps its plan, the next one rings those who are on duty by then.
        story.Rings("ash").AfterSeconds(25).Rung.ShouldBe("birch cedar");
    }

    [Fact]
    public void Step_NamesOneTwice_RingsOnce() =>
        DeskStory.Call(new DeskBook { Steps = ["ash rota:first ash"], Rotas = new Dictionary<string, string[]> { ["first"] = ["ash+birch"] } })
            .Rung.ShouldBe("ash birch");

    [Fact]
    public void Step_NamesOneWhoIsAway_RingsTheOthers() => DeskStory.Call(new DeskBook { Away = ["ash"] }).Rung.ShouldBe("birch");

    [Fact]
    public void Step_OnlyThoseAway_RingsThemAllTheSame() => DeskStory.Call(new DeskBook { Away = ["ash", "birch"] }).Rung.ShouldBe("ash birch");

    [Fact]
    public void Step_AbsentAdviserOnDutyByAnOverride_IsRungWithTheOthers()
    {
        var book = new DeskBook { Steps = ["rota:first"], Rotas = new Dictionary<string, string[]> { ["first"] = ["birch"] }, Away = ["ash"], Added = ["ash"] };
        DeskStory.Call(book).Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void Step_ForceContact_RingsTheContactOfTheCallersForce()
    {
        var book = new DeskBook { Steps = ["force-contact", "cedar"], ForceContact = "fir" };
        DeskStory.Call(book).Rung.ShouldBe("fir");
        DeskStory.Call(book, from: DeskBook.UnknownOfficer).Rung.ShouldBe("cedar");
        DeskStory.Call(book, withheld: true).Rung.ShouldBe("cedar");
    }

    [Fact]
    public void Rounds_Two_GoThroughTheListTwiceWithoutThoseWhoPassed()
    {
        var story = DeskStory.Call(new DeskBook { Rounds = 2 }).Rings("ash", "birch").Passes("ash").AfterSeconds(25);
        story.Rung.ShouldBe("cedar");
        story.Rings("cedar").AfterSeconds(25).Rung.ShouldBe("birch");
        story.Rings("birch").AfterSeconds(25).Rung.ShouldBe("cedar");
        story.Rings("cedar").AfterSeconds(25).Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.Enquiry.Attempts.ShouldBe(4);
    }

    [Fact]
    public void Rounds_EverybodyPassed_EndAtOnce() =>
        DeskStory.Call(new DeskBook { Steps = ["ash"], Rounds = 100 }).Passes("ash").Enquiry.State.ShouldBe(EnquiryState.Unanswered);

    [Fact]
    public void Policy_Empty_OwesACallBackAtOnce()
    {
        var story = DeskStory.Call(new DeskBook { Steps = [] });
        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.Enquiry.Deadline.ShouldBe(story.Now + Duration.FromMinutes(2));
    }

    [Fact]
    public void Hold_FifteenMinutes_EndsAsAfterAllRounds()
    {
        var story = DeskStory.Call(new DeskBook { Steps = ["ash"], Rounds = 100 });
        for (var rung = 0; story.Enquiry.Stage is Stage.Paging && rung < 100; rung++)
        {
            story.Rings("ash").AfterSeconds(25);
        }

        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        (story.Now - story.Enquiry.OpenedAt).ShouldBe(Escalator.LongestHold);
        story.Live.ShouldBeEmpty();
        story.Effects.ShouldContain(new Effect.MoveOfficer(DeskStory.OfficersCall));
    }
}
