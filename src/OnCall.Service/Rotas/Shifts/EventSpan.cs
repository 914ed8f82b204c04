using Ical.Net.CalendarComponents;
using NodaTime;
using IcalDuration = Ical.Net.DataTypes.Duration;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>
/// How long an event lasts: so much on the wall clock, and then so much elapsed time. An event with an end keeps its end's wall clock when it repeats, as all
/// calendars show it; hours of a DURATION are elapsed (RFC 5545 §3.3.6).
/// </summary>
internal sealed record EventSpan(Period Wall, Duration Elapsed)
{
    private static readonly Duration Longest = Duration.FromDays(3653);

    public bool IsNothing => Wall.Equals(Period.Zero) && Elapsed == Duration.Zero;

    public bool IsTooLong => Wall.ToDuration() + Elapsed > Longest;

    /// <summary>What an event says; null = nothing that can be read.</summary>
    public static EventSpan? Of(CalendarEvent written, EventTime start) =>
        written.DtEnd is { } end ? (EventTime.Of(end) is { } known && known.HasTime == start.HasTime ? Between(start, known) : null)
        : written.Duration is { } length ? Of(length, start)
        : start.HasTime ? null
        : new EventSpan(Period.FromDays(1), Duration.Zero);

    /// <summary>Where an occurrence ends that begins at a time on the wall clock; as a rota document writes it.</summary>
    public string End(EventTime start)
    {
        var end = start with { Local = start.Local + Wall };
        return Elapsed == Duration.Zero ? end.Written
            : end.Zone is null ? (end with { Local = end.Local + Period.FromTicks(Elapsed.BclCompatibleTicks) }).Written
            : EventTime.At(end.Instant + Elapsed, end.Zone).Written;
    }

    private static EventSpan Between(EventTime start, EventTime end) =>
        new(Period.Between(start.Local, end.On(start.Zone), PeriodUnits.Days | PeriodUnits.AllTimeUnits), Duration.Zero);

    private static EventSpan Of(IcalDuration length, EventTime start)
    {
        var days = Period.FromDays(((length.Weeks ?? 0) * 7) + (length.Days ?? 0));
        var elapsed = Duration.FromHours(length.Hours ?? 0) + Duration.FromMinutes(length.Minutes ?? 0) + Duration.FromSeconds(length.Seconds ?? 0);
        return new EventSpan(days, start.HasTime ? elapsed : Duration.Zero);
    }
}
