using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class GapCheckTests
{
    [Fact]
    public void Of_ARotaOfWorkingHours_IsOneGapWithItsNumberAndSum() =>
        Sentences(Of(Rota("r", """{ "name": "days", "only": [{ "from": "08:00", "to": "18:00" }], "rotation": { "start": "2026-12-07T00:00", "turn": "P1W", "advisers": ["a", "b"] } }""")), DutyRule.Gap)
            .ShouldBe(["gap: the rota r has 1 too few on duty from Mon 4 Jan 2027 00:00 GMT to Mon 4 Jan 2027 08:00 GMT (8 h, 16.3 days in all); 29 times until Mon 1 Feb 2027 00:00 GMT."]);

    [Fact]
    public void Of_OneGap_SaysHowLong() =>
        Sentences(
            Of(
                Rota("r", Weekly("a b"), """, "overrides": [{ "start": "2027-01-05T09:00", "end": "2027-01-05T12:30", "adviser": "c", "adds": true }]"""),
                """, "absences": [{ "adviser": "a", "start": "2027-01-05T09:00", "end": "2027-01-05T16:30" }]"""),
            DutyRule.Gap).ShouldBe(["gap: the rota r has 1 too few on duty from Tue 5 Jan 2027 12:30 GMT to Tue 5 Jan 2027 16:30 GMT (4 h)."]);

    [Fact]
    public void Of_NoCoverAsked_IsNoGap() => Sentences(Of("""{ "id": "r", "cover": 0, "layers": [] }"""), DutyRule.Gap).ShouldBeEmpty();

    [Fact]
    public void Of_AGapAfterFourWeeks_IsNotYetTold() =>
        Sentences(Of(Rota("r", """{ "name": "list", "shifts": [{ "start": "2027-01-01", "end": "2027-02-01", "adviser": "a" }] }""")), DutyRule.Gap).ShouldBeEmpty();

    [Fact]
    public void Of_ATurnOfAMinute_IsCheckedInPart() =>
        Sentences(Of(Rota("r", GivenRota.Rotation("2026-12-07T00:00", "PT1M", "a b"))), DutyRule.CheckedInPart).ShouldHaveSingleItem()
            .ShouldStartWith("checked in part: the rota r changes so often that it was not looked at from Sun 3 Jan 2027 ");
}
