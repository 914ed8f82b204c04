using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>When advisers are away: absences, and what lies outside an adviser's own from and until.</summary>
internal sealed class AwayTimes
{
    private readonly Dictionary<string, StretchIndex<string>> _byAdviser;

    public AwayTimes(RotaBook book) => _byAdviser = book.Absences
        .Concat(book.Content.Advisers.SelectMany(OutsideOf))
        .GroupBy(absence => absence.Adviser)
        .ToDictionary(
            absences => absences.Key,
            absences => new StretchIndex<string>(absences.Select(absence => (absence.Start, absence.End ?? Instant.MaxValue, absence.Adviser))));

    /// <summary>When an adviser is away; null = never.</summary>
    public StretchIndex<string>? Of(string adviser) => _byAdviser.GetValueOrDefault(adviser);

    private static IEnumerable<Absence> OutsideOf(Adviser adviser)
    {
        if (adviser.From is { } from)
        {
            yield return new Absence(null, adviser.Id, Instant.MinValue, from, null);
        }

        if (adviser.Until is { } until)
        {
            yield return new Absence(null, adviser.Id, until, null, null);
        }
    }
}
