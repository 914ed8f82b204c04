using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty;

/// <summary>The fine print of the rota document, as far as it is about time. London's clocks go forward on 28 March 2027 and back on 31 October 2027.</summary>
public sealed class FinePrintTests
{
    private const string London = "Europe/London";

    [Fact]
    public void Override_StartsInTheSkip_ATimeThatASpringChangeSkipsIsTheFirstMomentAfterTheSkip() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a"), Override("2027-03-28T01:30", "2027-03-28T03:00", "b"))
            .Periods("2027-03-28T00:00Z", "2027-03-28T03:00Z")
            .ShouldBe(["28 00:00+0 to 28 02:00+1: a", "28 02:00+1 to 28 03:00+1: b", "28 03:00+1 to 28 04:00+1: a"]);

    [Fact]
    public void Override_StartsInTheRepeatedHour_ATimeThatComesTwiceIsTheFirstOfTheTwo() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a"), Override("2027-10-31T01:30", "2027-10-31T03:00", "b"))
            .Periods("2027-10-31T00:00Z", "2027-10-31T04:00Z")
            .ShouldBe(["31 01:00+1 to 31 01:30+1: a", "31 01:30+1 to 31 03:00+0: b", "31 03:00+0 to 31 04:00+0: a"]);

    [Fact]
    public void Window_OverTheChange_WindowsAreIntervalsWithBothEndsResolvedSo() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a", """ "only": [{ "from": "00:30", "to": "01:30" }], """))
            .Periods("2027-03-27T12:00Z", "2027-03-29T12:00Z")
            .ShouldBe(["28 00:30+0 to 28 02:00+1: a", "29 00:30+1 to 29 01:30+1: a"]);

    [Fact]
    public void Window_InsideTheSkip_OneThatASkipMakesEmptyIsEmptyOnThatDay() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a", """ "only": [{ "from": "01:15", "to": "01:45" }], """))
            .Periods("2027-03-27T00:00Z", "2027-03-29T12:00Z")
            .ShouldBe(["27 01:15+0 to 27 01:45+0: a", "29 01:15+1 to 29 01:45+1: a"]);

    [Fact]
    public void Shift_OverTheChange_ShiftsAreIntervalsWithBothEndsResolvedSo()
    {
        var nights = In(London, Pattern("""{ "N": "23:00-01:30" }""", "\"N\"", """{ "advisers": ["a"] }"""));

        nights.Periods("2027-03-27T12:00Z", "2027-03-28T12:00Z").ShouldBe(["27 23:00+0 to 28 02:00+1: a"]);
        nights.Periods("2027-10-30T12:00Z", "2027-10-31T12:00Z").ShouldBe(["30 23:00+1 to 31 01:30+1: a"]);
    }

    [Fact]
    public void Shift_InsideTheSkip_OneThatASkipMakesEmptyIsEmptyOnThatDay() =>
        In(London, Pattern("""{ "X": "01:00-02:00" }""", "\"X\"", """{ "advisers": ["a"] }"""))
            .Periods("2027-03-27T00:00Z", "2027-03-29T12:00Z")
            .ShouldBe(["27 01:00+0 to 27 02:00+0: a", "29 01:00+1 to 29 02:00+1: a"]);

    [Fact]
    public void DatedShift_InsideTheSkip_IsEmpty() =>
        In(London, """{ "name": "list", "shifts": [{ "start": "2027-03-28T01:00", "end": "2027-03-28T01:59", "adviser": "a" }] }""").Periods("2027-03-27T00:00Z", "2027-03-29T12:00Z").ShouldBeEmpty();

    [Fact]
    public void Rotation_PT1H30M_TurnsOfHoursAndMinutesCountElapsedTime() =>
        In(London, Rotation("2027-10-31T00:30", "PT1H30M", "a b"))
            .Periods("2027-10-30T23:30Z", "2027-10-31T04:00Z")
            .ShouldBe(["31 00:30+1 to 31 01:00+0: a", "31 01:00+0 to 31 02:30+0: b", "31 02:30+0 to 31 04:00+0: a"]);

    [Fact]
    public void Rotation_StartIsABareDate_BeginsWithThatLocalDay() =>
        In(London, Rotation("2027-06-01", "P1D", "a b")).Periods("2027-05-31T00:00Z", "2027-06-02T23:00Z").ShouldBe(["01 00:00+1 to 02 00:00+1: a", "02 00:00+1 to 03 00:00+1: b"]);

    [Fact]
    public void RotaWithAZoneOfItsOwn_ItsTimesAreInItAndAbsencesAndAdvisersLimitsInTheDocuments()
    {
        var rota = In(
            London,
            Rotation("2027-06-01T00:00", "P1W", "a b"),
            Override("2027-06-03T00:00", "2027-06-04T00:00", "c"),
            Absence("a", "2027-06-05", "2027-06-06"),
            adviserA: ", \"until\": \"2027-06-07\"",
            rotaZone: "America/New_York");

        rota.Periods("2027-06-01T00:00Z", "2027-06-09T00:00Z").ShouldBe([
            "01 00:00-4 to 03 00:00-4: a", "03 00:00-4 to 04 00:00-4: c", "04 00:00-4 to 04 19:00-4: a", "05 19:00-4 to 06 19:00-4: a", "08 00:00-4 to 08 20:00-4: b"]);
    }

    [Fact]
    public void Rotation_P1DFrom0130_HandsOverAt0200OnTheSpringDayAndAt0130OnTheDayAfter() =>
        In(London, Rotation("2027-03-27T01:30", "P1D", "a b c"))
            .Periods("2027-03-27T00:00Z", "2027-03-29T12:00Z")
            .ShouldBe(["27 01:30+0 to 28 02:00+1: a", "28 02:00+1 to 29 01:30+1: b", "29 01:30+1 to 29 13:00+1: c"]);

    [Fact]
    public void Rotation_StartIsSkipped_LaterTurnsAreComputedFromTheWrittenStart() =>
        In(London, Rotation("2027-03-28T01:30", "P1D", "a b"))
            .Periods("2027-03-28T00:00Z", "2027-03-29T12:00Z")
            .ShouldBe(["28 02:00+1 to 29 01:30+1: a", "29 01:30+1 to 29 13:00+1: b"]);

    [Fact]
    public void Rotation_P1MFromThe31st_HandsOverOnTheLastDayOfShorterMonthsAndOnThe31stAgainLater() =>
        In("UTC", Rotation("2027-01-31T09:00", "P1M", "a b c d"))
            .Periods("2027-01-31T09:00Z", "2027-05-31T09:00Z")
            .ShouldBe(["31 09:00+0 to 28 09:00+0: a", "28 09:00+0 to 31 09:00+0: b", "31 09:00+0 to 30 09:00+0: c", "30 09:00+0 to 31 09:00+0: d"]);

    [Fact]
    public void Rotation_PT8H_TurnsCountElapsedTimeFromTheResolvedStart() =>
        In(London, Rotation("2027-03-27T22:00", "PT8H", "a b c"))
            .Periods("2027-03-27T22:00Z", "2027-03-28T22:00Z")
            .ShouldBe(["27 22:00+0 to 28 07:00+1: a", "28 07:00+1 to 28 15:00+1: b", "28 15:00+1 to 28 23:00+1: c"]);

    [Fact]
    public void Rotation_P1WOverTheChange_KeepsTheWallClock() =>
        In(London, Rotation("2027-03-22T09:00", "P1W", "a b"))
            .Periods("2027-03-22T09:00Z", "2027-04-05T08:00Z")
            .ShouldBe(["22 09:00+0 to 29 09:00+1: a", "29 09:00+1 to 05 09:00+1: b"]);

    [Fact]
    public void Rotation_BeforeStart_Nobody()
    {
        var rota = In("UTC", Rotation("2027-01-01T09:00", "P1D", "a"));

        rota.At("2027-01-01T08:59Z").ShouldBe("");
        rota.At("2027-01-01T09:00Z").ShouldBe("a");
        rota.Answer("2026-12-31T00:00Z").Next!.At.ShouldBe(Time("2027-01-01T09:00Z"));
    }

    [Fact]
    public void Rotation_SameAdviserTwiceInTheList_HasTwoTurns() =>
        In("UTC", Rotation("2027-01-01T00:00", "P1D", "a b a c"))
            .Periods("2027-01-01T00:00Z", "2027-01-05T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: a", "02 00:00+0 to 03 00:00+0: b", "03 00:00+0 to 04 00:00+0: a", "04 00:00+0 to 05 00:00+0: c"]);

    [Fact]
    public void Pattern_BeforeItsStartDate_Nobody() =>
        In("UTC", Pattern("""{ "D": "08:00-16:00" }""", "\"D\"", """{ "advisers": ["a"] }"""))
            .Periods("2027-01-01T00:00Z", "2027-01-06T00:00Z")
            .ShouldBe(["04 08:00+0 to 04 16:00+0: a", "05 08:00+0 to 05 16:00+0: a"]);

    [Fact]
    public void Pattern_ToNotAfterFrom_RunsIntoTheNextDay() =>
        In(London, Pattern("""{ "N": "23:00-07:00" }""", "\"N\", \"off\"", """{ "advisers": ["a"] }"""))
            .Periods("2027-01-03T00:00Z", "2027-01-07T12:00Z")
            .ShouldBe(["04 23:00+0 to 05 07:00+0: a", "06 23:00+0 to 07 07:00+0: a"]);

    [Fact]
    public void Pattern_0700To0700_IsADay() =>
        In("UTC", Pattern("""{ "D": "07:00-07:00" }""", "\"D\", \"off\"", """{ "advisers": ["a"] }"""))
            .Periods("2027-01-04T00:00Z", "2027-01-06T00:00Z")
            .ShouldBe(["04 07:00+0 to 05 07:00+0: a"]);

    [Theory]
    [InlineData("", "04 05 08 09")]
    [InlineData(", \"offset\": 1", "04 07 08")]
    [InlineData(", \"offset\": -1", "05 06 09")]
    [InlineData(", \"offset\": 9", "04 07 08")]
    [InlineData(", \"offset\": 2147483647", "05 06 09")]
    [InlineData(", \"offset\": -2147483648", "04 05 08 09")]
    public void Pattern_Offset_OnLocalDateDTheTeamWorksCycleOfDMinusStartPlusOffsetModLength(string offset, string days) =>
        string.Join(' ', In("UTC", Pattern("""{ "D": "08:00-16:00" }""", "\"D\", \"D\", \"off\", \"off\"", $$"""{ "advisers": ["a"]{{offset}} }"""))
            .Periods("2027-01-04T00:00Z", "2027-01-10T00:00Z").Select(period => period[..2])).ShouldBe(days);

    [Fact]
    public void Pattern_SeveralTeamsAtOnce_AreOnDutyTogether() =>
        In("UTC", Pattern("""{ "D": "08:00-16:00" }""", "\"D\"", """{ "advisers": ["a", "b"] }, { "advisers": ["c"] }""")).At("2027-01-04T12:00Z").ShouldBe("a b c");

    [Fact]
    public void DatedShifts_Overlapping_AreOnDutyTogether() =>
        In("UTC", """
            { "name": "list", "shifts": [
              { "start": "2027-01-04T08:00", "end": "2027-01-04T16:00", "adviser": "b" }, { "start": "2027-01-04T12:00", "end": "2027-01-04T20:00", "adviser": "a" } ] }
            """)
            .Periods("2027-01-04T00:00Z", "2027-01-05T00:00Z")
            .ShouldBe(["04 08:00+0 to 04 12:00+0: b", "04 12:00+0 to 04 16:00+0: a b", "04 16:00+0 to 04 20:00+0: a"]);

    [Fact]
    public void Only_SeveralWindows_AddUp() =>
        In("UTC", Rotation("2027-01-01T00:00", "P1D", "a", """ "only": [{ "from": "08:00", "to": "12:00" }, { "from": "10:00", "to": "14:00" }, { "from": "20:00", "to": "21:00" }], """))
            .Periods("2027-01-04T00:00Z", "2027-01-05T00:00Z")
            .ShouldBe(["04 08:00+0 to 04 14:00+0: a", "04 20:00+0 to 04 21:00+0: a"]);

    [Fact]
    public void Only_Days_NameTheDayOnWhichTheWindowBegins() =>
        In("UTC", Rotation("2027-01-01T00:00", "P1W", "a", """ "only": [{ "days": ["Fri"], "from": "18:00", "to": "08:00" }], """))
            .Periods("2027-01-04T00:00Z", "2027-01-11T00:00Z")
            .ShouldBe(["08 18:00+0 to 09 08:00+0: a"]);

    [Fact]
    public void Only_DaysLeftOut_EveryDay() =>
        In("UTC", Rotation("2027-01-01T00:00", "P1W", "a", """ "only": [{ "from": "00:00", "to": "00:00" }], """))
            .Periods("2027-01-04T00:00Z", "2027-01-11T00:00Z")
            .ShouldBe(["04 00:00+0 to 11 00:00+0: a"]);

    [Fact]
    public void BareDate_AsStartAndAsEnd_StandsForTheStartOfThatLocalDay() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a"), absences: Absence("a", "2027-06-10", "2027-06-15"))
            .Gaps("2027-06-01T00:00Z", "2027-07-01T00:00Z")
            .ShouldBe(["10 00:00+1 to 15 00:00+1: 1"]);

    [Fact]
    public void BareDate_OfADayThatTheZoneSkipped_IsTheStartOfTheNext() =>
        In("Pacific/Apia", Rotation("2011-12-01T00:00", "P1W", "a"), Override("2011-12-30", "2012-01-01", "b"))
            .Periods("2011-12-29T10:00Z", "2012-01-01T10:00Z")
            .ShouldBe(["29 00:00-10 to 31 00:00+14: a", "31 00:00+14 to 01 00:00+14: b", "01 00:00+14 to 02 00:00+14: a"]);

    [Fact]
    public void Through_NamesTheLastDay() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a"), absences: """{ "adviser": "a", "start": "2027-06-10", "through": "2027-06-14" }""")
            .Gaps("2027-06-01T00:00Z", "2027-07-01T00:00Z")
            .ShouldBe(["10 00:00+1 to 15 00:00+1: 1"]);

    [Fact]
    public void DateTime_WithOffset_IsThatInstant() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "a"), Override("2027-10-31T01:30+00:00", "2027-10-31T03:00Z", "b"))
            .Periods("2027-10-31T00:00Z", "2027-10-31T04:00Z")
            .ShouldBe(["31 01:00+1 to 31 01:30+0: a", "31 01:30+0 to 31 03:00+0: b", "31 03:00+0 to 31 04:00+0: a"]);

    [Fact]
    public void RotationStart_SecondOfTheTwo_TheFirstTurnStartsThereAndLaterOnesOnTheWallClock() =>
        In(London, Rotation("2027-10-31T01:30+00:00", "P1D", "a b"))
            .Periods("2027-10-31T00:00Z", "2027-11-02T00:00Z")
            .ShouldBe(["31 01:30+0 to 01 01:30+0: a", "01 01:30+0 to 02 00:00+0: b"]);

    [Fact]
    public void Absence_WithoutEnd_IsOpen() =>
        In("UTC", Rotation("2027-01-01T00:00", "P1W", "a"), absences: Absence("a", "2027-06-10")).At("2090-01-01T00:00Z").ShouldBe("");

    [Fact]
    public void AdvisersFromAndUntil_OutsideThem_TheAdviserCountsAsAbsent() =>
        In(London, Rotation("2027-01-01T00:00", "P1W", "e") + "," + Rotation("2027-01-01T00:00", "P1W", "a"), adviserA: ", \"from\": \"2027-06-01\", \"until\": \"2027-06-03\"")
            .Periods("2027-05-31T12:00Z", "2027-06-04T12:00Z")
            .ShouldBe(["31 13:00+1 to 01 00:00+1: e", "01 00:00+1 to 03 00:00+1: a", "03 00:00+1 to 04 13:00+1: e"]);

    private static string Pattern(string shifts, string cycle, string teams) =>
        $$"""{ "name": "pattern", "pattern": { "start": "2027-01-04", "shifts": {{shifts}}, "cycle": [{{cycle}}], "teams": [{{teams}}] } }""";
}
