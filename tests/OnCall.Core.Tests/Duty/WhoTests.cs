using NodaTime;
using OnCall.Core.Duty;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty;

/// <summary>What is looked up in what was kept, and what is worked out because too much would have to be kept.</summary>
public sealed class WhoTests
{
    [Fact]
    public void Who_ATurnOfAMinute_IsRightAlsoBeyondWhatIsKept()
    {
        var rota = In("UTC", Rotation("2026-01-01T00:00", "PT1M", "a b c"));

        foreach (var minutes in new[] { 0, 1, 511, 512, 513, 17_000, 400_000 })
        {
            Who(rota, Time("2026-01-01T00:00Z") + Duration.FromMinutes(minutes)).ShouldBe("abc"[minutes % 3].ToString());
        }
    }

    [Theory]
    [InlineData("1969-12-31T23:00Z", "")]
    [InlineData("1969-12-01T00:00Z", "")]
    [InlineData("1990-01-02T00:00Z", "a")]
    [InlineData("2190-01-02T00:00Z", "a")]
    public void Who_FarAway_IsRight(string time, string expected) =>
        Who(In("UTC", "", Override("1990-01-01", "2200-01-01", "a")), Time(time)).ShouldBe(expected);

    [Fact]
    public void Who_MorePlacesInTimeThanAreKept_IsRightForAllOfThem()
    {
        var rota = In("UTC", Rotation("2000-01-01T00:00", "P1D", "a b"));
        var start = Time("2000-01-01T00:00Z");

        for (var days = 0; days < 60_000; days += 13)
        {
            Who(rota, start + Duration.FromDays(days)).ShouldBe(days % 2 == 0 ? "a" : "b");
        }
    }

    [Fact]
    public void Who_TheSecondTurnOfAnAdviser_StillNamesTheLayer()
    {
        var rota = In("UTC", Rotation("2026-01-01T00:00", "P1D", "a"));

        DutyTimeline.Who(rota.Book, rota.Rota, Time("2026-01-05T00:00Z")).ShouldHaveSingleItem().Source.ToString().ShouldBe("layer a P1D");
    }

    private static string Who(GivenRota rota, Instant at) => string.Join(' ', DutyTimeline.Who(rota.Book, rota.Rota, at).Select(on => on.Adviser.Id));
}
