using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Benchmarks;

/// <summary>The same year as recurrence rules, expanded by Ical.Net. It knows neither layers nor overrides: those are applied here afterwards, only to compare.</summary>
internal static class IcalYear
{
    private const string ZoneId = "Europe/London";

    private static readonly CalDateTime Start = new(2027, 1, 1, 0, 0, 0, ZoneId);
    private static readonly CalDateTime End = new(2028, 1, 1, 0, 0, 0, ZoneId);

    /// <summary>An occurrence in UTC, as ticks.</summary>
    public readonly record struct Occurred(IRecurrable Event, DateTime Start, DateTime End);

    /// <summary>A calendar for each desk: its layers' turns and shifts as recurring events, summary = layer, location = adviser.</summary>
    public static List<Calendar> Calendars() => [.. Enumerable.Range(0, DeskYear.Desks).Select(OfDesk)];

    /// <summary>What is timed: every occurrence of the year in order of time, from its start to its end in UTC.</summary>
    public static List<List<Occurred>> Expand(List<Calendar> calendars) => calendars.ConvertAll(calendar => calendar
        .GetOccurrences<CalendarEvent>(Start, null).TakeWhileBefore(End)
        .Select(one => new Occurred(one.Source, one.Period.StartTime.AsUtc, one.Period.EffectiveEndTime!.AsUtc))
        .ToList());

    /// <summary>Periods of one desk from what Ical.Net expanded, by trying every stretch between two ends of anything.</summary>
    public static List<(Instant Start, Instant End, string Advisers)> Resolve(BookContent content, int desk, List<Occurred> expanded)
    {
        var rota = content.Rotas[desk];
        var occurred = expanded.ConvertAll(one =>
            new Duty(((CalendarEvent)one.Event).Summary!, ((CalendarEvent)one.Event).Location!, Instant.FromDateTimeUtc(one.Start), Instant.FromDateTimeUtc(one.End)));
        var edges = occurred.SelectMany(one => new[] { one.Start, one.End })
            .Concat(rota.Overrides.SelectMany(change => new[] { change.Start, change.End }))
            .Concat(content.Absences.SelectMany(absence => new[] { absence.Start, absence.End!.Value }))
            .Append(DeskYear.From).Append(DeskYear.To).Where(edge => edge >= DeskYear.From && edge <= DeskYear.To).Distinct().Order().ToList();
        var periods = new List<(Instant Start, Instant End, string Advisers)>();
        foreach (var (start, end) in edges.Zip(edges.Skip(1)))
        {
            var advisers = string.Join(' ', At(content, rota, occurred, start));
            if (periods is [.., var last] && last.Advisers == advisers && last.End == start)
            {
                periods[^1] = last with { End = end };
            }
            else if (advisers.Length > 0)
            {
                periods.Add((start, end, advisers));
            }
        }

        return periods;
    }

    private static IEnumerable<string> At(BookContent content, Rota rota, List<Duty> occurred, Instant at)
    {
        var changes = rota.Overrides.Where(change => change.Start <= at && at < change.End).ToList();
        var away = content.Absences.Where(absence => absence.Start <= at && at < absence.End).Select(absence => absence.Adviser).ToHashSet();
        var on = new[] { DeskYear.Days, DeskYear.Weeknights, DeskYear.WeekByWeek }
            .Select(layer => occurred.Where(one => one.Layer == layer && one.Start <= at && at < one.End).Select(one => one.Adviser)
                .Where(adviser => !away.Contains(adviser) || changes.Exists(change => change.Replaces(adviser))).ToList())
            .FirstOrDefault(layer => layer.Count > 0) ?? [];
        foreach (var change in changes)
        {
            on = change.Effect switch
            {
                OverrideEffect.InPlaceOf of => [.. on.Select(adviser => adviser == of.Adviser ? change.Adviser : adviser)],
                OverrideEffect.Adds => [.. on, change.Adviser],
                _ => [change.Adviser],
            };
        }

        return on.Distinct().Order(StringComparer.Ordinal);
    }

    private static Calendar OfDesk(int desk)
    {
        var calendar = new Calendar();
        for (var week = 0; week < 4; week++)
        {
            Add(calendar, desk, DeskYear.WeekByWeek, week, 7 * week, 9, 7, 9, new RecurrenceRule(FrequencyType.Weekly, 4));
        }

        for (var day = 0; day < 3; day++)
        {
            var rule = new RecurrenceRule(FrequencyType.Daily, 3)
            {
                ByDay = [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.Select(weekday => new WeekDay(weekday))],
            };
            Add(calendar, desk, DeskYear.Weeknights, day, day, 18, 1, 8, rule);
        }

        for (var day = 0; day < 4; day++)
        {
            Add(calendar, desk, DeskYear.Days, day / 2, day, 8, 0, 18, new RecurrenceRule(FrequencyType.Daily, 4));
        }

        return calendar;
    }

    private static void Add(Calendar calendar, int desk, string layer, int adviser, int firstDay, int hour, int days, int untilHour, RecurrenceRule rule)
    {
        var first = DeskYear.FirstDay.PlusDays(firstDay);
        var last = first.PlusDays(days);
        calendar.Events.Add(new CalendarEvent
        {
            Summary = layer,
            Location = DeskYear.Id(layer, desk, adviser),
            Start = new CalDateTime(first.Year, first.Month, first.Day, hour, 0, 0, ZoneId),
            End = new CalDateTime(last.Year, last.Month, last.Day, untilHour, 0, 0, ZoneId),
            RecurrenceRule = rule,
        });
    }

    private sealed record Duty(string Layer, string Adviser, Instant Start, Instant End);
}
