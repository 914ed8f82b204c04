using System.Text;
using Ical.Net;
using NodaTime;
using OnCall.Service.Calendars;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calendars;

/// <summary>What RFC 5545 asks of a calendar, and what Outlook, Google and Apple read.</summary>
public sealed class CalendarTextTests
{
    private static readonly Instant Published = Instant.FromUtc(2026, 11, 25, 9, 0);
    private static readonly CalendarEntry Entry = new("1@oncall", Instant.FromUtc(2026, 12, 25, 9, 0), Instant.FromUtc(2026, 12, 26, 9, 0), "Ash Alder");

    [Fact]
    public void Write_OneEntry_IsThisText() => CalendarText.Write("Extradition desk", [Entry], revision: 17, Published).ShouldBe(
        """
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        NAME:Extradition desk
        PRODID:-//OnCall//On call//EN
        REFRESH-INTERVAL;VALUE=DURATION:PT1H
        VERSION:2.0
        X-PUBLISHED-TTL:PT1H
        X-WR-CALNAME:Extradition desk
        BEGIN:VEVENT
        DTEND:20261226T090000Z
        DTSTAMP:20261125T090000Z
        DTSTART:20261225T090000Z
        LAST-MODIFIED:20261125T090000Z
        SEQUENCE:17
        STATUS:CONFIRMED
        SUMMARY:Ash Alder
        TRANSP:TRANSPARENT
        UID:1@oncall
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"));

    [Fact]
    public void Write_NoEntry_IsACalendarAllTheSame() => Calendar.Load(CalendarText.Write("Desk", [], 0, Published))!.Events.ShouldBeEmpty();

    [Theory]
    [InlineData("Siân, Bryony; a\\b\nc: \"d\"")]
    [InlineData("Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ Ŵŷ")]
    [InlineData("x🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂")]
    [InlineData("a                                                                                                                    b")]
    public void Write_AnyName_IsReadBackAndNoLineIsLongerThan75Octets(string name)
    {
        var text = CalendarText.Write(name, [Entry with { Title = name }], 1, Published);

        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        text.Split("\r\n").ShouldAllBe(line => utf8.GetByteCount(line) <= 75);
        Calendar.Load(text)!.Events.ShouldHaveSingleItem().Summary.ShouldBe(name);
    }
}
