using NodaTime;
using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.Checks.CheckedBook;

namespace OnCall.Core.Tests.Duty.Checks;

public sealed class RestCheckTests
{
    private const string Shifts = """{ "E": "07:00-15:00", "L": "15:00-23:00", "N": "23:00-07:00", "D": "07:00-19:00" }""";

    [Fact]
    public void Of_AnEarlyAfterALate_IsTooLittleRest() =>
        Sentences(Of(Rota("r", Pattern(Shifts, "L E off off off off off", "a"))), DutyRule.RestInADay).ShouldBe([
            "11 h of rest in 24: a is at work too soon again from Mon 4 Jan 2027 15:00 GMT to Tue 5 Jan 2027 15:00 GMT (8 h of rest, 3 h too little); 17 times until Mon 3 May 2027 01:00 BST."]);

    [Theory]
    [InlineData("E E L L N N off off off off")]
    [InlineData("D D D off off off")]
    [InlineData("N N N N off off off")]
    public void Of_UsualPatterns_HaveEnoughRest(string cycle)
    {
        var findings = DutyCheck.Of(Of(Rota("r", Pattern(Shifts, cycle, "a"))), Now).Where(finding => finding.Rule is not DutyRule.Gap);

        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Of_AShiftInTwoRotas_CountsThemTogether() =>
        Sentences(
            Of($"{Rota("r", Pattern(Shifts, "D off off off off off off", "a"))}, {Rota("s", Pattern(Shifts, "N off off off off off off", "a"))}"),
            DutyRule.RestInADay).ShouldHaveSingleItem().ShouldContain("from Mon 4 Jan 2027 07:00 GMT to Tue 5 Jan 2027 07:00 GMT (4 h of rest, 7 h too little)");

    [Fact]
    public void Of_EarliesEveryDay_HaveNoDayOff()
    {
        var book = Of(Rota("r", Pattern(Shifts, "E", "a")));

        Sentences(book, DutyRule.RestInADay).ShouldBeEmpty();
        Sentences(book, DutyRule.RestInAWeek).ShouldHaveSingleItem()
            .ShouldStartWith("24 h of rest in 7 days, or 48 in 14: a is at work without a day off from Mon 28 Dec 2026 07:00 GMT to Mon 4 Jan 2027 07:00 GMT (16 h of rest at most, 8 h too little); ");
        Sentences(book, DutyRule.WeeklyHours).ShouldBe([
            "48 h a week over 17 weeks: a is at work for 56 h a week on average from Mon 4 Jan 2027 00:00 GMT to Mon 3 May 2027 01:00 BST (8 h a week too many)."]);
    }

    [Fact]
    public void Of_TenDaysOfWorkThenFourOff_Has48HoursIn14Days() => Sentences(Of(Rota("r", Pattern(Shifts, "E E E E E E E E E E off off off off", "a"))), DutyRule.RestInAWeek).ShouldBeEmpty();

    [Fact]
    public void Of_TurnsOfAWeek_AreOnCallAtHomeAndNoWork()
    {
        var book = Of(Rota("r", Weekly("a b")));

        DutyCheck.Of(book, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Of_TurnsOfTwoWeeks_AreMoreThanSevenDaysInARow() =>
        Sentences(Of(Rota("r", GivenRota.Rotation("2026-12-07T09:00", "P2W", "a b"))), DutyRule.DaysInARow)[0].ShouldBe(
            "7 days in a row: a is on duty without a day off from Mon 4 Jan 2027 09:00 GMT to Mon 18 Jan 2027 09:00 GMT (7 days too long, being on call counted); 4 times until Mon 3 May 2027 01:00 BST.");

    [Fact]
    public void Of_AWeekInWhichClocksGoBack_IsStillAWeek() =>
        DutyCheck.Of(Of(Rota("r", Weekly("a b"))), Instant.FromUtc(2027, 10, 1, 0, 0)).ShouldBeEmpty();

    [Fact]
    public void Of_AWholeDayOfAPattern_IsOnCallAtHome() =>
        Sentences(Of(Rota("r", Pattern("""{ "D": "07:00-07:00" }""", "D off", "a"))), DutyRule.RestInADay).ShouldBeEmpty();

    [Fact]
    public void Of_AnOverrideInPlaceOfAShift_IsWork() =>
        Sentences(
            Of(Rota("r", Pattern(Shifts, "L E off off off off off", "a"), """, "overrides": [{ "start": "2027-01-04", "end": "2027-01-06", "adviser": "b", "replaces": "a" }]""")),
            DutyRule.RestInADay).ShouldContain(sentence => sentence.Contains(" b is at work too soon again from Mon 4 Jan 2027 15:00 GMT to", StringComparison.Ordinal));

    [Fact]
    public void Of_ACallInTheNightBeforeAShift_BreaksTheRest()
    {
        var book = Of($"{Rota("r", Pattern(Shifts, "E off off off off off off", "a"))}, {Rota("s", Weekly("b a"))}");
        var calls = new CallsTaken([("a", At(4, 1), At(4, 1) + Duration.FromMinutes(20)), ("a", At(4, 2), At(4, 2) + Duration.FromMinutes(30)), ("b", At(4, 3), At(4, 4))]);

        Sentences(book, DutyRule.RestInADay).ShouldBeEmpty();
        Sentences(book, DutyRule.RestInADay, calls).ShouldBe([
            "11 h of rest in 24: a was called and is at work too soon again from Mon 4 Jan 2027 02:00 GMT to Mon 4 Jan 2027 15:00 GMT (4 h 30 min of rest, 6 h 30 min too little)."]);
    }

    [Fact]
    public void Of_ACallDuringAShift_IsNothingMore() =>
        Sentences(
            Of(Rota("r", Pattern(Shifts, "D off off off off off off", "a"))),
            DutyRule.RestInADay,
            new CallsTaken([("a", At(4, 18), At(4, 18) + Duration.FromMinutes(20))])).ShouldBeEmpty();

    [Fact]
    public void Of_CallsOfTheWeeksBefore_CountForTheAverage()
    {
        var book = Of(Rota("r", Pattern(Shifts, "D D D D off off off", "a")));
        var calls = new CallsTaken(Enumerable.Range(1, 14).Select(week => ("a", At(4, 20) - Duration.FromDays(7 * week), At(4, 23) - Duration.FromDays(7 * week))));

        Sentences(book, DutyRule.WeeklyHours).ShouldBeEmpty();
        Sentences(book, DutyRule.WeeklyHours, calls).ShouldHaveSingleItem().ShouldContain(" a week on average from ");
    }

    private static Instant At(int day, int hour) => Instant.FromUtc(2027, 1, day, hour, 0);
}
