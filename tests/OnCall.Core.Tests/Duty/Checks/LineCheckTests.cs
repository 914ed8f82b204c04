using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class LineCheckTests
{
    private const string Days = """{ "name": "days", "only": [{ "from": "08:00", "to": "18:00" }], "rotation": { "start": "2026-12-07T00:00", "turn": "P1W", "advisers": ["a", "b"] } }""";
    private const string Nights = """{ "name": "nights", "only": [{ "from": "18:00", "to": "08:00" }], "rotation": { "start": "2026-12-07T00:00", "turn": "P1W", "advisers": ["c", "d"] } }""";

    [Fact]
    public void Of_ALineOfWorkingHours_ReachesNobodyAtNight() =>
        Sentences(Line(Policy("p", "\"rota:days\"")), DutyRule.LineWithoutAnybody).ShouldHaveSingleItem()
            .ShouldBe("line without anybody: a call to +442079460101 (no key, desk k) reaches nobody from Mon 4 Jan 2027 00:00 GMT to Mon 4 Jan 2027 08:00 GMT (8 h); 29 times until Mon 1 Feb 2027 00:00 GMT.");

    [Fact]
    public void Of_TwoRotasThatTogetherCoverTheDay_IsNothing() =>
        Sentences(Line(Policy("p", "\"rota:days\"", "\"rota:nights\"")), DutyRule.LineWithoutAnybody).ShouldBeEmpty();

    [Fact]
    public void Of_AnAdviserWhomAStepNames_IsAlwaysReached() =>
        Sentences(Line(Policy("p", "\"rota:days\"", "\"adviser:g\"")), DutyRule.LineWithoutAnybody).ShouldBeEmpty();

    [Fact]
    public void Of_ARegionalContactAlone_DoesNotCount() =>
        Sentences(Line(Policy("p", "\"force-contact\"")), DutyRule.LineWithoutAnybody).ShouldHaveSingleItem().ShouldContain("(28 days)");

    [Fact]
    public void Of_AKeyWithAPolicyOfItsOwn_IsLookedAtByItself() =>
        Sentences(
            Line(
                $"{Policy("p", "\"rota:days\"", "\"rota:nights\"")}, {Policy("q", "\"rota:nights\"")}",
                """, "menu": [{ "key": "1", "desk": "k", "say": "one" }, { "key": "9", "desk": "k", "say": "nine", "policy": "q" }]"""),
            DutyRule.LineWithoutAnybody).ShouldHaveSingleItem().ShouldContain("+442079460101 (key 9, desk k) reaches nobody from Mon 4 Jan 2027 08:00 GMT");

    private static OnCall.Core.Rotas.RotaBook Line(string policies, string menu = "") => Of(
        $"{Rota("days", Days)}, {Rota("nights", Nights)}",
        $$"""
        , "desks": [{ "id": "k", "name": "K", "policy": "p" }], "policies": [{{policies}}]
        , "lines": [{ "number": "+442079460101", "sms": "+447700900300", "name": "L", "greeting": "Hello.", "default": "k"{{menu}} }]
        """);
}
