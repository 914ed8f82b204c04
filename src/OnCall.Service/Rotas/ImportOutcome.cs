using System.Text.Json.Serialization;

namespace OnCall.Service.Rotas;

/// <summary>What became of a document that a command was to publish: what changed, or everything that is wrong with it.</summary>
/// <param name="Done">Null = nothing was changed, because of <paramref name="Errors"/>.</param>
/// <param name="Errors">Each in a sentence, with its line and its path.</param>
internal sealed record ImportOutcome(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImportAnswer? Done, IReadOnlyList<string> Errors)
{
    public static ImportOutcome Of(Publication publication) => publication.Book is null
        ? new ImportOutcome(null, publication.NotHere is { } why ? [why] : [.. publication.Problems.Select(problem => $"{problem.Located} ({problem.Path})")])
        : new ImportOutcome(ImportAnswer.Of(publication, seesAll: true), []);
}

/// <summary>What an import changed or would change.</summary>
/// <param name="Kept">What stays although the document does not have it.</param>
/// <param name="Revision">The revision that is in force afterwards, or would be.</param>
internal sealed record ImportAnswer(IEnumerable<ChangeJson> Changes, IEnumerable<string> Warnings, IEnumerable<KeptJson> Kept, long Revision)
{
    /// <param name="publication">One with a book.</param>
    /// <param name="seesAll">Blocked numbers are officers': they are left out for whoever may not see such.</param>
    public static ImportAnswer Of(Publication publication, bool seesAll) => new(
        [.. publication.Changes.Where(change => seesAll || change.Item.Kind != "blocked").Select(ChangeJson.Of)],
        [.. publication.Warnings],
        [.. publication.Kept.Where(item => seesAll || item.Kind != "blocked").Select(item => new KeptJson(item.Kind, item.Id))],
        publication.Book!.Revision);
}

internal sealed record KeptJson(string Kind, string Id);
