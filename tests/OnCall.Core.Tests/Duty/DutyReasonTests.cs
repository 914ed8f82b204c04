using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty;

public sealed class DutyReasonTests
{
    [Fact]
    public void Why_TurnsOfARotation_CountFromItsStart() =>
        In("UTC", Named("nights", """ "rotation": { "start": "2026-06-01T18:00", "turn": "P1D", "advisers": ["d", "e"] } """))
            .Reasons("2026-06-03T00:00Z", "2026-06-04T00:00Z")
            .ShouldBe(["03 00:00+0 to 03 18:00+0: e: layer nights, turn 2 of e", "03 18:00+0 to 04 00:00+0: d: layer nights, turn 3 of d"]);

    [Fact]
    public void Why_TwoTurnsOfOneAdviser_AreTwoReasonsInOnePeriod()
    {
        var rota = In("UTC", Named("days", """ "rotation": { "start": "2026-06-01T00:00", "turn": "P1D", "advisers": ["a"] } """));

        rota.Periods("2026-06-01T00:00Z", "2026-06-03T00:00Z").ShouldHaveSingleItem();
        rota.Reasons("2026-06-01T00:00Z", "2026-06-03T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: a: layer days, turn 1 of a", "02 00:00+0 to 03 00:00+0: a: layer days, turn 2 of a"]);
    }

    [Fact]
    public void Why_Pattern_NamesTheShift() =>
        In("UTC", Named("shift team", """ "pattern": { "start": "2026-06-01", "shifts": { "N": "23:00-07:00" }, "cycle": ["N", "off"], "teams": [{ "advisers": ["a", "b"] }] } """))
            .Reasons("2026-06-01T00:00Z", "2026-06-03T00:00Z")
            .ShouldBe(["01 23:00+0 to 02 07:00+0: a: layer shift team, shift N", "01 23:00+0 to 02 07:00+0: b: layer shift team, shift N"]);

    [Fact]
    public void Why_DatedShifts_NamesThePlaceInTheList() =>
        In("UTC", Named("list", """ "shifts": [{ "start": "2026-06-03", "end": "2026-06-04", "adviser": "b" }, { "start": "2026-06-01", "end": "2026-06-02", "adviser": "a" }] """))
            .Reasons("2026-06-01T00:00Z", "2026-06-05T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: a: layer list, shift 2 of the list", "03 00:00+0 to 04 00:00+0: b: layer list, shift 1 of the list"]);

    [Fact]
    public void Why_OverrideInPlaceOfSomebody_NamesThePlaceThatItTakes() =>
        In("UTC", Named("days", """ "rotation": { "start": "2026-06-01T00:00", "turn": "P1D", "advisers": ["a"] } """), Override("2026-06-01", "2026-06-02", "b", """, "replaces": "a", "reason": "court" """))
            .Reasons("2026-06-01T00:00Z", "2026-06-02T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: b: layer days, turn 1 of a; override 1 by b instead of a for court"]);

    [Fact]
    public void Why_StandInOfAStandIn_TellsTheWholeWay() =>
        In("UTC", Named("days", """ "rotation": { "start": "2026-06-01T00:00", "turn": "P1D", "advisers": ["a"] } """), Replacing("a", "b") + "," + Replacing("b", "c"))
            .Reasons("2026-06-01T00:00Z", "2026-06-02T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: c: layer days, turn 1 of a; override 1 by b instead of a; override 2 by c instead of b"]);

    [Fact]
    public void Why_OverrideAloneAndOneThatAdds_SaySo() =>
        In("UTC", "", Override("2026-06-01", "2026-06-02", "b", """, "id": "swap-7" """) + "," + Override("2026-06-01", "2026-06-02", "a", ", \"adds\": true"))
            .Reasons("2026-06-01T00:00Z", "2026-06-02T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: a: override 2 by a as well", "01 00:00+0 to 02 00:00+0: b: override swap-7 by b alone"]);

    [Fact]
    public void Why_SomebodyComesAndGoes_TheStayOfTheOtherGoesOn() =>
        In("UTC", Named("week", """ "rotation": { "start": "2026-06-01T00:00", "turn": "P1W", "advisers": ["a"] } """), Override("2026-06-02", "2026-06-03", "b", ", \"adds\": true"))
            .Reasons("2026-06-01T00:00Z", "2026-06-05T00:00Z")
            .ShouldBe(["01 00:00+0 to 05 00:00+0: a: layer week, turn 1 of a", "02 00:00+0 to 03 00:00+0: b: override 1 by b as well"]);

    [Fact]
    public void At_ASecondTurnOfTheSameAdviser_IsTheReason() =>
        In("UTC", Named("days", """ "rotation": { "start": "2026-06-01T00:00", "turn": "P1D", "advisers": ["a"] } """))
            .Answer("2026-06-02T12:00Z").Advisers.ShouldHaveSingleItem().Reason.ToString().ShouldBe("layer days, turn 2 of a");

    private static string Named(string name, string duty) => $$"""{ "name": "{{name}}", {{duty}} }""";
}
