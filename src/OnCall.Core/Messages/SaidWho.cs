using OnCall.Core.Rotas;

namespace OnCall.Core.Messages;

/// <summary>What a sender in doubt says of the matter and of the force: <c>1 Essex Police</c>, <c>key 1, Essex</c>, <c>essex 1</c>.</summary>
/// <param name="Entry">The entry of the menu; null = none was named.</param>
/// <param name="Force">The force, which is a claim and no proof; null = none was named.</param>
public sealed record SaidWho(MenuEntry? Entry, Force? Force)
{
    /// <summary>Words of forces' names that people leave out.</summary>
    private static readonly string[] Titles = [" police service", " constabulary", " police"];

    public static SaidWho Read(string words, IEnumerable<MenuEntry> menu, IEnumerable<Force> forces)
    {
        var said = Words(words);
        var key = said.Split(' ').Select(word => menu.FirstOrDefault(entry => entry.Key == word)).FirstOrDefault(entry => entry is not null);
        return new SaidWho(key, forces.Where(force => Names(force).Any(name => Contains(said, name))).MaxBy(force => force.Name.Length));
    }

    private static IEnumerable<string> Names(Force force)
    {
        var name = Words(force.Name);
        yield return Words(force.Id);
        yield return name;
        if (Titles.FirstOrDefault(title => name.EndsWith(title, StringComparison.Ordinal)) is { } title)
        {
            yield return name[..^title.Length];
        }
    }

    private static bool Contains(string said, string name) => name.Length > 0 && $" {said} ".Contains($" {name} ", StringComparison.Ordinal);

    /// <summary>Small letters and digits alone, with one blank between words.</summary>
    private static string Words(string text) =>
        string.Join(' ', new string([.. text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
