namespace OnCall.Core.Rotas.Documents;

/// <summary>A place where nothing is written yet. A reader finds nothing there; what it asked for is noted.</summary>
internal sealed record BlankNode() : DraftNode(0)
{
    private readonly OrderedDictionary<string, (BlankNode Node, string What, bool IsRequired)> _keys = [];
    private BlankNode? _inner;
    private Func<Shape>? _shape;

    /// <summary>What is asked for first counts: whoever wants a reference asks for a text next.</summary>
    public void Is(Shape shape) => _shape ??= () => shape;

    /// <summary>The one item of a list.</summary>
    public BlankNode Item(bool mayBeEmpty)
    {
        _inner ??= new BlankNode();
        _shape ??= () => new Shape.List(_inner.ToShape(), mayBeEmpty);
        return _inner;
    }

    /// <summary>What stands at each key, where keys are the author's own.</summary>
    public BlankNode AnyKey()
    {
        _inner ??= new BlankNode();
        _shape = () => new Shape.Table(_inner.ToShape());
        return _inner;
    }

    public BlankNode Key(string key, string what, bool isRequired)
    {
        _shape ??= () => new Shape.Map(_keys.Select(pair => new ShapeKey(pair.Key, pair.Value.Node.ToShape(), pair.Value.What, pair.Value.IsRequired)).ToValueList());
        _keys.TryAdd(key, (new BlankNode(), what, isRequired));
        return _keys[key].Node;
    }

    public Shape ToShape() => _shape?.Invoke() ?? throw new InvalidOperationException("Nobody asked what stands here.");
}
