using CsCheck;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty;

public sealed class HandoversTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    private static readonly Gen<Turn> Turns = Gen.OneOf<Turn>(
        Gen.Int[1, 40].Select(days => (Turn)new Turn.Days(days)),
        Gen.Int[1, 14].Select(months => (Turn)new Turn.Months(months)),
        Gen.Int[30, 100_000].Select(minutes => (Turn)new Turn.Elapsed(Duration.FromMinutes(minutes))));

    [Fact]
    public void TurnAt_InstantFarFromTheStart_IsTheTurnThatHoldsIt()
    {
        var cases = Gen.Select(Gen.Int[0, 365 * 24 * 60], Turns, Gen.Int[0, 100 * 365 * 24 * 60]);
        cases.Sample((startMinute, turn, minutesLater) =>
        {
            var handovers = new Handovers(new Rotation(new LocalDateTime(2026, 1, 31, 1, 30).PlusMinutes(startMinute), null, turn, ["a"]), London);
            var at = handovers.StartOf(0) + Duration.FromMinutes(minutesLater);

            var found = handovers.TurnAt(at);

            found.ShouldNotBeNull();
            handovers.StartOf(found.Value).ShouldBeLessThanOrEqualTo(at);
            handovers.StartOf(found.Value + 1).ShouldBeGreaterThan(at);
        });
    }

    [Fact]
    public void StartOf_Months_CountsFromTheStartAndNotFromTheMonthBefore()
    {
        var handovers = new Handovers(new Rotation(new LocalDateTime(2027, 1, 31, 9, 0), null, new Turn.Months(1), ["a"]), London);

        handovers.StartOf(1).ShouldBe(LocalTimes.Resolve(new LocalDateTime(2027, 2, 28, 9, 0), London));
        handovers.StartOf(2).ShouldBe(LocalTimes.Resolve(new LocalDateTime(2027, 3, 31, 9, 0), London));
    }
}
