using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Duty.Rehearsing;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty.Rehearsing;

/// <summary>London's clocks go forward on Sunday, 28 March 2027, and back on Sunday, 31 October 2027.</summary>
public sealed class RehearsalTests
{
    private const string London = "Europe/London";

    private static readonly LocalDate Spring = new(2027, 3, 28);
    private static readonly LocalDate Autumn = new(2027, 10, 31);
    private static readonly LocalDate ChristmasDay = new(2027, 12, 25);

    [Fact]
    public void Of_AYear_HasBothClockChangesAndTheHolidaysInOrder()
    {
        var days = Rehearse(In(London, Rotation("2027-01-01T09:00", "P1W", "a b")), new LocalDate(2027, 5, 3));

        days.Select(day => day.Occasion.Date).ShouldBe([Spring, new LocalDate(2027, 5, 3), Autumn]);
        days[0].Occasion.ShouldBe(new Occasion.ClockChange(Time("2027-03-28T01:00Z"), Offset.Zero, Offset.FromHours(1)));
        days[1].Oddities.ShouldBeEmpty();
    }

    [Fact]
    public void Of_AZoneWithoutChanges_HasTheHolidaysAlone() => Rehearse(In("UTC", Rotation("2027-01-01T09:00", "P1W", "a b")), ChristmasDay).ShouldHaveSingleItem();

    [Fact]
    public void Of_ANightOverTheChange_IsShorterInSpringAndLongerInAutumn()
    {
        var rota = In(London, Rotation("2027-01-01T18:00", "P1D", "a b", """ "only": [{ "from": "18:00", "to": "08:00" }], """));

        Lengths(rota, Spring).ShouldBe(["27 18:00+0 to 28 08:00+1: 13 h instead of 14"]);
        Lengths(rota, Autumn).ShouldBe(["30 18:00+1 to 31 08:00+0: 15 h instead of 14"]);
    }

    [Fact]
    public void Of_DutyThatEndsAtTheChange_IsAsLongAsEver() => Lengths(In(London, Rotation("2027-01-01T02:00", "P1D", "a b")), Spring).ShouldBeEmpty();

    [Theory]
    [InlineData("01:30", true)]
    [InlineData("01:00", true)]
    [InlineData("02:00", false)]
    [InlineData("03:00", false)]
    public void Of_AHandoverThatIsSkipped_IsToldUnlessItWasWrittenForTheMomentAfter(string time, bool isOdd) =>
        Of<Oddity.Handover>(In(London, Rotation($"2027-01-01T{time}", "P1D", "a b")), Spring).Any().ShouldBe(isOdd);

    [Theory]
    [InlineData("01:30", true)]
    [InlineData("01:00", true)]
    [InlineData("02:00", false)]
    public void Of_AHandoverAtATimeThatComesTwice_IsTold(string time, bool isOdd) =>
        Of<Oddity.Handover>(In(London, Rotation($"2027-01-01T{time}", "P1D", "a b")), Autumn).Any(handover => !handover.IsSkipped).ShouldBe(isOdd);

    [Fact]
    public void Of_AListForTheHoliday_IsAnotherOwnerThanInOtherWeeks()
    {
        var owner = Of<Oddity.Owner>(
            In(London, Rotation("2027-01-01T09:00", "P1W", "a b") + "," + """{ "name": "list", "shifts": [{ "start": "2027-12-25T09:00", "end": "2027-12-26T09:00", "adviser": "f" }] }"""),
            ChristmasDay).ShouldHaveSingleItem();

        owner.Stay.Adviser.ShouldBe("f");
        owner.Usually.ShouldBe([new DutySource.FromLayer("a b P1W")]);
    }

    [Fact]
    public void Of_TwoHolidaysAWeekApart_AreComparedWithWeeksThatHaveNone()
    {
        const string List = """
            { "name": "list", "shifts": [
                { "start": "2027-12-18T09:00", "end": "2027-12-19T09:00", "adviser": "f" }, { "start": "2027-12-25T09:00", "end": "2027-12-26T09:00", "adviser": "f" }] }
            """;

        var days = Rehearse(In(London, Rotation("2027-01-01T09:00", "P1W", "a b") + "," + List), new LocalDate(2027, 12, 18), ChristmasDay);

        days[^1].Oddities.OfType<Oddity.Owner>().ShouldHaveSingleItem().Stay.Adviser.ShouldBe("f");
    }

    [Fact]
    public void Of_ALayerThatDoesNotCountOnTheHoliday_ShowsWhoIsThereInstead() =>
        Of<Oddity.Owner>(
            In(London, Rotation("2027-01-01T09:00", "P1W", "a b") + "," + """
                { "name": "mornings", "shifts": [{ "start": "2027-12-18T09:00", "end": "2027-12-18T12:00", "adviser": "f" }, { "start": "2028-01-01T09:00", "end": "2028-01-01T12:00", "adviser": "f" }] }
                """),
            ChristmasDay).ShouldHaveSingleItem().Usually.ShouldBe([new DutySource.FromLayer("mornings")]);

    [Fact]
    public void Of_NobodyOnTheHoliday_IsALackOfCover()
    {
        var rota = In(London, Rotation("2027-01-01T09:00", "P1W", "a b"), absences: Absence("a", "2027-12-25", "2027-12-26") + "," + Absence("b", "2027-12-25", "2027-12-26"));

        Of<Oddity.Cover>(rota, ChristmasDay).ShouldHaveSingleItem().Gap.Missing.ShouldBe(1);
    }

    [Fact]
    public void Of_AGapOfEveryWeek_IsNotOdd() =>
        Of<Oddity.Cover>(In(London, Rotation("2027-01-01T09:00", "P1W", "a b", """ "only": [{ "from": "08:00", "to": "18:00" }], """)), ChristmasDay).ShouldBeEmpty();

    private static ValueList<RehearsedDay> Rehearse(GivenRota rota, params LocalDate[] holidays) =>
        Rehearsal.Of(rota.Book, rota.Rota, 2027, [.. holidays.Select(day => new Occasion.Holiday(day, "a holiday"))]);

    private static IEnumerable<T> Of<T>(GivenRota rota, LocalDate day) => Rehearse(rota, ChristmasDay).Single(rehearsed => rehearsed.Occasion.Date == day).Oddities.OfType<T>();

    private static IEnumerable<string> Lengths(GivenRota rota, LocalDate day) => Of<Oddity.Length>(rota, day)
        .Select(length => $"{rota.Show(length.Stay.Start)} to {rota.Show(length.Stay.End)}: {(length.Stay.End - length.Stay.Start).TotalHours} h instead of {length.OnTheClock.TotalHours}");
}
