using System.Globalization;
using System.Text.RegularExpressions;
using OnCall.Core.Rotas.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace OnCall.Service.Rotas;

/// <summary>Trees from YAML text, with the lines of their parts and keys that come twice, and back.</summary>
internal static partial class YamlDrafts
{
    /// <exception cref="UnreadableDocumentException">It is not YAML, too deep, or too big, as it is or through its anchors.</exception>
    public static Draft Read(string text, string? source)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            var tree = new YamlTree(parser);
            var root = tree.Document() ?? new DraftNode.Scalar("", IsQuoted: false, 1);

            // That there is a second document is an error, whatever stands in it.
            return new Draft(source, root, parser.TryConsume<StreamEnd>(out _) ? null : (int)parser.Current!.Start.Line);
        }
        catch (YamlException e)
        {
            var why = e.InnerException?.Message ?? e.Message;
            throw new UnreadableDocumentException((int)Math.Max(1, e.Start.Line), $"this is not YAML: {why.TrimEnd('.')}.", e);
        }
    }

    public static string Write(DraftNode document)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, document, isItem: false);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, DraftNode node, bool isItem)
    {
        switch (node)
        {
            case DraftNode.Map map:
                var isShort = isItem && map.Entries.All(entry => IsFlat(entry.Value)) && LengthOf(map) <= 120;
                emitter.Emit(new MappingStart(null, null, isImplicit: true, isShort ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    EmitScalar(emitter, entry.Key, isText: true);
                    Emit(emitter, entry.Value, isItem: isShort);
                }

                emitter.Emit(new MappingEnd());
                break;
            case DraftNode.List list:
                var isFlow = list.Items.All(item => item is DraftNode.Scalar);
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, isFlow ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Emit(emitter, item, isItem: true);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case DraftNode.Scalar scalar:
                EmitScalar(emitter, scalar.Text, scalar.IsQuoted);
                break;
            default:
                throw new InvalidOperationException($"A node of an unknown kind: {node}");
        }
    }

    /// <summary>Text is quoted where another program could take it for something else: numbers, times of day, yes and no.</summary>
    private static void EmitScalar(Emitter emitter, string text, bool isText)
    {
        var isPlain = !isText || (SafeForm().IsMatch(text) && !OtherMeaning().IsMatch(text));
        emitter.Emit(new YamlScalar(null, null, text, isPlain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlain, !isPlain));
    }

    private static bool IsFlat(DraftNode node) => node is DraftNode.Scalar || (node is DraftNode.List list && list.Items.All(item => item is DraftNode.Scalar));

    private static int LengthOf(DraftNode node) => node switch
    {
        DraftNode.Map map => map.Entries.Sum(entry => entry.Key.Length + 4 + LengthOf(entry.Value)),
        DraftNode.List list => list.Items.Sum(item => 2 + LengthOf(item)),
        _ => ((DraftNode.Scalar)node).Text.Length,
    };

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9 _.@/-]*[A-Za-z0-9.]|[A-Za-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SafeForm();

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off|y|n)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherMeaning();
}
