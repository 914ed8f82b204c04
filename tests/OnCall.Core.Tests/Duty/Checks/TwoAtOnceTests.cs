using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class TwoAtOnceTests
{
    private const string First = "\"rota:first\"";
    private const string Second = "\"rota:second\"";

    [Fact]
    public void Of_FirstAndSecondLineTheSame_IsTwoSteps() =>
        Sentences(Desks("a b c", "b a c", Policy("p", First, Second)), DutyRule.TwoStepsAtOnce).ShouldBe([
            "two steps at once: c is on duty in the rotas first and second, two steps of the policy p, from Mon 11 Jan 2027 00:00 GMT to Mon 18 Jan 2027 00:00 GMT (7 days); 6 times until Mon 3 May 2027 01:00 BST."]);

    [Fact]
    public void Of_BothInOneStep_IsNothing() => Sentences(Desks("a b c", "b a c", Policy("p", $"{First}, {Second}")), DutyRule.TwoStepsAtOnce).ShouldBeEmpty();

    [Fact]
    public void Of_OneRotaInTwoSteps_IsMeant() =>
        Sentences(Desks("a b c", "d e f", Policy("p", First, First, $"{Second}, {First}")), DutyRule.TwoStepsAtOnce).ShouldBeEmpty();

    [Fact]
    public void Of_NamedInOneStepAndOnDutyInAnother_IsTwoSteps() =>
        Sentences(Desks("a b", "c d", Policy("p", First, "\"adviser:a\"")), DutyRule.TwoStepsAtOnce).ShouldHaveSingleItem()
            .ShouldStartWith("two steps at once: a is on duty in the rota first and named in another step of the policy p from Mon 4 Jan 2027 00:00 GMT to Mon 11 Jan");

    [Fact]
    public void Of_RotasOfTwoDesks_IsTwoDesks() =>
        Sentences(Desks("a b", "c d a b", $"{Policy("p", First)}, {Policy("q", Second)}", secondDesk: "q"), DutyRule.TwoDesksAtOnce).ShouldBe([
            "two desks at once: a is on duty in the rotas first and second, of the desks k and l, from Mon 18 Jan 2027 00:00 GMT to Mon 25 Jan 2027 00:00 GMT (7 days); 4 times until Mon 3 May 2027 01:00 BST.",
            "two desks at once: b is on duty in the rotas first and second, of the desks k and l, from Mon 25 Jan 2027 00:00 GMT to Mon 1 Feb 2027 00:00 GMT (7 days); 4 times until Mon 3 May 2027 01:00 BST."],
            ignoreOrder: true);

    [Fact]
    public void Of_OneRotaOfTwoDesks_IsMeant() =>
        Sentences(Desks("a b", "c d", $"{Policy("p", First)}, {Policy("q", First)}", secondDesk: "q"), DutyRule.TwoDesksAtOnce).ShouldBeEmpty();

    [Fact]
    public void Of_ARotaOfNoDesk_IsNothing() => Sentences(Desks("a b", "a b", Policy("p", First)), DutyRule.TwoDesksAtOnce).ShouldBeEmpty();

    [Fact]
    public void Of_RotasThatNoPolicyNames_IsTwoRotas() =>
        Sentences(Of($"{Rota("first", Weekly("a b"))}, {Rota("second", Weekly("a c"))}"), DutyRule.TwoRotasAtOnce).ShouldHaveSingleItem()
            .ShouldStartWith("two rotas at once: a is on duty in the rotas first and second, which no policy names yet, from Mon 4 Jan 2027 00:00 GMT to Mon 11 Jan");

    [Fact]
    public void Of_RotasOfRegionalContacts_IsNothing() => Sentences(
        Of(
            $"{Rota("first", Weekly("a b"))}, {Rota("second", Weekly("a c"))}",
            """, "forces": [{ "id": "f", "name": "F", "contact": "rota:first" }, { "id": "g", "name": "G", "contact": "rota:second" }]"""),
        DutyRule.TwoRotasAtOnce).ShouldBeEmpty();

    private static RotaBook Desks(string first, string second, string policies, string secondDesk = "p") => Of(
        $"{Rota("first", Weekly(first))}, {Rota("second", Weekly(second))}",
        $$"""
        , "desks": [{ "id": "k", "name": "K", "policy": "p" }, { "id": "l", "name": "L", "policy": "{{secondDesk}}" }], "policies": [{{policies}}]
        """);
}
