using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class AwayCheckTests
{
    [Fact]
    public void Of_AwayDuringTheTurn_IsTold() =>
        Sentences(Of(Rota("r", $"{Weekly("d e")}, {Weekly("a b")}"), """, "absences": [{ "adviser": "a", "start": "2027-01-08", "end": "2027-01-20" }]"""), DutyRule.AwayAndNamed).ShouldBe([
            "away and named: a is away when it is their duty in the rota r, and nobody stands in from Fri 8 Jan 2027 00:00 GMT to Mon 11 Jan 2027 00:00 GMT; 2 times until Mon 3 May 2027 01:00 BST."]);

    [Fact]
    public void Of_AwayWithAStandIn_IsNothing() =>
        Sentences(
            Of(Rota("r", Weekly("a b"), """, "overrides": [{ "start": "2027-01-08", "end": "2027-01-10", "adviser": "c", "replaces": "a" }]"""), """, "absences": [{ "adviser": "a", "start": "2027-01-08", "end": "2027-01-10" }]"""),
            DutyRule.AwayAndNamed).ShouldBeEmpty();

    [Fact]
    public void Of_AwayInTheWeekOff_IsNothing() =>
        Sentences(Of(Rota("r", Weekly("a b")), """, "absences": [{ "adviser": "b", "start": "2027-01-04", "end": "2027-01-11" }]"""), DutyRule.AwayAndNamed).ShouldBeEmpty();

    [Fact]
    public void Of_WhomAStepNames_IsTold() =>
        Sentences(Of(Rota("r", Weekly("a b")), $$""", "absences": [{ "adviser": "g", "start": "2027-01-20" }], "policies": [{{Policy("p", "\"rota:r\"", "\"adviser:g\"")}}]"""), DutyRule.AwayAndNamed)
            .ShouldBe(["away and named: g, whom the policy p names, is away from Wed 20 Jan 2027 00:00 GMT to Mon 3 May 2027 01:00 BST."]);

    [Fact]
    public void Of_AnAbsenceOfThePast_IsNothing() =>
        Sentences(Of(Rota("r", Weekly("a b")), """, "absences": [{ "adviser": "a", "start": "2026-12-21", "end": "2026-12-28" }]"""), DutyRule.AwayAndNamed).ShouldBeEmpty();
}
