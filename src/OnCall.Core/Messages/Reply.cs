namespace OnCall.Core.Messages;

/// <summary>What an adviser's text asks for.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>Takes the enquiry that the adviser was texted about: <c>1</c> or <c>TAKE</c>, as the whole text.</summary>
    public sealed record Take : Reply;

    /// <summary>Closes an enquiry: <c>DONE ref topic note</c>.</summary>
    /// <param name="Rest">The words behind the ref.</param>
    public sealed record Done(string Ref, string Rest) : Reply
    {
        /// <summary>The first word as the topic, where it is one of <paramref name="topics"/>, and what follows as the note; else all of it as a note under <c>other</c>.</summary>
        public (string Topic, string? Note) Filed(IEnumerable<string> topics)
        {
            var (first, rest) = Split(Rest);
            var topic = topics.FirstOrDefault(known => known.Equals(first, StringComparison.OrdinalIgnoreCase));
            var note = topic is null ? Rest : rest;
            return (topic ?? "other", note.Length > 0 ? note : null);
        }
    }

    /// <summary>Something else.</summary>
    public sealed record Words : Reply;

    /// <summary>Reads what people type: any case, blanks and quotes around it.</summary>
    public static Reply Read(string? text)
    {
        var trimmed = (text ?? "").Trim(' ', '\t', '\r', '\n', '"', '\'', '.', '\u201C', '\u201D', '\u2018', '\u2019');
        if (trimmed.Equals("1", StringComparison.Ordinal) || trimmed.Equals("take", StringComparison.OrdinalIgnoreCase))
        {
            return new Take();
        }

        var (command, rest) = Split(trimmed);
        var (first, words) = Split(rest);
        return command.Equals("done", StringComparison.OrdinalIgnoreCase) && IsRef(first.TrimStart('#')) ? new Done(first.TrimStart('#'), words) : new Words();
    }

    private static bool IsRef(string word) => word.Length is 4 or 5 && word.All(char.IsAsciiDigit);

    private static (string First, string Others) Split(string text)
    {
        var words = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var first, var rest] => (first, rest),
            [var first] => (first, ""),
            _ => ("", ""),
        };
    }
}
