using OnCall.Core.Rotas.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace OnCall.Service.Rotas;

/// <summary>Builds trees from YAML events. An alias stands for all that its anchor holds, and counts as that much.</summary>
internal sealed class YamlTree(Parser parser)
{
    private const int Deepest = 40;
    private const string TooBig = "the document, with what its anchors stand for, is bigger than any rota document";

    private readonly Dictionary<AnchorName, (DraftNode Node, int Size)> _anchors = [];
    private int _built;

    /// <summary>The next document; null = there is none.</summary>
    public DraftNode? Document()
    {
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var (node, _) = Node(depth: 0);
        parser.Consume<DocumentEnd>();
        return node;
    }

    private (DraftNode Node, int Size) Node(int depth)
    {
        var start = parser.Current!;
        if (depth > Deepest)
        {
            throw new YamlException(start.Start, start.End, "nested deeper than any rota document");
        }

        _built = Limited(_built + 1);
        var built = start switch
        {
            YamlScalar => OfScalar(parser.Consume<YamlScalar>()),
            SequenceStart => OfSequence(parser.Consume<SequenceStart>(), depth),
            MappingStart => OfMapping(parser.Consume<MappingStart>(), depth),
            AnchorAlias => OfAlias(parser.Consume<AnchorAlias>()),
            _ => throw new YamlException(start.Start, start.End, "a value is expected here"),
        };
        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor] = built;
        }

        return built;
    }

    /// <summary>Long text counts as much as many nodes, since each alias of it is read again.</summary>
    private static (DraftNode Node, int Size) OfScalar(YamlScalar scalar) =>
        (new DraftNode.Scalar(scalar.Value, scalar.Style != ScalarStyle.Plain, (int)scalar.Start.Line), 1 + (scalar.Value.Length / 100));

    private (DraftNode Node, int Size) OfSequence(SequenceStart start, int depth)
    {
        var items = new List<DraftNode>();
        var size = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var (item, itemSize) = Node(depth + 1);
            items.Add(item);
            size = Limited(size + itemSize);
        }

        return (new DraftNode.List(items, (int)start.Start.Line), size);
    }

    private (DraftNode Node, int Size) OfMapping(MappingStart start, int depth)
    {
        var entries = new List<DraftEntry>();
        var size = 1;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<YamlScalar>(out var key))
            {
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a key must be a single word");
            }

            _built = Limited(_built + 1);
            var (value, valueSize) = Node(depth + 1);
            entries.Add(new DraftEntry(key.Value, value, (int)key.Start.Line));
            size = Limited(size + 1 + valueSize);
        }

        return (new DraftNode.Map(entries, (int)start.Start.Line), size);
    }

    private (DraftNode Node, int Size) OfAlias(AnchorAlias alias) => _anchors.TryGetValue(alias.Value, out var anchored)
        ? anchored
        : throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value} stands for nothing");

    private int Limited(int size) => size <= RotaDocument.MostNodes
        ? size
        : throw new YamlException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, TooBig);
}
