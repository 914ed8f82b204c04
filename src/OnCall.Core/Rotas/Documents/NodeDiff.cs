namespace OnCall.Core.Rotas.Documents;

/// <summary>Says in lines what differs between two documents' parts: <c>layers[nights].rotation.turn: P1D → P1W</c>.</summary>
internal static class NodeDiff
{
    /// <summary>The keys by which an item of a list is told apart, the best first.</summary>
    private static readonly string[] Names = ["id", "name", "key", "start"];

    public static ValueList<string> Between(DraftNode? before, DraftNode? after)
    {
        var lines = new List<string>();
        Compare("", before, after, lines);
        return lines.ToValueList();
    }

    private static void Compare(string path, DraftNode? before, DraftNode? after, List<string> lines)
    {
        switch (before, after)
        {
            case (DraftNode.Map old, DraftNode.Map now):
                CompareAll(path.Length == 0 ? "" : path + ".", "", Entries(old), Entries(now), lines);
                break;
            case (null, DraftNode.Map now) when path.Length == 0:
                CompareAll("", "", [], Entries(now), lines);
                break;
            case (DraftNode.Map old, null) when path.Length == 0:
                CompareAll("", "", Entries(old), [], lines);
                break;
            case (DraftNode.List old, DraftNode.List now) when NamedItems(old) is { } olds && NamedItems(now) is { } nows:
                CompareAll(path + "[", "]", olds, nows, lines);
                CompareOrder(path, olds, nows, lines);
                break;
            default:
                var (was, becomes) = (Inline(before), Inline(after));
                if (was != becomes)
                {
                    var place = path.Length == 0 ? "" : path + ": ";
                    lines.Add(before is null ? $"+ {place}{becomes}" : after is null ? $"- {place}{was}" : $"{place}{was} → {becomes}");
                }

                break;
        }
    }

    private static void CompareAll(
        string before, string after, OrderedDictionary<string, DraftNode> olds, OrderedDictionary<string, DraftNode> nows, List<string> lines)
    {
        foreach (var name in olds.Keys.Union(nows.Keys))
        {
            Compare(before + name + after, olds.GetValueOrDefault(name), nows.GetValueOrDefault(name), lines);
        }
    }

    private static void CompareOrder(
        string path, OrderedDictionary<string, DraftNode> olds, OrderedDictionary<string, DraftNode> nows, List<string> lines)
    {
        var was = olds.Keys.Where(nows.ContainsKey).ToList();
        var becomes = nows.Keys.Where(olds.ContainsKey).ToList();
        if (!was.SequenceEqual(becomes))
        {
            lines.Add($"{path}, the order: {string.Join(", ", was)} → {string.Join(", ", becomes)}");
        }
    }

    private static OrderedDictionary<string, DraftNode> Entries(DraftNode.Map map)
    {
        var entries = new OrderedDictionary<string, DraftNode>();
        foreach (var entry in map.Entries)
        {
            entries[entry.Key] = entry.Value;
        }

        return entries;
    }

    /// <summary>The items of a list of maps by a name that tells all of them apart; null where there is none.</summary>
    private static OrderedDictionary<string, DraftNode>? NamedItems(DraftNode.List list)
    {
        var items = new OrderedDictionary<string, DraftNode>();
        foreach (var item in list.Items)
        {
            var name = item is DraftNode.Map map ? Array.Find(Names, key => map.Entries.Any(entry => entry.Key == key)) : null;
            if (name is null || !items.TryAdd(Inline(((DraftNode.Map)item).Entries.First(entry => entry.Key == name).Value), item))
            {
                return null;
            }
        }

        return items;
    }

    private static string Inline(DraftNode? node) => node switch
    {
        DraftNode.Scalar scalar => scalar.Text,
        DraftNode.List list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        DraftNode.Map map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Inline(entry.Value)}"))}}}",
        _ => "nothing",
    };
}
