using OnCall.Core.Rotas;

namespace OnCall.Core.Messages;

/// <summary>
/// Reads what advisers type: in any case, with blanks, quotes of every kind, a courtesy before or after, and a signature below. A sentence that merely
/// begins with a command is words for the officer.
/// </summary>
/// <param name="desks">Their ids and names are understood behind PASS and WHO.</param>
/// <param name="topics">They are understood behind DONE without a ref.</param>
public sealed class ReplyReader(IEnumerable<Desk> desks, IEnumerable<string> topics)
{
    private static readonly char[] Around =
        [' ', '\t', '\r', '\n', '\u00A0', '"', '\'', '`', '.', ',', '!', '\u201C', '\u201D', '\u2018', '\u2019', '\u00AB', '\u00BB', '(', ')'];

    private static readonly string[] Courtesies = ["yes", "ok", "okay", "please", "pls", "thanks", "ta", "cheers"];

    private static readonly string[] Signatures = ["--", "__", "sent from", "sent via", "get outlook", "regards", "kind regards", "best", "thanks", "many thanks"];

    private static readonly HashSet<string> CarriersWords = new(Consent.Words.Except(["YES"]).Concat(["HELP", "INFO"]), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the whole text is a word that is meant for the carriers, and to which they alone answer. YES is a word of theirs, too (it means START), but it is what people answer
    /// each other: it is passed on like all others.
    /// </summary>
    public static bool IsCarriers(string? text) => CarriersWords.Contains((text ?? "").Trim(Around));

    public Reply Read(string? text)
    {
        var whole = (text ?? "").Trim();
        if (IsCarriers(whole))
        {
            return new Reply.Carriers();
        }

        var said = WithoutSignature(whole).Trim(Around);
        return Command(said) ?? Words(whole);
    }

    /// <summary>Whether an officer's whole text, but for a ref or desk before it, courtesies and a signature, asks to be called.</summary>
    public bool AsksForCall(string? text)
    {
        var words = WordsIn(WithoutSignature((text ?? "").Trim())).ToList();
        if (words.Count > 1 && (RefIn(words[0]) is not null || words[0].Length == 1 || desks.Any(desk => Is(desk.Id, words[0]))))
        {
            words.RemoveAt(0);
        }

        words.RemoveAll(IsCourtesy);
        return string.Join(' ', words).ToLowerInvariant() is "call me" or "call me back" or "call me now" or "phone me" or "ring me" or "callme";
    }

    internal static (string First, string Others) Split(string text)
    {
        var words = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var first, var rest] => (first, rest),
            [var first] => (first, ""),
            _ => ("", ""),
        };
    }

    private Reply? Command(string said)
    {
        var (first, rest) = Split(said);
        var before = RefIn(first);
        var (word, behind) = before is null ? (first, rest) : Split(rest);
        if (Is(word, "done"))
        {
            return Done(before, behind);
        }

        if (word == "NEW" || Is(word, "new:") || (Is(word, "new") && behind.StartsWith(':')))
        {
            return behind.TrimStart(':', ' ') is { Length: > 0 } words ? new Reply.Ask(words) : null;
        }

        return Short(before, [.. WordsIn(said, after: before is null ? 0 : 1)]);
    }

    /// <summary>A command that is the whole text, but for a ref and courtesies.</summary>
    private Reply? Short(string? before, List<string> words)
    {
        while (words.Count > 1 && IsCourtesy(words[0]))
        {
            words.RemoveAt(0);
        }

        while (words.Count > 1 && IsCourtesy(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        if (words.Count > 1 && before is null && RefIn(words[1]) is { } behind)
        {
            before = behind;
            words.RemoveAt(1);
        }
        else if (words.Count > 1 && before is null && RefIn(words[0]) is { } ahead)
        {
            before = ahead;
            words.RemoveAt(0);
        }
        else if (words.Count > 2 && before is null && Is(words[0], "pass") && RefIn(words[^1]) is { } last && KnownDeskIn(string.Join(' ', words[1..^1])) is not null)
        {
            before = last;
            words.RemoveAt(words.Count - 1);
        }

        return words.Count == 0 ? null : Short(words[0].ToLowerInvariant(), before, string.Join(' ', words.Skip(1)).ToLowerInvariant());
    }

    private Reply? Short(string command, string? shortRef, string rest) => (command, rest) switch
    {
        ("?" or "??", "") => new Reply.Help(),
        ("1" or "take" or "one", "") or ("take", "it") => new Reply.Take(shortRef),
        ("2" or "pass" or "two", "") => new Reply.Pass(shortRef),
        ("pass", _) when DeskIn(rest) is { } desk => new Reply.Pass(shortRef, desk),
        ("call", "" or "me" or "now") => new Reply.Call(shortRef),
        ("who" or "who?", "") when shortRef is null => new Reply.Who(),
        ("who", _) when shortRef is null && DeskIn(rest) is { } desk => new Reply.Who(desk),
        ("duty" or "duty?", "") when shortRef is null => new Reply.Duty(),
        ("sick", "") when shortRef is null => new Reply.Sick(),
        ("back", "") when shortRef is null => new Reply.Back(),
        _ => null,
    };

    private Reply.Done? Done(string? before, string behind)
    {
        var (first, rest) = Split(behind);
        if (before is null && RefIn(first) is { } shortRef)
        {
            return new Reply.Done(shortRef, rest);
        }

        var isTopic = topics.Any(topic => Is(topic, first.Trim(Around)));
        return before is not null || behind.Length == 0 || isTopic ? new Reply.Done(before, behind) : null;
    }

    /// <summary>A ref in front is no part of the words; everything else stays as it was written.</summary>
    private static Reply.Words Words(string whole)
    {
        var (first, rest) = Split(whole.TrimStart('"', '\u201C', '\u2018', '\''));
        return rest.Length > 0 && RefIn(first) is { } shortRef ? new Reply.Words(shortRef, rest) : new Reply.Words(null, whole);
    }

    /// <summary>The id of the desk that is meant, or the one word that stands there: a longer one that names no desk is a sentence.</summary>
    private string? DeskIn(string rest)
    {
        var named = DeskNamedIn(rest);
        return named.Length == 0 ? null : KnownDeskIn(rest) ?? (named.Contains(' ', StringComparison.Ordinal) ? null : named);
    }

    private string? KnownDeskIn(string rest)
    {
        var named = DeskNamedIn(rest);
        return desks.FirstOrDefault(desk => Is(desk.Id, named) || Is(desk.Name, named))?.Id;
    }

    private static string DeskNamedIn(string rest) => (rest.StartsWith("to ", StringComparison.OrdinalIgnoreCase) ? rest[3..].Trim() : rest).TrimEnd('?');

    /// <param name="after">How many of the first are left out.</param>
    private static IEnumerable<string> WordsIn(string text, int after = 0) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(after).Select(word => word.Trim(Around)).Where(word => word.Length > 0);

    private static string WithoutSignature(string text)
    {
        var lines = text.Split('\n');
        var end = Array.FindIndex(lines, 1, line => Signatures.Any(sign => line.Trim().StartsWith(sign, StringComparison.OrdinalIgnoreCase)));
        var said = end < 0 ? text : string.Join('\n', lines[..end]);
        var sent = said.IndexOf("sent from my ", StringComparison.OrdinalIgnoreCase);
        return sent > 0 ? said[..sent] : said;
    }

    private static bool IsCourtesy(string word) => Courtesies.Any(courtesy => Is(word, courtesy));

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string? RefIn(string word)
    {
        var digits = word.Trim(Around).TrimStart('#').TrimEnd(':', ';', '-');
        return digits.Length is 4 or 5 && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
