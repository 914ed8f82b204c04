namespace OnCall.Core.Rotas.Documents;

/// <summary>Says in lines what differs between two documents' parts: <c>layers[nights].rotation.turn: P1D → P1W</c>.</summary>
internal static class NodeDiff
{
    /// <summary>What comes or goes as a whole is told in one line up to this length, in characters; longer, part by part.</summary>
    private const int LongestWhole = 200;

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
        var isWhole = path.Length > 0 && (before is null || after is null) && Inline(before ?? after).Length <= LongestWhole;
        if (!isWhole && before is DraftNode.Map or null && after is DraftNode.Map or null)
        {
            CompareAll(path.Length == 0 ? "" : path + ".", "", Entries(before), Entries(after), lines);
        }
        else if (isWhole || !CompareLists(path, before, after, lines))
        {
            var (was, becomes) = (Inline(before), Inline(after));
            if (was != becomes)
            {
                var place = path.Length == 0 ? "" : path + ": ";
                lines.Add(before is null ? $"+ {place}{becomes}" : after is null ? $"- {place}{was}" : $"{place}{was} → {becomes}");
            }
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

    /// <summary>Item by item, by their names; shifts of the same start have none, and are told apart by all that they say.</summary>
    /// <returns>False where these are no lists of things that can be told apart.</returns>
    private static bool CompareLists(string path, DraftNode? before, DraftNode? after, List<string> lines)
    {
        if (NamedItems(before, Named) is { } olds && NamedItems(after, Named) is { } nows)
        {
            CompareAll(path + "[", "]", olds, nows, lines);
            CompareOrder(path, olds, nows, lines);
            return true;
        }

        if (NamedItems(before, Shift) is { } was && NamedItems(after, Shift) is { } becomes)
        {
            lines.AddRange(was.Keys.Except(becomes.Keys).Select(item => $"- {path}: {item}"));
            lines.AddRange(becomes.Keys.Except(was.Keys).Select(item => $"+ {path}: {item}"));
            CompareOrder(path, was, becomes, lines);
            return true;
        }

        return false;
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

    private static OrderedDictionary<string, DraftNode> Entries(DraftNode? map)
    {
        var entries = new OrderedDictionary<string, DraftNode>();
        foreach (var entry in (map as DraftNode.Map)?.Entries ?? [])
        {
            entries[entry.Key] = entry.Value;
        }

        return entries;
    }

    /// <summary>The items of a list of maps by a name that tells all of them apart; null where there is none.</summary>
    private static OrderedDictionary<string, DraftNode>? NamedItems(DraftNode? list, Func<DraftNode.Map, string?> nameOf)
    {
        var items = new OrderedDictionary<string, DraftNode>();
        if (list is not (DraftNode.List or null))
        {
            return null;
        }

        foreach (var item in (list as DraftNode.List)?.Items ?? [])
        {
            if (item is not DraftNode.Map map || nameOf(map) is not { } name || !items.TryAdd(name, item))
            {
                return null;
            }
        }

        return items;
    }

    private static string? Named(DraftNode.Map map) =>
        Array.Find(Names, key => map.Entries.Any(entry => entry.Key == key)) is { } name ? Inline(map.Entries.First(entry => entry.Key == name).Value) : null;

    private static string? Shift(DraftNode.Map map) => map.Entries.Any(entry => entry.Key == "adviser") ? Inline(map) : null;

    private static string Inline(DraftNode? node) => node switch
    {
        DraftNode.Scalar scalar => scalar.Text,
        DraftNode.List list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        DraftNode.Map map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Inline(entry.Value)}"))}}}",
        _ => "nothing",
    };
}
