using System.Text;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>The lines of one event of an iCalendar file.</summary>
/// <param name="Line">Of its first line, from 1.</param>
/// <param name="Text">From BEGIN:VEVENT to END:VEVENT; without that end where the file breaks off.</param>
internal sealed record EventBlock(int Line, string Text, bool IsClosed)
{
    /// <summary>The line of a property; the first line where the event does not have it.</summary>
    public int LineOf(string property)
    {
        var lines = Text.Split('\n');
        return Line + Math.Max(0, Array.FindIndex(lines, line => line.StartsWith(property, StringComparison.OrdinalIgnoreCase) && line.Length > property.Length && line[property.Length] is ':' or ';'));
    }
}

/// <summary>Parts an iCalendar file into its events, so that one that cannot be read is told of with its line, and the others are read all the same.</summary>
internal static class EventBlocks
{
    private const string Begin = "BEGIN:VEVENT";
    private const string End = "END:VEVENT";

    /// <exception cref="UnreadableDocumentException">It is no iCalendar file.</exception>
    public static IEnumerable<EventBlock> Of(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableDocumentException(1, "this is no iCalendar file: it must begin with BEGIN:VCALENDAR.");
        }

        return Blocks(text);
    }

    private static IEnumerable<EventBlock> Blocks(string text)
    {
        var (line, begun) = (0, 0);
        var block = new StringBuilder();
        foreach (var written in text.Split('\n'))
        {
            line++;
            var isBegin = written.TrimEnd().Equals(Begin, StringComparison.OrdinalIgnoreCase);
            if (isBegin && block.Length > 0)
            {
                yield return new EventBlock(begun, block.ToString(), IsClosed: false);
            }

            if (isBegin)
            {
                begun = line;
                block.Clear();
            }

            if (isBegin || block.Length > 0)
            {
                block.Append(written.TrimEnd('\r')).Append('\n');
            }

            if (block.Length > 0 && written.TrimEnd().Equals(End, StringComparison.OrdinalIgnoreCase))
            {
                yield return new EventBlock(begun, block.ToString(), IsClosed: true);
                block.Clear();
            }
        }

        if (block.Length > 0)
        {
            yield return new EventBlock(begun, block.ToString(), IsClosed: false);
        }
    }
}
