using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas;

/// <summary>Trees from JSON text, with the lines of their parts and keys that come twice, and back.</summary>
internal static class JsonDrafts
{
    private const int Deepest = 40;

    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="mostNodes">The most values and keys that it may have.</param>
    /// <exception cref="UnreadableDocumentException">It is not JSON, too deep, or too big.</exception>
    public static DraftNode Read(ReadOnlySpan<byte> utf8, int mostNodes = int.MaxValue)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
            var lines = new LineCounter(utf8, mostNodes);
            reader.Read();
            var root = Node(ref reader, ref lines);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            throw new UnreadableDocumentException((int)(e.LineNumber ?? 0) + 1, "this is not JSON: " + e.Message.Split(" LineNumber:")[0], e);
        }
        catch (InvalidOperationException e)
        {
            // Text with half of a surrogate pair.
            throw new UnreadableDocumentException(1, "this is not JSON: " + e.Message, e);
        }
    }

    public static string Write(DraftNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            Write(node, writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static DraftNode Node(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var line = lines.Next(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<DraftEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    var keyLine = lines.Next(reader.TokenStartIndex);
                    reader.Read();
                    entries.Add(new DraftEntry(key, Node(ref reader, ref lines), keyLine));
                }

                return new DraftNode.Map(entries, line);
            case JsonTokenType.StartArray:
                var items = new List<DraftNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Node(ref reader, ref lines));
                }

                return new DraftNode.List(items, line);
            case JsonTokenType.String:
                return new DraftNode.Scalar(reader.GetString()!, IsQuoted: true, line);
            default:
                return new DraftNode.Scalar(Encoding.UTF8.GetString(reader.ValueSpan), IsQuoted: false, line);
        }
    }

    private static void Write(DraftNode node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case DraftNode.Map map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(entry.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case DraftNode.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case DraftNode.Scalar { IsQuoted: false } literal:
                writer.WriteRawValue(literal.Text);
                break;
            case DraftNode.Scalar text:
                writer.WriteStringValue(text.Text);
                break;
            default:
                throw new InvalidOperationException($"A node of an unknown kind: {node}");
        }
    }

    /// <summary>Counts values and keys, which come in order, and the lines up to them.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> utf8, int mostNodes)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _line = 1;
        private int _reached;
        private int _nodes;

        /// <summary>The line of the next value or key.</summary>
        public int Next(long index)
        {
            _line += _utf8[_reached..(int)index].Count((byte)'\n');
            _reached = (int)index;
            return ++_nodes <= mostNodes ? _line : throw new UnreadableDocumentException(_line, "the document is bigger than any rota document.");
        }
    }
}
