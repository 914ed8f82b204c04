using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>Where a text leads.</summary>
/// <param name="Entry">What was chosen from the line's menu; null = nothing was.</param>
/// <param name="Desk">The desk's id; null = the line has none.</param>
/// <param name="Why">For the record.</param>
public sealed record TextDesk(MenuEntry? Entry, string? Desk, string Why)
{
    /// <summary>The desk whose id the text begins with (the longest, where one id begins with another), or whose menu key stands alone on its first line; else the line's default.</summary>
    public static TextDesk Of(string words, PhoneNumber line, Roster roster)
    {
        var known = roster.Line(line);
        var text = words.TrimStart(' ', '\t', '\r', '\n', '"', '\'', '\u201C', '\u2018');
        var firstLine = text.Split('\n', 2)[0].Trim();
        if (known?.Menu.FirstOrDefault(entry => entry.Key == firstLine) is { } entry)
        {
            return new TextDesk(entry, entry.Desk, $"key {entry.Key}");
        }

        return roster.DeskIds.Where(id => BeginsWith(text, id)).MaxBy(id => id.Length) is { } desk
            ? new TextDesk(null, desk, "the text begins with it")
            : new TextDesk(null, known?.Default, "the text names no desk");
    }

    /// <summary>Whether it begins with the id as a word of its own.</summary>
    private static bool BeginsWith(string text, string id) =>
        text.StartsWith(id, StringComparison.OrdinalIgnoreCase) && (text.Length == id.Length || !(char.IsAsciiLetterOrDigit(text[id.Length]) || text[id.Length] == '-'));
}
