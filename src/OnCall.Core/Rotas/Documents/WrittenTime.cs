using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace OnCall.Core.Rotas.Documents;

/// <summary>A date, or a date and time, perhaps with an offset, as a document has it; and the other written forms of time.</summary>
/// <param name="Local">Midnight where a bare date was written.</param>
public sealed partial record WrittenTime(LocalDateTime Local, Offset? Offset)
{
    public const int FirstYear = 1990;
    public const int LastYear = 2200;

    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    private static readonly OffsetDateTimePattern[] WithOffset =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>"),
    ];

    /// <summary>The instant; without an offset it needs the zone.</summary>
    public Instant In(DateTimeZone? zone) =>
        Offset is { } offset ? Local.WithOffset(offset).ToInstant() : LocalTimes.Resolve(Local, zone!);

    /// <summary>Reads it; fractions of a second, which programs write beside an offset, are left out.</summary>
    public static WrittenTime? Parse(string text)
    {
        if (ParseDate(text) is { } date)
        {
            return new WrittenTime(date.AtMidnight(), null);
        }

        if ((Minutes.Parse(text) is { Success: true } minutes ? minutes : Seconds.Parse(text)) is { Success: true } local)
        {
            return new WrittenTime(local.Value, null);
        }

        return Array.Find([.. WithOffset.Select(pattern => pattern.Parse(text))], parsed => parsed.Success) is { } found
            ? new WrittenTime(found.Value.LocalDateTime.With(TimeAdjusters.TruncateToSecond), found.Value.Offset)
            : null;
    }

    /// <summary>Whether a document may hold a time of that year.</summary>
    public static bool IsInYears(int year) => year is >= FirstYear and <= LastYear;

    public static LocalDate? ParseDate(string text) => Date.Parse(text) is { Success: true } date ? date.Value : null;

    public static LocalTime? ParseClock(string text) => Clock.Parse(text) is { Success: true } time ? time.Value : null;

    /// <summary>Reads PnD, PnW, PnM, PTnH, PTnM or PTnHnM; null = it is none of them. Nothing is said of how long.</summary>
    public static Turn? ParseTurn(string text)
    {
        var parts = TurnForm().Match(text);
        if (!parts.Success)
        {
            return ParseElapsed(text) is { } length && !text.EndsWith('S') ? new Turn.Elapsed(length) : null;
        }

        var count = int.Parse(parts.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return parts.Groups["unit"].Value switch
        {
            "D" => new Turn.Days(count),
            "W" => new Turn.Days(count * 7),
            _ => new Turn.Months(count),
        };
    }

    /// <summary>Reads hours, minutes and seconds: PT1H, PT2M30S, PT25S; null = it is nothing of the kind.</summary>
    public static Duration? ParseElapsed(string text)
    {
        var parts = ElapsedForm().Match(text);
        return parts.Success
            ? Duration.FromHours(Number(parts.Groups["hours"]))
                + Duration.FromMinutes(Number(parts.Groups["minutes"]))
                + Duration.FromSeconds(Number(parts.Groups["seconds"]))
            : null;
    }

    public static string Write(LocalDate date) => Date.Format(date);

    public static string Write(LocalTime time) => Clock.Format(time);

    /// <summary>The local form; a bare date for midnight; an offset only where the local form would mean another instant, or lie outside the years that are read.</summary>
    public static string Write(Instant instant, DateTimeZone? zone)
    {
        var zoned = instant.InZone(zone ?? DateTimeZone.Utc);
        if (!IsInYears(zoned.Year))
        {
            // Written with another offset at the very edge of these years, or the end of their last day.
            var offset = zoned.Year < FirstYear ? NodaTime.Offset.MaxValue : NodaTime.Offset.MinValue;
            return Write(instant.WithOffset(offset).LocalDateTime, offset);
        }

        return zone is null || LocalTimes.Resolve(zoned.LocalDateTime, zone) != instant
            ? WithOffset[zoned.Second == 0 ? 0 : 1].Format(zoned.ToOffsetDateTime())
            : zoned.TimeOfDay == LocalTime.Midnight ? Write(zoned.Date) : Write(zoned.LocalDateTime, null);
    }

    /// <summary>The two ends of a stretch. One that a clock change skips as a whole is written as what is skipped there, so that it stays that.</summary>
    public static (string Start, string End) Write(Instant start, Instant end, DateTimeZone? zone) => start == end && zone is not null
        ? (Write(zone.GetZoneInterval(start - Duration.Epsilon).IsoLocalEnd, null), Write(zone.GetZoneInterval(start).IsoLocalStart, null))
        : (Write(start, zone), end == Instant.MaxValue ? "" : Write(end, zone));

    public static string Write(LocalDateTime local, Offset? offset) => offset is { } known
        ? WithOffset[local.Second == 0 ? 0 : 1].Format(local.WithOffset(known))
        : (local.Second == 0 ? Minutes : Seconds).Format(local);

    public static string Write(Turn turn) => turn switch
    {
        Turn.Days { Count: var days } when days % 7 == 0 => $"P{days / 7}W",
        Turn.Days { Count: var days } => $"P{days}D",
        Turn.Months { Count: var months } => $"P{months}M",
        Turn.Elapsed { Length: var length } => Write(length),
        _ => throw new InvalidOperationException($"A turn of an unknown kind: {turn}"),
    };

    public static string Write(Duration length)
    {
        var text = new StringBuilder("PT");
        Append((long)Math.Floor(length.TotalHours), 'H');
        Append(length.Minutes, 'M');
        Append(length.Seconds, 'S');
        return text.ToString();

        void Append(long count, char unit)
        {
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }
    }

    private static int Number(Group digits) =>
        digits.Success ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?<count>[0-9]{1,6})(?<unit>[DWM])\z", RegexOptions.CultureInvariant)]
    private static partial Regex TurnForm();

    [GeneratedRegex(@"^PT(?=[0-9])(?:(?<hours>[0-9]{1,6})H)?(?:(?<minutes>[0-9]{1,6})M)?(?:(?<seconds>[0-9]{1,6})S)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ElapsedForm();
}
