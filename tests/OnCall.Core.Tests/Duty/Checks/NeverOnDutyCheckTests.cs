using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class NeverOnDutyCheckTests
{
    [Fact]
    public void Of_AMondayToFridayWindowOverADailyTurnOfSeven_NamesTheTwoOfTheWeekend() =>
        Sentences(Of(Rota("r", Windowed("a b c d e f g"))), DutyRule.NeverOnDuty).Select(sentence => sentence[..sentence.IndexOf(',', StringComparison.Ordinal)])
            .ShouldBe(["never on duty: f", "never on duty: g"]);

    [Fact]
    public void Of_TheSameOverSixPeople_IsNothing() => Sentences(Of(Rota("r", Windowed("a b c d e f"))), DutyRule.NeverOnDuty).ShouldBeEmpty();

    [Fact]
    public void Of_ALayerThatIsAlwaysCovered_NamesItsPeople()
    {
        var sentences = Sentences(Of(Rota("r", $"{Weekly("a b")}, {Weekly("c d")}")), DutyRule.NeverOnDuty);

        sentences.Select(sentence => sentence[..sentence.IndexOf(',', StringComparison.Ordinal)]).ShouldBe(["never on duty: a", "never on duty: b"]);
        sentences.ShouldAllBe(sentence => sentence.Contains("whom the layer a b P1W of the rota r names, is at no time on duty in it from Mon 4 Jan 2027 00:00 GMT to ", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ATurnOfMonths_IsWaitedFor() => Sentences(Of(Rota("r", GivenRota.Rotation("2026-12-07T09:00", "P6M", "a b c d e"))), DutyRule.NeverOnDuty).ShouldBeEmpty();

    [Fact]
    public void Of_AShiftInYearsToCome_IsWaitedFor() =>
        Sentences(Of(Rota("r", $$"""{{Weekly("a b")}}, { "name": "list", "shifts": [{ "start": "2032-12-25", "end": "2032-12-26", "adviser": "g" }] }""")), DutyRule.NeverOnDuty).ShouldBeEmpty();

    [Fact]
    public void Of_ALayerThatIsOver_IsNotLookedAt() =>
        Sentences(Of(Rota("r", $"{Weekly("a b")}, {GivenRota.Rotation("2026-12-07T09:00", "P1W", "c d", """ "until": "2026-12-31", """)}")), DutyRule.NeverOnDuty).ShouldBeEmpty();

    private static string Windowed(string advisers) =>
        GivenRota.Rotation("2026-12-07T00:00", "P1D", advisers, """ "only": [{ "days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "from": "08:00", "to": "18:00" }], """);
}
