using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Schedule;

public sealed class MorningsTests
{
    private static readonly RotaBook Book = Of("Europe/London");

    [Theory]
    [InlineData("2027-03-27T12:00Z", "2027-03-28T08:00Z")]
    [InlineData("2027-03-27T08:00Z", "2027-03-27T09:00Z")]
    [InlineData("2027-03-27T09:00Z", "2027-03-28T08:00Z")]
    public void Next_AroundTheClockChange_IsNineOnTheWallClock(string after, string next) =>
        Mornings.Next(Book, GivenRota.Time(after)).ShouldBe(GivenRota.Time(next));

    [Theory]
    [InlineData("2026-11-25T08:59Z", "2026-11-25T09:00Z", "2026-11-25T09:00Z")]
    [InlineData("2026-11-25T09:00Z", "2026-11-26T08:59Z", null)]
    [InlineData("2026-11-20T12:00Z", "2026-11-26T08:59Z", "2026-11-25T09:00Z")]
    public void Last_OfAStretch_HasItsEndAndNotItsStart(string after, string through, string? last) =>
        Mornings.Last(Book, GivenRota.Time(after), GivenRota.Time(through)).ShouldBe(last is null ? (Instant?)null : GivenRota.Time(last));

    [Fact]
    public void Next_AnotherZone_IsNineThere() =>
        Mornings.Next(Of("Australia/Lord_Howe"), GivenRota.Time("2026-11-25T12:00Z")).ShouldBe(GivenRota.Time("2026-11-25T22:00Z"));

    [Fact]
    public void Next_NoCoordinators_IsNever() => Mornings.Next(WatchedRota.Usual.Book, GivenRota.Time("2026-11-25T12:00Z")).ShouldBeNull();

    private static RotaBook Of(string zone) =>
        new(1, JsonDraft.Content($$"""{ "timeZone": "{{zone}}", "coordinators": [{ "id": "p.lane", "name": "Pat Lane", "phone": "+447700900150" }] }"""));
}
