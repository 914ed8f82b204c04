using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>What the reading of one document needs to know and notes down.</summary>
/// <param name="Zone">The document's, or the stored one; null = there is none.</param>
internal sealed record Reading(
    string? Source, KnownIds Known, DateTimeZone? Zone, List<DraftProblem> Problems, List<DraftProblem> Warnings)
{
    /// <summary>A hundred problems with the ids of a thousand things.</summary>
    private const int MostLookedFor = 100_000;

    private readonly Dictionary<(string Kind, string Id), string> _taken = [];

    /// <summary>Notes the paths of keys that are not known here; null = such keys are faults.</summary>
    public List<string>? PassedOver { get; init; }

    public void Fault(string path, int line, string sentence) => DraftNotes.Add(Problems, new DraftProblem(Source, path, line, sentence));

    public void Warn(string path, int line, string sentence) => DraftNotes.Add(Warnings, new DraftProblem(Source, path, line, sentence));

    /// <summary>Notes that a name is taken; a fault where it was already.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="within">The path of that within which it must be unique; null = it must be so everywhere.</param>
    /// <returns>Whether it was free.</returns>
    public bool Take(string kind, string id, Spot spot, string? within = null)
    {
        var place = Source is null ? $"line {spot.Node.Line}" : $"{Source}, line {spot.Node.Line}";
        var scope = within is null ? kind : $"{kind} {Source} {within}";
        var isFree = _taken.TryAdd((scope, id), place);
        if (!isFree)
        {
            spot.Fault($"\"{id}\" is taken by another {kind} ({_taken[(scope, id)]}); choose another one, or keep one of the two.");
        }

        return isFree;
    }

    /// <summary>The word that was probably meant; after many problems nobody is told any more, since looking for it takes time.</summary>
    public string Hint(string written, IReadOnlyCollection<string> known) => Problems.Count * known.Count < MostLookedFor ? Nearest.Hint(written, known) : ".";

    /// <summary>The same for the next document, so that names stay unique over both.</summary>
    public Reading For(string? source, DateTimeZone? zone) => this with { Source = source, Zone = zone };
}
