using CsCheck;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Schedule;

public sealed class HandoverWatchTests
{
    [Fact]
    public void Between_AWeekThatEndsWithTheHandover_HasIt() =>
        WatchedRota.Usual.Handovers("2026-11-23T09:00Z", "2026-11-30T09:00Z").ShouldBe(["30 09:00+0: b to c"]);

    [Fact]
    public void Between_AWeekThatBeginsWithTheHandover_DoesNotHaveIt() =>
        WatchedRota.Usual.Handovers("2026-11-30T09:00Z", "2026-12-07T08:59Z").ShouldBeEmpty();

    [Fact]
    public void Between_SomebodyAddedForAnHour_ComesAndGoesWhileTheOtherStays() =>
        GivenRota.In("Europe/London", WatchedRota.Weekly, GivenRota.Override("2026-11-24T09:00", "2026-11-24T10:00", "d", ", \"adds\": true"))
            .Handovers("2026-11-23T12:00Z", "2026-11-25T12:00Z").ShouldBe(["24 09:00+0: b to b d", "24 10:00+0: b d to b"]);

    [Fact]
    public void Between_AnAbsenceOfTheOnlyOne_HandsOverToNobodyAndBack() =>
        GivenRota.In("Europe/London", GivenRota.Rotation("2026-01-05T09:00", "P1W", "a"), absences: GivenRota.Absence("a", "2026-11-24T09:00", "2026-11-24T17:00"))
            .Handovers("2026-11-23T12:00Z", "2026-11-25T12:00Z").ShouldBe(["24 09:00+0: a to ", "24 17:00+0:  to a"]);

    [Fact]
    public void Between_TheNightsOfTheClockChange_HandsOverOnceAtTheRightInstant()
    {
        var daily = GivenRota.In("Europe/London", GivenRota.Rotation("2026-01-05T01:30", "P1D", "a b"));

        daily.Handovers("2027-03-27T12:00Z", "2027-03-29T12:00Z").ShouldBe(["28 02:00+1: a to b", "29 01:30+1: b to a"]);
        daily.Handovers("2026-10-24T12:00Z", "2026-10-26T12:00Z").ShouldBe(["25 01:30+1: a to b", "26 01:30+0: b to a"]);
    }

    [Fact]
    public void Between_AChangeOfTheBookThatPutsSomebodyElseOnDutyNow_IsAHandoverAtThatMoment() =>
        WatchedRota.Usual.Handovers(
                "2026-11-24T12:00Z", "2026-11-24T18:00Z", ("2026-11-24T14:05Z", With(GivenRota.Override("2026-11-24T14:00", "2026-11-24T17:00", "d"))))
            .ShouldBe(["24 14:05+0: b to d", "24 17:00+0: d to b"]);

    [Fact]
    public void Between_AChangeOfTheBookThatMakesAHandoverVanish_HasNone() =>
        WatchedRota.Usual.Handovers(
                "2026-11-30T08:00Z", "2026-11-30T12:00Z", ("2026-11-30T08:59Z", With(GivenRota.Override("2026-11-30T09:00", "2026-12-07T09:00", "b"))))
            .ShouldBeEmpty();

    [Fact]
    public void Between_AChangeOfTheBookInTheInstantOfAHandover_IsOne() =>
        WatchedRota.Usual.Handovers(
                "2026-11-30T08:00Z", "2026-11-30T12:00Z", ("2026-11-30T09:00Z", With(GivenRota.Override("2026-11-30T09:00", "2026-12-07T09:00", "d"))))
            .ShouldBe(["30 09:00+0: b to d"]);

    [Fact]
    public void Between_ARotaThatIsNewOrGone_HandsOverToNobody()
    {
        WatchedRota.Usual.Handovers("2026-11-24T12:00Z", "2026-11-24T18:00Z", ("2026-11-24T14:00Z", RotaBook.Empty)).ShouldBeEmpty();
        HandoverWatch.Between([new(GivenRota.Time("2026-11-24T12:00Z"), RotaBook.Empty), new(GivenRota.Time("2026-11-24T14:00Z"), WatchedRota.Usual.Book)], GivenRota.Time("2026-11-24T18:00Z"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Next_AHandoverTwoDaysOrAYearAhead_IsFound()
    {
        HandoverWatch.Next(WatchedRota.Usual.Book, GivenRota.Time("2026-11-30T09:00Z")).ShouldBe(GivenRota.Time("2026-12-07T09:00Z"));
        HandoverWatch.Next(WatchedRota.Usual.Book, GivenRota.Time("2026-12-07T08:59Z")).ShouldBe(GivenRota.Time("2026-12-07T09:00Z"));
        HandoverWatch.Next(GivenRota.In("Europe/London", GivenRota.Rotation("2026-01-05T09:00", "P1M", "a a a a a a a a a a a a b")).Book, GivenRota.Time("2026-01-06T09:00Z"))
            .ShouldBe(GivenRota.Time("2027-01-05T09:00Z"));
        HandoverWatch.Next(GivenRota.In("Europe/London", GivenRota.Rotation("2026-01-05T09:00", "P1W", "a")).Book, GivenRota.Time("2026-11-30T09:00Z")).ShouldBeNull();
    }

    /// <summary>However often one looks, one sees the same: nothing is missed between two looks, and nothing is seen twice.</summary>
    [Theory]
    [InlineData("Europe/London", "2027-03-28T01:00Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-03T15:00Z")]
    public void Between_AnyBookLookedAtInTwoParts_IsTheSameAsInOne(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        var (from, through) = (books.Start, books.Start + Duration.FromMinutes(RandomBooks.Minutes));
        Gen.Select(books.Book, Gen.Int[1, RandomBooks.Minutes - 1]).Sample(
            (book, minutes) =>
            {
                var middle = from + Duration.FromMinutes(minutes);
                var whole = Seen(book, from, through);

                Seen(book, from, middle).Concat(Seen(book, middle, through)).ShouldBe(whole);
                whole.ShouldAllBe(seen => HandoverWatch.Next(book, seen.At - Duration.Epsilon) == seen.At);
            },
            iter: 50);
    }

    private static List<(Instant At, string Rota, string Before, string After)> Seen(RotaBook book, Instant from, Instant through) =>
        [.. HandoverWatch.Between([new BookInForce(from, book)], through).Select(seen => (seen.At, seen.Rota.Id, string.Join(' ', seen.Before), string.Join(' ', seen.After)))];

    private static RotaBook With(string overrides) => GivenRota.In("Europe/London", WatchedRota.Weekly, overrides).Book;
}
