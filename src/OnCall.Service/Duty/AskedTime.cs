using NodaTime;
using NodaTime.Text;
using OnCall.Core;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;

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

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly ZonedDateTimePattern Told = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu HH':'mm x", DateTimeZoneProviders.Tzdb);
    private static readonly OffsetDateTimePattern Shown = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<+HH:mm>");

    /// <summary>Reads a time; null = it is none. Small letters are taken as well (RFC 3339 §5.6). A blank stands for the + that became one in an address that was not escaped.</summary>
    public static Instant? Parse(string text)
    {
        var spelt = text.Replace(' ', '+').ToUpperInvariant();
        var parsed = Read.Select(pattern => pattern.Parse(spelt)).FirstOrDefault(parsed => parsed.Success);
        return parsed?.Value is { Year: >= 1990 and <= 2200 } time ? time.ToInstant() : null;
    }

    /// <summary>Reads a time; without an offset it is on the wall clock of a zone.</summary>
    /// <param name="option">The option whose value it is.</param>
    /// <exception cref="OperatorException">It is none.</exception>
    public static Instant Parse(string option, string text, DateTimeZone zone) =>
        Parse(text)
        ?? (Local.Parse(text) is { Success: true, Value.Year: >= 1990 and <= 2200 } local
            ? LocalTimes.Resolve(local.Value, zone)
            : throw new OperatorException($"{option} takes {Takes}."));

    /// <summary>Refuses a window of the command line that ends before it begins, or is longer than <see cref="Asked.LongestWindow"/>.</summary>
    /// <exception cref="OperatorException">It is such a one.</exception>
    public static void CheckWindow(Instant from, Instant to)
    {
        if (to <= from || to - from > Asked.LongestWindow)
        {
            throw new OperatorException("--to must be after --from, and at most 400 days after it.");
        }
    }

    /// <summary>For people: <c>Sun 28 Mar 2027 19:00 BST</c>, <c>Sul 28 Maw 2027 19:00 BST</c>.</summary>
    public static string Tell(Instant instant, DateTimeZone zone, Language to = Language.English) => $"{Phrases.Day(to, instant.InZone(zone).Date)} {Told.Format(instant.InZone(zone))}";

    public static string Show(Instant instant, DateTimeZone zone) => Shown.Format(instant.InZone(zone).ToOffsetDateTime());
}
