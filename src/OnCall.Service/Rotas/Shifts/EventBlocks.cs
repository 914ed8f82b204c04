namespace OnCall.Service.Rotas.Shifts;

/// <summary>Parts an iCalendar file into its events, so that one that cannot be read is told of with its line, and the others are read all the same.</summary>
internal static class EventBlocks
{
    private const string Begin = "BEGIN:";
    private const string BeginEvent = "BEGIN:VEVENT";
    private const string End = "END:";
    private const string EndEvent = "END:VEVENT";

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
        EventBlock? block = null;
        var (line, inner) = (0, 0);
        foreach (var written in text.Split('\n').Select(written => written.TrimEnd('\r')))
        {
            line++;
            if (Is(written, BeginEvent))
            {
                if (block is not null)
                {
                    yield return block;
                }

                (block, inner) = (new EventBlock(line), 0);
            }
            else if (Is(written, EndEvent) && block is not null)
            {
                block.Close();
                yield return block;
                block = null;
            }
            else if (written.StartsWith(Begin, StringComparison.OrdinalIgnoreCase))
            {
                inner++;
            }
            else if (written.StartsWith(End, StringComparison.OrdinalIgnoreCase))
            {
                inner--;
            }
            else if (inner <= 0)
            {
                block?.Add(written, line);
            }
        }

        if (block is not null)
        {
            yield return block;
        }
    }

    private static bool Is(string written, string line) => written.AsSpan().TrimEnd().Equals(line, StringComparison.OrdinalIgnoreCase);
}
