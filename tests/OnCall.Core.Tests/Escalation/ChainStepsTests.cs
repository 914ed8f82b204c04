using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

public sealed class ChainStepsTests
{
    [Fact]
    public void Next_StepByStep_DialsOneAfterAnother() => Walk(new DeskBook { Rounds = 2 }).ShouldBe("ash birch cedar ash birch cedar");

    [Fact]
    public void Next_OnePassed_LeavesThemOut() => Walk(new DeskBook { Rounds = 2 }, passed: ["birch"]).ShouldBe("ash cedar ash cedar");

    [Fact]
    public void Next_OneAway_LeavesThemOut() => Walk(new DeskBook { Away = ["ash"] }).ShouldBe("birch cedar");

    [Fact]
    public void Next_OneMayNotBeCalled_LeavesThemOut() => Walk(new DeskBook(), mayNot: DeskBook.Phone("ash")).ShouldBe("birch cedar");

    [Fact]
    public void Next_NobodyInAStep_TakesTheNext() => Walk(new DeskBook { Steps = ["", "rota:nobody", "cedar"] }).ShouldBe("cedar");

    [Fact]
    public void Next_AfterATalk_DialsTheSameFirst() => Walk(new DeskBook(), first: "cedar").ShouldBe("cedar ash birch cedar");

    [Fact]
    public void Next_OneBusy_DialsThemLast() => Walk(new DeskBook(), busy: ["ash"]).ShouldBe("birch cedar");

    [Fact]
    public void Next_AllBusy_DialsThemAllTheSame() => Walk(new DeskBook(), busy: ["ash", "birch", "cedar"]).ShouldBe("ash birch cedar");

    [Fact]
    public void Next_AfterATalkTheSameBusy_DialsOthers() => Walk(new DeskBook(), first: "cedar", busy: ["cedar"]).ShouldBe("ash birch cedar");

    [Fact]
    public void Next_HeldForLong_EndsTheChain()
    {
        var state = Start();
        ChainSteps.Next(state, new Roster(new DeskBook().Build()), _ => true, state.HeldUntil).ShouldBeNull();
    }

    [Fact]
    public void Next_TheHandOverComesBetween_DialsWhoIsOnDutyThen()
    {
        var roster = new Roster(new DeskBook { Steps = ["rota:desk"], Rounds = 2, Rotas = new Dictionary<string, string[]> { ["desk"] = ["ash", "birch"] } }.Build());
        var before = DeskBook.Noon + Duration.FromDays(1) - Duration.FromSeconds(1);
        var state = Start() with { HeldUntil = before + Duration.FromMinutes(15) };

        var first = ChainSteps.Next(state, roster, _ => true, before)!;
        var second = ChainSteps.Next(first, roster, _ => true, before + Duration.FromSeconds(30))!;

        (first.Dial!.Adviser, second.Dial!.Adviser, second.Round).ShouldBe(("ash", "birch", 1));
    }

    private static ChainState Start() => DeskStory.OnTheChain(DeskBook.Officer);

    /// <summary>Whom the chain dials if nobody takes the call, half a minute each.</summary>
    private static string Walk(DeskBook book, string[]? passed = null, PhoneNumber? mayNot = null, string? first = null, string[]? busy = null)
    {
        var (roster, now, dialled) = (new Roster(book.Build(), busy?.ToHashSet()), DeskBook.Noon, new List<string>());
        for (var state = Start() with { Passed = (passed ?? []).ToValueList(), First = first }; ; now += Duration.FromSeconds(30))
        {
            if (ChainSteps.Next(state, roster, number => number != mayNot, now) is not { } next)
            {
                return string.Join(' ', dialled);
            }

            dialled.Add(next.Dial!.Adviser);
            next.Dial.No.ShouldBe(dialled.Count);
            state = next;
        }
    }
}
