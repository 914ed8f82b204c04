using NodaTime;
using NodaTime.Text;

namespace OnCall.Service.Duty;

/// <summary>Times in questions and answers: RFC 3339 with an offset, in the years 1990 to 2200.</summary>
internal static class AskedTime
{
    public const string Takes = "a date and time with an offset, like 2026-11-03T18:00:00+00:00, in the years 1990 to 2200";

    private static readonly OffsetDateTimePattern[] Read =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    private static readonly OffsetDateTimePattern Shown = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>");

    /// <summary>Reads a time; null = it is none. A blank stands for the + that became one in an address that was not escaped.</summary>
    public static Instant? Parse(string text)
    {
        var parsed = Read.Select(pattern => pattern.Parse(text.Replace(' ', '+'))).FirstOrDefault(parsed => parsed.Success);
        return parsed?.Value is { Year: >= 1990 and <= 2200 } time ? time.ToInstant() : null;
    }

    public static string Show(Instant instant, DateTimeZone zone) => Shown.Format(instant.InZone(zone).ToOffsetDateTime());
}
