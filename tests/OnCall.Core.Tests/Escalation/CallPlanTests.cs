using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>What a call would do, by the code that serves the calls.</summary>
public sealed class CallPlanTests
{
    [Fact]
    public void Of_TwoSteps_NamesWhoIsRungWhenAndWhy()
    {
        var plan = Plan(new DeskBook());
        Told(plan).ShouldBe(["1.1 after 0 s: ash birch", "1.2 after 25 s: cedar"]);
        plan.Steps[1].Advisers[0].Source.ShouldBe("named in the policy");
        (plan.Desk, plan.Ends, plan.Then).ShouldBe(("extradition", Duration.FromSeconds(50), AfterRounds.Callback));
    }

    [Fact]
    public void Of_AStepWithNobody_IsShownAndTakesNoTime() =>
        Told(Plan(new DeskBook { Steps = ["", "cedar"], Rounds = 2 })).ShouldBe(
            ["1.1 after 0 s: ", "1.2 after 0 s: cedar", "2.1 after 25 s: ", "2.2 after 25 s: cedar"]);

    [Fact]
    public void Of_NobodyAtAll_EndsAtOnce()
    {
        var plan = Plan(new DeskBook { Steps = [""] });
        Told(plan).ShouldBe(["1.1 after 0 s: "]);
        plan.Ends.ShouldBe(Duration.Zero);
    }

    [Fact]
    public void Of_MoreRoundsThanTheHoldLasts_EndsWithTheHold()
    {
        var plan = Plan(new DeskBook { Steps = ["ash"], Rounds = 100 });
        plan.Ends.ShouldBe(Escalator.LongestHold);
        plan.Steps.Count.ShouldBe(36);
    }

    [Fact]
    public void Of_KeyOfTheMenu_ChoosesDeskAndPriority()
    {
        var book = new DeskBook { Menu = DeskBook.TwoDesks };
        Plan(book, "2").Desk.ShouldBe("records");
        Plan(book, "9").Priority.ShouldBe(Priority.Urgent);
        Plan(book, "7").Desk.ShouldBe("extradition", "a wrong key twice is the default desk");
    }

    [Fact]
    public void Of_VoicemailPolicy_OffersAMessage() => Plan(new DeskBook { Then = AfterRounds.Voicemail }).Then.ShouldBe(AfterRounds.Voicemail);

    private static CallPlan Plan(DeskBook book, string? key = null)
    {
        var built = book.Build();
        return CallPlan.Of(built, built.Content.Lines[0], key, DeskBook.Noon);
    }

    private static IEnumerable<string> Told(CallPlan plan) => plan.Steps.Select(step =>
        $"{step.Round}.{step.Step} after {step.After.TotalSeconds} s: {string.Join(' ', step.Advisers.Select(candidate => candidate.Adviser.Id))}");
}
