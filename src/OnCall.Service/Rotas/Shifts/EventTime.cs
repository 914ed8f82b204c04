using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using OnCall.Core.Rotas;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>A time of an event: a wall clock, and where it hangs.</summary>
/// <param name="Zone">null = the time floats: it is the rota's own.</param>
/// <param name="HasTime">False = a whole day.</param>
internal sealed record EventTime(LocalDateTime Local, DateTimeZone? Zone, bool HasTime)
{
    /// <summary>The last year that rota documents may speak of.</summary>
    public const int LastYear = 2200;

    private static readonly LocalDateTimePattern Floating = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");
    private static readonly InstantPattern Fixed = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'Z'");

    /// <summary>As a rota document writes it.</summary>
    public string Written => !HasTime ? LocalDatePattern.Iso.Format(Local.Date) : Zone is null ? Floating.Format(Local) : Fixed.Format(Instant);

    /// <summary>Only where there is a zone: by the rule that all rotas follow, not by that of calendars, which move what a clock change skips.</summary>
    public Instant Instant => LocalTimes.Resolve(Local, Zone!);

    /// <summary>Whether a time is in the years that rota documents may speak of, 1990 to 2200.</summary>
    public static bool IsInYears(CalDateTime written) => written.Value.Year is >= 1990 and <= LastYear;

    /// <summary>What an event says; null = its zone is not known.</summary>
    public static EventTime? Of(CalDateTime written)
    {
        var zone = written.HasTime && written.TzId is { } id ? Find(id) : null;
        return zone is null && written.HasTime && written.TzId is not null ? null : new EventTime(LocalDateTime.FromDateTime(written.Value), zone, written.HasTime);
    }

    public static EventTime At(Instant instant, DateTimeZone zone) => new(instant.InZone(zone).LocalDateTime, zone, HasTime: true);

    /// <summary>The same moment on another wall clock; a floating time is already there.</summary>
    public LocalDateTime On(DateTimeZone? zone) => Zone is null || zone is null || Zone.Equals(zone) ? Local : Instant.InZone(zone).LocalDateTime;

    /// <summary>IANA's name, Windows' name, or IANA's behind a maker's prefix (<c>/example.org/Europe/London</c>).</summary>
    private static DateTimeZone? Find(string id)
    {
        var zones = DateTimeZoneProviders.Tzdb;
        var windows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;
        return zones.GetZoneOrNull(id)
            ?? (windows.TryGetValue(id, out var mapped) ? zones.GetZoneOrNull(mapped) : null)
            ?? (id.Split('/') is { Length: > 3 } parts ? zones.GetZoneOrNull($"{parts[^2]}/{parts[^1]}") : null);
    }
}
