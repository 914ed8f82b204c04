using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Duration = NodaTime.Duration;
using Period = NodaTime.Period;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>
/// When the events of a file that repeat begin. Ical.Net expands their rules on the bare wall clock; what that means in an event's zone is for
/// <see cref="EventTime"/>, so that a night on which the clocks change is the same here as in a rota.
/// </summary>
internal sealed class EventRepetition(Instant now)
{
    /// <summary>How far from the import a rule without end is followed.</summary>
    public static readonly Duration LooksAhead = Duration.FromDays(400);

    /// <summary>The days that all rules of a file may go over together: what a rule costs grows with them, not with what it brings.</summary>
    private const int MostDays = 150_000;

    private int _daysLeft = MostDays;
    private bool _isSpent;

    /// <summary>Every start on the wall clock of an event's zone, in order, EXDATEs left out.</summary>
    /// <param name="start">The event's own.</param>
    /// <exception cref="EvaluationException">The rule never comes to anything.</exception>
    public EventStarts Starts(CalendarEvent written, EventTime start)
    {
        var ruled = written.RecurrenceRule is { } rule ? Ruled(rule, start) : new EventStarts([start.Local]);
        var added = written.RecurrenceDates.GetAllDates().Select(EventTime.Of).OfType<EventTime>().Select(date => date.On(start.Zone));
        var exceptions = written.ExceptionDates.GetAllDates().Select(EventTime.Of).OfType<EventTime>().ToList();
        var times = exceptions.Where(date => date.HasTime).Select(date => date.On(start.Zone)).ToHashSet();
        var days = exceptions.Where(date => !date.HasTime).Select(date => date.Local.Date).ToHashSet();
        return ruled with { Local = [.. ruled.Local.Concat(added).Distinct().Where(local => !times.Contains(local) && !days.Contains(local.Date)).Order()] };
    }

    private EventStarts Ruled(RecurrenceRule rule, EventTime start)
    {
        if (_isSpent)
        {
            // It was said of the event that was too much.
            return new EventStarts([]);
        }

        var isEndless = rule.Count is null && rule.Until is null;
        var end = isEndless ? (now + LooksAhead).InZone(start.Zone ?? DateTimeZone.Utc).LocalDateTime : LocalDateTime.MaxIsoValue;
        rule.Until = Until(rule.Until, start);
        var floating = new CalendarEvent { Start = Bare(start.Local, start.HasTime), RecurrenceRule = rule };
        var patience = new EvaluationOptions { MaxUnmatchedIncrementsLimit = RepetitionRules.Patience(rule) };
        var starts = new List<LocalDateTime>();
        foreach (var local in floating.GetOccurrences(floating.Start, patience).Select(occurrence => LocalDateTime.FromDateTime(occurrence.Period.StartTime.Value)))
        {
            if (local >= end || local.Year > EventTime.LastYear || starts.Count > ShiftFile.MostShifts)
            {
                break;
            }

            if (Days(start.Local, local) > _daysLeft)
            {
                _isSpent = true;
                return new EventStarts([], IsTooLong: true);
            }

            starts.Add(local);
        }

        _daysLeft -= starts.Count == 0 ? 0 : Days(start.Local, starts[^1]);
        return new EventStarts(starts, IsCut: isEndless);
    }

    private static int Days(LocalDateTime from, LocalDateTime to) => Period.DaysBetween(from.Date, to.Date);

    /// <summary>The last moment of a rule, on the wall clock of the event's start; a whole day counts to its end.</summary>
    private static CalDateTime? Until(CalDateTime? until, EventTime start) =>
        until is null || EventTime.Of(until) is not { } known ? until
        : !start.HasTime ? Bare(known.On(start.Zone), hasTime: false)
        : Bare(known.HasTime ? known.On(start.Zone) : known.Local.Date.At(new LocalTime(23, 59, 59)), hasTime: true);

    private static CalDateTime Bare(LocalDateTime local, bool hasTime) => new(local.ToDateTimeUnspecified(), hasTime);
}

/// <summary>When the occurrences of an event begin.</summary>
/// <param name="Local">On the wall clock of the event's zone, in order.</param>
/// <param name="IsCut">The rule goes on after them.</param>
/// <param name="IsTooLong">There are none, since the rules of the file go over too long a time.</param>
internal sealed record EventStarts(List<LocalDateTime> Local, bool IsCut = false, bool IsTooLong = false);
