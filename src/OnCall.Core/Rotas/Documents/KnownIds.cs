namespace OnCall.Core.Rotas.Documents;

/// <summary>The ids to which a document may refer: its own, also of things that have other faults, and those that stay stored.</summary>
internal sealed record KnownIds(
    IReadOnlySet<string> Advisers, IReadOnlySet<string> Desks, IReadOnlySet<string> Rotas, IReadOnlySet<string> Policies)
{
    public static KnownIds Of(IReadOnlyList<Draft> drafts, BookContent kept) => new(
        Written(drafts, "advisers").Concat(kept.Advisers.Select(adviser => adviser.Id)).ToHashSet(),
        Written(drafts, "desks").Concat(kept.Desks.Select(desk => desk.Id)).ToHashSet(),
        Written(drafts, "rotas").Concat(kept.Rotas.Select(rota => rota.Id)).ToHashSet(),
        Written(drafts, "policies").Concat(kept.Policies.Select(policy => policy.Id)).ToHashSet());

    private static IEnumerable<string> Written(IReadOnlyList<Draft> drafts, string section) => drafts
        .Select(draft => draft.Root).OfType<DraftNode.Map>()
        .SelectMany(root => root.Entries.Where(entry => entry.Key == section))
        .Select(entry => entry.Value).OfType<DraftNode.List>()
        .SelectMany(list => list.Items).OfType<DraftNode.Map>()
        .SelectMany(item => item.Entries.Where(entry => entry.Key == "id"))
        .Select(entry => entry.Value).OfType<DraftNode.Scalar>()
        .Select(id => id.Text);
}
