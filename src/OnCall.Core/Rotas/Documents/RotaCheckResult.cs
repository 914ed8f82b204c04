namespace OnCall.Core.Rotas.Documents;

/// <summary>What became of documents.</summary>
/// <param name="Content">The whole of what would be published; null where there is any problem.</param>
/// <param name="Problems">Everything that is wrong, in the order of the documents.</param>
/// <param name="Warnings">What is allowed and probably not meant.</param>
/// <param name="Kept">What stays as it is stored although the documents do not have it.</param>
public sealed record RotaCheckResult(
    BookContent? Content, ValueList<DraftProblem> Problems, ValueList<DraftProblem> Warnings, ValueList<BookItem> Kept)
{
    /// <summary>The paths of keys that were passed over, since this version does not know them; only what is stored may have such.</summary>
    public ValueList<string> PassedOver { get; init; } = [];
}
