using NodaTime;
using NodaTime.Text;
using OnCall.Service.Retention;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Retention;

public sealed class KeepingTimeTests
{
    [Theory]
    [InlineData("P90D", "2026-11-25T09:00:00Z", "2026-08-27T09:00:00Z")]
    [InlineData("P6M", "2026-08-31T09:00:00Z", "2026-02-28T09:00:00Z")]
    [InlineData("P1D", "2026-11-25T09:00:00Z", "2026-11-24T09:00:00Z")]
    [InlineData("P10Y", "2026-11-25T09:00:00Z", "2016-11-25T09:00:00Z")]
    public void Before_APeriod_IsCountedByTheCalendar(string period, string now, string before) =>
        KeepingTime.Parse(period)!.Before(At(now)).ShouldBe(At(before));

    [Theory]
    [InlineData("90")]
    [InlineData("P0D")]
    [InlineData("P-3D")]
    [InlineData("PT48H")]
    [InlineData("P1DT1H")]
    [InlineData("P10Y1D")]
    [InlineData("P99999999999Y")]
    [InlineData("P20000Y")]
    [InlineData("P-99999999D")]
    [InlineData("P2000000000D")]
    public void Parse_NoPeriodOfDays_IsNull(string text) => KeepingTime.Parse(text).ShouldBeNull();

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;
}
