using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Duration = NodaTime.Duration;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>
/// When an event that repeats begins. Ical.Net expands the rule on the bare wall clock; what that means in the event's zone is for
/// <see cref="EventTime"/>, so that a night on which the clocks change is the same here as in a rota.
/// </summary>
internal static class EventRepetition
{
    /// <summary>How far from the import a rule without end is followed.</summary>
    public static readonly Duration LooksAhead = Duration.FromDays(400);

    /// <summary>The first year that no rota document may speak of: what gets there is refused.</summary>
    private const int BeyondYears = 2201;

    /// <summary>Eight years of days: as long as 29 February may be away.</summary>
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 3000 };

    /// <summary>Why a rule is not followed, as the end of a sentence; null = it is. Rotas change by days: what repeats within a day would only take long.</summary>
    public static string? Refusal(CalendarEvent written) =>
        written.Properties.AllOf("RRULE").Count() > 1 ? "it has two rules, where RFC 5545 allows one"
        : written.Properties.ContainsKey("EXRULE") ? "it has an EXRULE, which RFC 5545 no longer knows"
        : written.RecurrenceDates.GetAllPeriods().Any() ? "an RDATE of it has a length of its own"
        : written.RecurrenceDates.GetAllDates().Any(date => !EventTime.IsInYears(date)) ? "an RDATE of it is outside the years 1990 to 2200"
        : written.RecurrenceDates.GetAllDates().Concat(written.ExceptionDates.GetAllDates()).Any(date => EventTime.Of(date) is null) ? "a date of it is in a time zone that is not known"
        : written.RecurrenceRule is not { } rule ? null
        : rule.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly ? "it repeats by hours or less"
        : new[] { rule.ByHour.Count, rule.ByMinute.Count, rule.BySecond.Count }.Max() > 1 || rule.ByYearDay.Count > 31 ? "it repeats within a day, or on too many days of the year"
        : new[] { rule.ByDay.Count, rule.ByMonthDay.Count, rule.ByMonth.Count, rule.ByWeekNo.Count, rule.BySetPosition.Count }.Max() > 62 ? "its rule is longer than any real one"
        : null;

    /// <summary>Every start on the wall clock of the event's zone, in order, EXDATEs left out.</summary>
    /// <param name="start">The event's own.</param>
    /// <param name="isCut">Whether the rule goes on after what is given.</param>
    /// <exception cref="EvaluationException">The rule never comes to anything.</exception>
    public static List<LocalDateTime> Starts(CalendarEvent written, EventTime start, Instant now, out bool isCut)
    {
        var end = (now + LooksAhead).InZone(start.Zone ?? DateTimeZone.Utc).LocalDateTime;
        var (ruled, goesOn) = written.RecurrenceRule is { } rule ? Ruled(rule, start, end) : ([start.Local], false);
        isCut = goesOn;
        var added = written.RecurrenceDates.GetAllDates().Select(EventTime.Of).OfType<EventTime>().Select(date => date.On(start.Zone));
        var exceptions = written.ExceptionDates.GetAllDates().Select(EventTime.Of).OfType<EventTime>().ToList();
        var times = exceptions.Where(date => date.HasTime).Select(date => date.On(start.Zone)).ToHashSet();
        var days = exceptions.Where(date => !date.HasTime).Select(date => date.Local.Date).ToHashSet();
        return [.. ruled.Concat(added).Distinct().Where(local => !times.Contains(local) && !days.Contains(local.Date)).Order()];
    }

    private static (List<LocalDateTime> Starts, bool IsCut) Ruled(RecurrenceRule rule, EventTime start, LocalDateTime end)
    {
        var isEndless = rule.Count is null && rule.Until is null;
        rule.Until = Until(rule.Until, start);
        var floating = new CalendarEvent { Start = Bare(start.Local, start.HasTime), RecurrenceRule = rule };
        var starts = floating.GetOccurrences(floating.Start, Patience)
            .Select(occurrence => LocalDateTime.FromDateTime(occurrence.Period.StartTime.Value))
            .TakeWhile(local => (!isEndless || local < end) && local.Year <= BeyondYears)
            .Take(ShiftFile.MostShifts + 1)
            .ToList();
        return (starts, isEndless);
    }

    /// <summary>The last moment of a rule, on the wall clock of the event's start; a whole day counts to its end.</summary>
    private static CalDateTime? Until(CalDateTime? until, EventTime start) =>
        until is null || EventTime.Of(until) is not { } known ? until
        : !start.HasTime ? Bare(known.On(start.Zone), hasTime: false)
        : Bare(known.HasTime ? known.On(start.Zone) : known.Local.Date.At(new LocalTime(23, 59, 59)), hasTime: true);

    private static CalDateTime Bare(LocalDateTime local, bool hasTime) => new(local.ToDateTimeUnspecified(), hasTime);
}
