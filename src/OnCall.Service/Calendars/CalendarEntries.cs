using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>One entry of a calendar.</summary>
/// <param name="Uid">Stays the same as long as the entry begins then.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Title">Names; no numbers, and no reasons, which are people's own.</param>
internal sealed record CalendarEntry(string Uid, Instant Start, Instant End, string Title);

/// <summary>The entries of a calendar, computed from the book in force; those of the past, too.</summary>
internal static class CalendarEntries
{
    public static string NameOf(CalendarSubject subject, RotaBook book) => subject switch
    {
        CalendarSubject.OfRota when book.Rotas.TryGetValue(subject.Id, out var rota) => rota.Name,
        CalendarSubject.OfAdviser when book.Advisers.TryGetValue(subject.Id, out var adviser) => $"On call: {adviser.Name}",
        _ => subject.Id,
    };

    /// <summary>In order of time; none where the book no longer has the rota or the adviser.</summary>
    public static IEnumerable<CalendarEntry> Of(CalendarSubject subject, RotaBook book, CalendarWindow window)
    {
        var rotas = subject is CalendarSubject.OfRota ? book.Content.Rotas.Where(rota => rota.Id == subject.Id) : book.Content.Rotas;
        return rotas
            .SelectMany(rota => subject is CalendarSubject.OfRota ? OfRota(rota, book, window) : OfAdviser(subject.Id, rota, book, window))
            .Where(entry => entry.End > window.From)
            .OrderBy(entry => entry.Start).ThenBy(entry => entry.Uid, StringComparer.Ordinal);
    }

    private static IEnumerable<CalendarEntry> OfRota(Rota rota, RotaBook book, CalendarWindow window)
    {
        var duty = DutyTimeline.Between(book, rota, window.LooksFrom, window.To);
        var gaps = duty.Gaps.Select(gap => new CalendarEntry(
            Uid("gap", rota.Id, gap.Start), gap.Start, gap.End, gap.Missing == rota.Cover ? "Nobody on duty" : $"Missing: {gap.Missing} of {rota.Cover}"));
        return duty.Periods
            .Select(period => new CalendarEntry(
                Uid("rota", rota.Id, period.Start), period.Start, period.End, string.Join(", ", period.Advisers.Select(id => book.Advisers[id].Name))))
            .Concat(gaps);
    }

    /// <summary>An adviser's unbroken duty is one entry, whoever else comes and goes meanwhile.</summary>
    private static List<CalendarEntry> OfAdviser(string adviser, Rota rota, RotaBook book, CalendarWindow window)
    {
        var entries = new List<CalendarEntry>();
        foreach (var period in DutyTimeline.Between(book, rota, window.LooksFrom, window.To).Periods.Where(period => period.Advisers.Contains(adviser)))
        {
            if (entries is [.., var last] && last.End == period.Start)
            {
                entries[^1] = last with { End = period.End };
            }
            else
            {
                entries.Add(new CalendarEntry(Uid($"adviser {adviser}", rota.Id, period.Start), period.Start, period.End, rota.Name));
            }
        }

        return entries;
    }

    private static string Uid(string kind, string rota, Instant start) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {rota} {start.ToUnixTimeSeconds()}")).AsSpan(0, 16))}@oncall";
}
