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
        : new ImportOutcome(ImportAnswer.Of(publication), []);
}

/// <summary>What an import changed or would change.</summary>
/// <param name="Kept">What stays although the document does not have it.</param>
/// <param name="Revision">The revision that is in force afterwards, or would be.</param>
internal sealed record ImportAnswer(IEnumerable<ChangeJson> Changes, IEnumerable<string> Warnings, IEnumerable<KeptJson> Kept, long Revision)
{
    /// <param name="publication">One with a book.</param>
    public static ImportAnswer Of(Publication publication) => new(
        [.. publication.Changes.Select(ChangeJson.Of)], [.. publication.Warnings], [.. publication.Kept.Select(item => new KeptJson(item.Kind, item.Id))], publication.Book!.Revision);
}

internal sealed record KeptJson(string Kind, string Id);
