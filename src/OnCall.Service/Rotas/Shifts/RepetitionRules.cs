using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>Which rules are followed: those by which shifts repeat. Others bring nothing to a rota, and could be made to take hours.</summary>
internal static class RepetitionRules
{
    /// <summary>The days that months, days of the month and days of the week may name together, and each list of weeks and the like.</summary>
    private const int MostCombined = 100;

    /// <summary>Why an event's repetition is not followed, as the end of a sentence; null = it is.</summary>
    public static string? Refusal(CalendarEvent written) =>
        written.Properties.AllOf("RRULE").Count() > 1 ? "it has two rules, where RFC 5545 allows one"
        : written.Properties.ContainsKey("EXRULE") ? "it has an EXRULE, which RFC 5545 no longer knows"
        : written.RecurrenceDates.GetAllPeriods().Any() ? "an RDATE of it has a length of its own"
        : written.RecurrenceDates.GetAllDates().Any(date => !EventTime.IsInYears(date)) ? "an RDATE of it is outside the years 1990 to 2200"
        : written.RecurrenceDates.GetAllDates().Concat(written.ExceptionDates.GetAllDates()).Any(date => EventTime.Of(date) is null) ? "a date of it is in a time zone that is not known"
        : written.RecurrenceRule is { } rule ? Refusal(rule)
        : null;

    /// <summary>How many days, weeks, months or years of a rule may bring nothing before it is given up: more than any that brings something ever leaves out.</summary>
    public static int Patience(RecurrenceRule rule) => rule.Frequency switch
    {
        FrequencyType.Weekly => 60,
        FrequencyType.Monthly => 100,
        _ => 10,
    };

    private static string? Refusal(RecurrenceRule rule) =>
        rule.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly ? "it repeats by hours or less"
        : new[] { rule.ByHour.Count, rule.ByMinute.Count, rule.BySecond.Count }.Max() > 1 ? "it repeats within a day"
        : rule.Frequency == FrequencyType.Daily && rule.ByMonth.Count + rule.ByMonthDay.Count > 0 ? "days of months go with FREQ=MONTHLY or FREQ=YEARLY"
        : new[] { rule.ByYearDay.Count, rule.ByWeekNo.Count, rule.BySetPosition.Count }.Max() > MostCombined || Combined(rule) > MostCombined ? "its rule is longer than any real one"
        : null;

    private static long Combined(RecurrenceRule rule) =>
        Math.Max(1L, rule.ByMonth.Count) * Math.Max(1L, rule.ByMonthDay.Count) * Math.Max(1L, rule.ByDay.Count);
}
