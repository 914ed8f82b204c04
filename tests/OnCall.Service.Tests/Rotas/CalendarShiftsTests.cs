using System.Globalization;
using System.Text;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;
using OnCall.Service.Rotas.Shifts;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>iCalendar files as calendars export them.</summary>
public sealed class CalendarShiftsTests
{
    [Theory]
    [InlineData("DTSTART:20261225T090000Z\nDTEND:20261226T090000Z", "2026-12-25T09:00:00Z 2026-12-26T09:00:00Z a")]
    [InlineData("DTSTART;TZID=Europe/London:20270701T090000\nDTEND;TZID=Europe/London:20270701T170000", "2027-07-01T08:00:00Z 2027-07-01T16:00:00Z a")]
    [InlineData("DTSTART;TZID=GMT Standard Time:20270701T090000\nDTEND;TZID=GMT Standard Time:20270701T170000", "2027-07-01T08:00:00Z 2027-07-01T16:00:00Z a")]
    [InlineData("DTSTART;TZID=/example.org/20260101/Europe/London:20270701T090000\nDURATION:PT8H", "2027-07-01T08:00:00Z 2027-07-01T16:00:00Z a")]
    [InlineData("DTSTART;TZID=Europe/London:20270701T090000\nDTEND;TZID=America/New_York:20270701T090000", "2027-07-01T08:00:00Z 2027-07-01T13:00:00Z a")]
    [InlineData("DTSTART:20261225T090000\nDTEND:20261226T090000", "2026-12-25T09:00:00 2026-12-26T09:00:00 a")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227", "2026-12-25 2026-12-27 a")]
    [InlineData("DTSTART;VALUE=DATE:20261225", "2026-12-25 2026-12-26 a")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nDURATION:P1W", "2026-12-25 2027-01-01 a")]
    [InlineData("DTSTART;TZID=Europe/London:20271030T220000\nDURATION:P1DT8H", "2027-10-30T21:00:00Z 2027-11-01T06:00:00Z a")]
    public void Read_Event_UtcZonedFloatingOrAllDay(string times, string written) => Written(times).ShouldBe([written]);

    [Fact]
    public void Read_FoldedAndEscapedTitle_IsWhatWasMeant() =>
        Given.Calendar("BEGIN:VEVENT\nDTSTART:20261225T090000Z\nDTEND:20261226T090000Z\nSUMMARY:Alder\\, \n As\n h\nEND:VEVENT").Shifts.ShouldHaveSingleItem().Adviser.ShouldBe("Alder, Ash");

    [Fact]
    public void Read_PeopleInvited_ByTheirMailAddressesAndWithoutRooms() =>
        Written("""
            DTSTART:20261225T090000Z
            DTEND:20261226T090000Z
            ATTENDEE;CN=Ash;PARTSTAT=ACCEPTED:mailto:ash@example.org
            ATTENDEE:MAILTO:Birch@example.org
            ATTENDEE;CUTYPE=ROOM:mailto:room@example.org
            ATTENDEE:urn:uuid:1
            """).ShouldBe(["2026-12-25T09:00:00Z 2026-12-26T09:00:00Z a <ash@example.org> <Birch@example.org>"]);

    [Fact]
    public void Read_Repetition_KeepsTheWallClockOverAClockChange() =>
        Written("DTSTART;TZID=Europe/London:20271023T220000\nDTEND;TZID=Europe/London:20271024T060000\nRRULE:FREQ=WEEKLY;COUNT=3").ShouldBe(
        [
            "2027-10-23T21:00:00Z 2027-10-24T05:00:00Z a",
            "2027-10-30T21:00:00Z 2027-10-31T06:00:00Z a",
            "2027-11-06T22:00:00Z 2027-11-07T06:00:00Z a",
        ]);

    [Fact]
    public void Read_RepetitionIntoWhatTheClocksSkip_IsTheFirstMomentAfterTheSkip() =>
        Written("DTSTART;TZID=Europe/London:20270327T013000\nDTEND;TZID=Europe/London:20270327T090000\nRRULE:FREQ=DAILY;COUNT=3").ShouldBe(
        [
            "2027-03-27T01:30:00Z 2027-03-27T09:00:00Z a",
            "2027-03-28T01:00:00Z 2027-03-28T08:00:00Z a",
            "2027-03-29T00:30:00Z 2027-03-29T08:00:00Z a",
        ]);

    [Fact]
    public void Read_OccurrenceThatTheClocksSkip_IsLeftOutAndReported()
    {
        var list = Event("DTSTART;TZID=Europe/London:20270327T010000\nDTEND;TZID=Europe/London:20270327T020000\nRRULE:FREQ=DAILY;COUNT=3");

        list.Shifts.Count.ShouldBe(2);
        list.Warnings.ShouldHaveSingleItem().Located.ShouldContain("the clocks skip the whole of the event \"a\" that would begin at 2027-03-28T01:00:00Z");
    }

    [Theory]
    [InlineData("EXDATE;TZID=Europe/London:20270701T090000")]
    [InlineData("EXDATE:20270701T080000Z")]
    [InlineData("EXDATE;VALUE=DATE:20270701")]
    public void Read_ExceptionOfARule_IsLeftOut(string exception) =>
        Written($"DTSTART;TZID=Europe/London:20270630T090000\nDTEND;TZID=Europe/London:20270630T170000\nRRULE:FREQ=DAILY;COUNT=3\n{exception}").ShouldBe(
            ["2027-06-30T08:00:00Z 2027-06-30T16:00:00Z a", "2027-07-02T08:00:00Z 2027-07-02T16:00:00Z a"]);

    [Theory]
    [InlineData("UNTIL=20270702T080000Z", 3)]
    [InlineData("UNTIL=20270702T075959Z", 2)]
    [InlineData("UNTIL=20270702", 3)]
    public void Read_EndOfARule_IsInclusive(string until, int count) =>
        Written($"DTSTART;TZID=Europe/London:20270630T090000\nDTEND;TZID=Europe/London:20270630T170000\nRRULE:FREQ=DAILY;{until}").Count().ShouldBe(count);

    [Fact]
    public void Read_DatesBesideARule_AreTakenToo() =>
        Written("DTSTART:20270630T090000Z\nDTEND:20270630T170000Z\nRDATE:20270705T090000Z,20270703T090000Z").ShouldBe(
            ["2027-06-30T09:00:00Z 2027-06-30T17:00:00Z a", "2027-07-03T09:00:00Z 2027-07-03T17:00:00Z a", "2027-07-05T09:00:00Z 2027-07-05T17:00:00Z a"]);

    [Fact]
    public void Read_RuleWithoutEnd_IsFollowedFor400DaysAndReported()
    {
        var list = Event("DTSTART:20261123T090000Z\nDTEND:20261124T090000Z\nRRULE:FREQ=DAILY");

        list.Shifts.Count.ShouldBe(402, "two days of the past, and 400 from today");
        list.Warnings.ShouldHaveSingleItem().Located.ShouldBe("line 7: the event \"a\" repeats without end; it is taken for the next 400 days, so import the file again before then.");
    }

    [Fact]
    public void Read_OccurrenceThatWasMovedOrCancelled_IsWhatItBecame()
    {
        var list = Given.Calendar("""
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID=Europe/London:20270104T090000
            DTEND;TZID=Europe/London:20270104T170000
            RRULE:FREQ=WEEKLY;COUNT=4
            SUMMARY:a
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID:20270111T090000Z
            DTSTART;TZID=Europe/London:20270112T090000
            DTEND;TZID=Europe/London:20270112T170000
            SUMMARY:b
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID;TZID=Europe/London:20270118T090000
            DTSTART;TZID=Europe/London:20270118T090000
            DTEND;TZID=Europe/London:20270118T170000
            STATUS:CANCELLED
            SUMMARY:a
            END:VEVENT
            """);

        list.Problems.ShouldBeEmpty();
        list.Shifts.Select(shift => $"{shift.Start[..10]} {shift.Adviser}").ShouldBe(["2027-01-04 a", "2027-01-25 a", "2027-01-12 b"]);
        list.Warnings.ShouldHaveSingleItem().Located.ShouldBe("line 18: the event \"a\" is cancelled; it is left out.");
    }

    [Fact]
    public void Read_EventsAtFault_AreAllNamedByTheirLines()
    {
        var list = Given.Calendar("""
            BEGIN:VEVENT
            DTEND:20261226T090000Z
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:tomorrow
            DTEND:20261226T090000Z
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261399T090000Z
            DTEND:20261226T090000Z
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;TZID=Nowhere:20261225T090000
            DTEND;TZID=Nowhere:20261226T090000
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261225T090000
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261225T090000
            DTEND;VALUE=DATE:20261226
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261225T090000Z
            DTEND:99991225T090000Z
            END:VEVENT
            BEGIN:VEVENT
            SUMMARY:unclosed
            BEGIN:VEVENT
            DTSTART:20261225T090000Z
            DTEND:20261226T090000Z
            SUMMARY:fine
            END:VEVENT
            """);

        list.Problems.Select(problem => problem.Located).Order(StringComparer.Ordinal).ShouldBe(
        [
            "line 11: the event that begins here cannot be read: Year, Month, and Day parameters describe an un-representable DateTime.",
            "line 16: the time zone \"Nowhere\" is not known; write one like Europe/London, or the time in UTC (20261225T090000Z).",
            "line 19: DTEND is missing, or is of another kind than DTSTART; give both a time, or both a date.",
            "line 24: DTEND is missing, or is of another kind than DTSTART; give both a time, or both a date.",
            "line 28: the time must be in the years 1990 to 2200.",
            "line 30: the event that begins here has no end (END:VEVENT).",
            "line 4: DTSTART is missing, or is no time like 20261225T090000Z.",
            "line 8: DTSTART is missing, or is no time like 20261225T090000Z.",
        ]);
        list.Shifts.ShouldHaveSingleItem().Adviser.ShouldBe("fine");
    }

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY", "it repeats by hours or less")]
    [InlineData("RRULE:FREQ=DAILY;BYHOUR=9,12", "it repeats within a day")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=1,2,3,4,5,6,7,8,9;COUNT=9", "its rule is longer than any real one")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "it has two rules")]
    [InlineData("EXRULE:FREQ=DAILY\nRRULE:FREQ=DAILY;COUNT=2", "it has an EXRULE")]
    [InlineData("RDATE;VALUE=PERIOD:20261227T090000Z/PT2H", "an RDATE of it has a length of its own")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=Nowhere:20261226T090000", "a date of it is in a time zone that is not known")]
    [InlineData("RDATE:99991225T090000Z", "an RDATE of it is outside the years 1990 to 2200")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "repeats on days that never come")]
    [InlineData("RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "repeats on days that never come")]
    [InlineData("RRULE:FREQ=DAILY;BYMONTH=12;BYMONTHDAY=25", "days of months go with FREQ=MONTHLY or FREQ=YEARLY")]
    [InlineData("RRULE:FREQ=SOMETIMES", "cannot be read")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=99999999999", "cannot be read")]
    [InlineData("RECURRENCE-ID;RANGE=THISANDFUTURE:20261226T090000Z", "changes all later ones of a series")]
    public void Read_RepetitionThatIsNotFollowed_IsAnError(string rule, string sentence) =>
        Event($"DTSTART:20261225T090000Z\nDTEND:20261226T090000Z\n{rule}").Problems.ShouldHaveSingleItem().Sentence.ShouldContain(sentence);

    [Theory]
    [InlineData("")]
    [InlineData("start,end,adviser\n")]
    public void Read_NoCalendar_IsUnreadable(string text) =>
        Should.Throw<UnreadableDocumentException>(() => ShiftFile.Read(Encoding.UTF8.GetBytes(text), ShiftForm.Calendar, null, Given.Now)).Message
            .ShouldBe("line 1: this is no iCalendar file: it must begin with BEGIN:VCALENDAR.");

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", "2028-02-29", "2032-02-29")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", "2027-12-26", "2028-01-30")]
    [InlineData("RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=3;COUNT=2", "2028-03-31", "2029-03-31")]
    [InlineData("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=3", "2027-12-17", "2027-12-27")]
    public void Read_RulesThatPeopleUse_AreFollowed(string rule, string first, string second) =>
        Event($"DTSTART:20271213T090000Z\nDTEND:20271213T170000Z\n{rule}").Shifts.Select(shift => shift.Start[..10]).Where(day => day != "2027-12-13").Take(2).ShouldBe([first, second]);

    [Fact]
    public void Read_MoreShiftsThanAnyRota_EndsInAClearError()
    {
        var list = Event("DTSTART:20000101T090000Z\nDTEND:20000102T090000Z\nRRULE:FREQ=DAILY;COUNT=999999");

        list.Shifts.ShouldBeEmpty();
        list.Problems.ShouldHaveSingleItem().Located.ShouldBe("line 4: with this event there are more than 20000 shifts; end its rule earlier, or split the file.");
    }

    [Fact]
    public void Read_WhatShiftsDoNotNeed_IsNotLookedAt() =>
        Event("CREATED:nonsense\nDESCRIPTION:Ring\n  me\nBEGIN:VALARM\nTRIGGER:nonsense\nDTSTART:20200101T090000Z\nEND:VALARM\nDTSTART:20261225T090000Z\nDTEND:20261226T090000Z\nLAST-MODIFIED:x")
            .Shifts.ShouldHaveSingleItem().Start.ShouldBe("2026-12-25T09:00:00Z");

    [Fact]
    public void Read_MoreEventsThanAnyRota_EndsInAClearError()
    {
        var events = new StringBuilder();
        for (var number = 0; number < 2001; number++)
        {
            events.Append(CultureInfo.InvariantCulture, $"BEGIN:VEVENT\nUID:{number}\nEND:VEVENT\n");
        }

        Given.Calendar(events.ToString()).Problems.ShouldHaveSingleItem().Sentence.ShouldBe("there are more than 2000 events; split the file.");
    }

    private static ShiftList Event(string lines) => Given.Calendar($"BEGIN:VEVENT\n{lines}\nSUMMARY:a\nEND:VEVENT");

    private static IEnumerable<string> Written(string lines)
    {
        var list = Event(lines);
        list.Problems.ShouldBeEmpty();
        return Given.Written(list);
    }
}
