using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace OnCall.Service.Calendars;

/// <summary>Writes calendars as RFC 5545 has them: all times in UTC, so that no reader needs to know a zone's rules.</summary>
internal static class CalendarText
{
    private const int LongestLine = 75;

    /// <param name="revision">Of the book: it only grows, and so each entry's SEQUENCE does.</param>
    /// <param name="published">When that revision was: each entry's DTSTAMP, so that the same book gives the same text.</param>
    public static string Write(string name, IEnumerable<CalendarEntry> entries, long revision, Instant published)
    {
        var calendar = new Calendar { ProductId = "-//OnCall//On call//EN", Scale = "GREGORIAN", Method = "PUBLISH" };
        var refresh = new CalendarProperty("REFRESH-INTERVAL", "PT1H");
        refresh.AddParameter("VALUE", "DURATION");
        calendar.Properties.Add(refresh);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        calendar.AddProperty("NAME", name);
        calendar.AddProperty("X-WR-CALNAME", name);
        foreach (var entry in entries)
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = entry.Uid,
                DtStamp = Utc(published),
                LastModified = Utc(published),
                Start = Utc(entry.Start),
                End = Utc(entry.End),
                Sequence = (int)Math.Min(revision, int.MaxValue),
                Summary = entry.Title,
                Status = EventStatus.Confirmed,

                // Being on call does not make anybody busy for meetings.
                Transparency = TransparencyType.Transparent,
            });
        }

        return Fold(new CalendarSerializer(calendar).SerializeToString()!);
    }

    /// <summary>Ical.Net folds lines between the two halves of a character, which are then no text any more: they are put together, and folded between characters.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var length = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (length + rune.Utf8SequenceLength > LongestLine)
                {
                    folded.Append("\r\n ");
                    length = 1;
                }

                folded.Append(rune);
                length += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }

    private static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc());
}
