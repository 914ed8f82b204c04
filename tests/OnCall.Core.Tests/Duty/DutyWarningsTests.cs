using NodaTime;
using OnCall.Core.Duty;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty;

public sealed class DutyWarningsTests
{
    private static readonly string Days = Rotation("2026-06-01T00:00", "P1D", "a b");

    [Fact]
    public void Of_ReplacesSomebodyOffDutyForAWhile_SaysFromWhenToWhen() =>
        Of(In("UTC", Days, Replacing("a", "c", "2026-06-01T12:00", "2026-06-02T12:00"))).ShouldHaveSingleItem()
            .ShouldBe("The rota r: override 1 by c in place of a has no effect from 2026-06-02 00:00 to 2026-06-02 12:00: a would not be on duty.");

    [Fact]
    public void Of_OverrideByAnAbsentAdviser_IsReported() =>
        Of(In("UTC", Days, Replacing("a", "c"), Absence("c", "2026-06-01T06:00"))).ShouldHaveSingleItem()
            .ShouldBe("The rota r: override 1 by c in place of a holds although c is away from 2026-06-01 06:00.");

    [Fact]
    public void Of_ReplacesAnAbsentAdviserWhoWouldBeOnDuty_SaysNothing() => Of(In("UTC", Days, Replacing("a", "c"), Absence("a", "2026-06-01"))).ShouldBeEmpty();

    [Fact]
    public void Of_OverrideOfThePast_SaysNothing() =>
        DutyWarnings.Of(In("UTC", Days, Replacing("b", "c")).Book, Time("2026-06-02T00:00Z")).ShouldBeEmpty();

    private static IEnumerable<string> Of(GivenRota rota) => DutyWarnings.Of(rota.Book, Instant.FromUtc(2026, 1, 1, 0, 0));
}
