namespace OnCall.Service.Rotas.Shifts;

/// <summary>What is asked for with an import.</summary>
/// <param name="Rota">Whose dated shifts a file holds; null = it is a rota document.</param>
/// <param name="Layer">The layer whose shifts they take the place of; null = not said.</param>
/// <param name="Prune">What the documents do not have is removed.</param>
/// <param name="DryRun">It is only said what would change.</param>
internal sealed record ShiftWish(string? Rota, string? Layer, bool Prune, bool DryRun);
