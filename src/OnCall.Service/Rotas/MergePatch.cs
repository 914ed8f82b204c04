using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas;

/// <summary>RFC 7396: what a patch names takes the place of what is there, map by map; a null takes it away; a list is one value.</summary>
internal static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    public static DraftNode.Map Apply(DraftNode.Map target, DraftNode.Map patch)
    {
        var kept = target.Entries.Where(entry => patch.Entries.All(said => said.Key != entry.Key));
        var said = patch.Entries.Where(entry => entry.Value is not DraftNode.Scalar { IsNull: true }).Select(entry => entry with { Value = Over(Find(target, entry.Key), entry.Value) });
        return target with { Entries = [.. kept, .. said] };
    }

    private static DraftNode Over(DraftNode? target, DraftNode patch) =>
        patch is DraftNode.Map map ? Apply(target as DraftNode.Map ?? new DraftNode.Map([], map.Line), map) : patch;

    private static DraftNode? Find(DraftNode.Map map, string key) => map.Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
}
