namespace OnCall.Core.Rotas.Documents;

/// <summary>A map that is being read. It remembers for which keys it was asked: any other one is unknown.</summary>
internal sealed class SpotMap
{
    private readonly Dictionary<string, Spot> _entries = [];
    private readonly Dictionary<string, int> _lines = [];
    /// <summary>Whoever has so many problems has another one than the names of keys.</summary>
    private const int MostTold = 20;

    private readonly HashSet<string> _asked = [];
    private readonly DraftNode.Map _map;
    private readonly string _path;
    private readonly Reading _reading;
    private readonly BlankNode? _blank;

    /// <param name="blank">What is asked for is noted there, and found; null = it is read.</param>
    public SpotMap(DraftNode.Map map, string path, Reading reading, BlankNode? blank = null)
    {
        (_map, _path, _reading, _blank) = (map, path, reading, blank);
        foreach (var entry in map.Entries)
        {
            if (_entries.TryAdd(entry.Key, new Spot(entry.Value, PathOf(entry.Key), reading)))
            {
                _lines.Add(entry.Key, entry.Line);
            }
            else
            {
                reading.Fault(PathOf(entry.Key), entry.Line, $"{entry.Key} stands here again, after line {_lines[entry.Key]}; keep one of the two.");
            }
        }
    }

    /// <summary>Everything, where the keys are the author's own.</summary>
    public IEnumerable<(string Key, Spot Value)> Entries => _blank is not null ? [("", new Spot(_blank.AnyKey(), PathOf(""), _reading))] : _map.Entries.DistinctBy(entry => entry.Key).Select(entry => (entry.Key, _entries[entry.Key]));

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>What stands at a key; null where it is left out, or has no value.</summary>
    /// <param name="what">What stands there, for whoever describes the document.</param>
    public Spot? Optional(string key, string what = "")
    {
        if (_blank is not null)
        {
            return new Spot(_blank.Key(key, what, isRequired: false), PathOf(key), _reading);
        }

        _asked.Add(key);
        return _entries.TryGetValue(key, out var spot) && spot.Node is not DraftNode.Scalar { IsNull: true } ? spot : null;
    }

    /// <summary>What stands at a key that must be there.</summary>
    /// <param name="what">What to write, for the sentence.</param>
    public Spot? Required(string key, string what)
    {
        _blank?.Key(key, what, isRequired: true);
        var spot = Optional(key);
        if (spot is null)
        {
            _reading.Fault(PathOf(key), _lines.GetValueOrDefault(key, _map.Line), $"{key} is missing; write {what}.");
        }

        return spot;
    }

    public IReadOnlyList<Spot> Items(string key, string what, bool mayBeEmpty = false) => Optional(key, what)?.Items(mayBeEmpty) ?? [];

    /// <summary>To be called when everything known was asked for.</summary>
    public void RefuseOthers()
    {
        var others = _map.Entries.Where(entry => !_asked.Contains(entry.Key)).DistinctBy(entry => entry.Key);
        if (_reading.PassedOver is { } passedOver)
        {
            passedOver.AddRange(others.Select(entry => PathOf(entry.Key)));
            return;
        }

        foreach (var entry in others)
        {
            _reading.Fault(PathOf(entry.Key), entry.Line, $"\"{entry.Key}\" is no key that is known here{Meant(entry.Key)}");
        }
    }

    /// <summary>The key that was probably meant, else those that there are.</summary>
    private string Meant(string key) =>
        _reading.Hint(key, _asked) is not "." and var hint ? hint : _reading.Problems.Count < MostTold ? $"; the keys here are {string.Join(", ", _asked)}." : ".";

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
