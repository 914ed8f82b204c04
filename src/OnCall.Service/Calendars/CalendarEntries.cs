using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Duty;

namespace OnCall.Service.Calendars;

/// <summary>One entry of a calendar.</summary>
/// <param name="Uid">Stays the same as long as the entry begins then.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Title">Names; no numbers, and no reasons, which are people's own.</param>
internal sealed record CalendarEntry(string Uid, Instant Start, Instant End, string Title);

/// <summary>The entries of a calendar, put together of what each book decided while it was in force.</summary>
/// <param name="pieces">In order of time, the present book's last.</param>
internal sealed class CalendarEntries(IReadOnlyList<DutyPiece> pieces)
{
    /// <summary>The calendar's name; where no book has the rota or the adviser, the id.</summary>
    public string NameOf(CalendarSubject subject) => subject is CalendarSubject.OfRota ? RotaName(subject.Id) : $"On call: {AdviserName(subject.Id)}";

    /// <summary>In order of time; what ended before an instant is left out.</summary>
    public IEnumerable<CalendarEntry> Of(CalendarSubject subject, Instant from)
    {
        var entries = subject is CalendarSubject.OfRota
            ? OfRota(subject.Id)
            : pieces.SelectMany(piece => piece.Duty.Keys).Distinct().SelectMany(rota => OfAdviser(subject.Id, rota));
        return entries.Where(entry => entry.End > from).OrderBy(entry => entry.Start).ThenBy(entry => entry.Uid, StringComparer.Ordinal);
    }

    private IEnumerable<CalendarEntry> OfRota(string rota) => Stretches(Periods(rota).Select(period => new Stretch(period.Start, period.End, period.Advisers)))
        .Select(stretch => new CalendarEntry(Uid("rota", rota, stretch.Start), stretch.Start, stretch.End, string.Join(", ", stretch.What.Select(AdviserName))))
        .Concat(Stretches(Duty(rota).SelectMany(duty => duty.Periods.Gaps.Select(gap => new Stretch(gap.Start, gap.End, [Missing(gap, duty)]))))
            .Select(gap => new CalendarEntry(Uid("gap", rota, gap.Start), gap.Start, gap.End, gap.What[0])));

    /// <summary>An adviser's unbroken duty is one entry, whoever else comes and goes meanwhile.</summary>
    private IEnumerable<CalendarEntry> OfAdviser(string adviser, string rota) => DutyPeriod.UnbrokenOf(adviser, Periods(rota))
        .Select(duty => new CalendarEntry(Uid($"adviser {adviser}", rota, duty.Start), duty.Start, duty.End, RotaName(rota)));

    /// <summary>Those that adjoin and say the same are one.</summary>
    private static List<Stretch> Stretches(IEnumerable<Stretch> parts)
    {
        var stretches = new List<Stretch>();
        foreach (var part in parts)
        {
            if (stretches is [.., var last] && last.End == part.Start && last.What.Equals(part.What))
            {
                stretches[^1] = last with { End = part.End };
            }
            else
            {
                stretches.Add(part);
            }
        }

        return stretches;
    }

    private IEnumerable<RotaDuty> Duty(string rota) => pieces.Select(piece => piece.Duty.GetValueOrDefault(rota)).OfType<RotaDuty>();

    private IEnumerable<DutyPeriod> Periods(string rota) => Duty(rota).SelectMany(duty => duty.Periods.Periods);

    private string RotaName(string id) => Duty(id).LastOrDefault()?.Name ?? id;

    private string AdviserName(string id) => pieces.Select(piece => piece.Advisers.GetValueOrDefault(id)).LastOrDefault(name => name is not null) ?? id;

    private static string Missing(DutyGap gap, RotaDuty duty) => gap.Missing == duty.Cover ? "Nobody on duty" : $"Missing: {gap.Missing} of {duty.Cover}";

    private static string Uid(string kind, string rota, Instant start) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {rota} {start.ToUnixTimeSeconds()}")).AsSpan(0, 16))}@oncall";

    private sealed record Stretch(Instant Start, Instant End, ValueList<string> What);
}
