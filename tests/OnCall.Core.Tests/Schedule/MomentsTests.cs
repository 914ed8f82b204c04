using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Schedule;

public sealed class MomentsTests
{
    private static readonly Instant Handover = GivenRota.Time("2026-11-30T09:00Z");

    private static readonly RotaBook Coordinated = new(1, JsonDraft.Content(
        """{ "timeZone": "Europe/London", "coordinators": [{ "id": "p.lane", "name": "Pat Lane", "phone": "+447700900150" }], "rotas": [{ "id": "r", "layers": [] }] }"""));

    [Theory]
    [InlineData(0, false)]
    [InlineData(30 * 60, false)]
    [InlineData((30 * 60) + 1, true)]
    public void Between_AHandoverSoManySecondsAgo_IsToldWithinHalfAnHour(int seconds, bool isMissed)
    {
        var moment = Look(WatchedRota.Usual.Book, Handover, seconds).ShouldHaveSingleItem().ShouldBeOfType<Moment.OfHandover>();

        moment.IsMissed.ShouldBe(isMissed);
        moment.Notices.Count.ShouldBe(isMissed ? 0 : 2);
    }

    [Theory]
    [InlineData(3 * 60 * 60, false)]
    [InlineData((3 * 60 * 60) + 1, true)]
    public void Between_AMorningSoManySecondsAgo_IsToldWithinThreeHours(int seconds, bool isMissed)
    {
        var moment = Look(Coordinated, Handover, seconds).ShouldHaveSingleItem().ShouldBeOfType<Moment.OfMorning>();

        moment.IsMissed.ShouldBe(isMissed);
        moment.Notices.Count.ShouldBe(isMissed ? 0 : 1);
    }

    [Fact]
    public void NextLook_AbsencesToCome_AreLookedAtToo() => NextLook.After(
            GivenRota.In("Europe/London", WatchedRota.Weekly, absences: GivenRota.Absence("d", "2026-11-28T10:00", "2026-11-29T10:00")).Book, GivenRota.Time("2026-11-28T10:00Z"))
        .ShouldBe(GivenRota.Time("2026-11-29T10:00Z"));

    private static IReadOnlyList<Moment> Look(RotaBook book, Instant at, int secondsLater) =>
        Moments.Between([new BookInForce(at - Duration.Epsilon, book)], at + Duration.FromSeconds(secondsLater));
}
