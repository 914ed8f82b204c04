using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Escalation;

namespace OnCall.Core.Tests.Conversations;

/// <summary>The books of all conversations, built once: two lines, advisers on duty, off duty, away, and one who takes no texts.</summary>
internal static class TextBooks
{
    public static readonly PhoneNumber OtherLine = PhoneNumber.Parse("+442079460102");
    public static readonly PhoneNumber OtherTextLine = PhoneNumber.Parse("+447700900301");

    public static IReadOnlyList<RotaBook> All { get; } =
    [
        Of(new DeskBook { Menu = DeskBook.TwoDesks, Steps = ["rota:first", "cedar fir"], Rotas = Turns }),
        Of(new DeskBook { Menu = DeskBook.TwoDesks, Steps = ["ash birch", "rota:first"], Rounds = 2, Rotas = Turns, NoTexts = ["birch"], Away = ["cedar"] }),
        Of(new DeskBook { Steps = ["ash", "birch", "cedar"], NoTexts = ["fir"] }),
        Of(new DeskBook { Steps = ["rota:first"], Rotas = new Dictionary<string, string[]> { ["first"] = ["", "ash+birch"] } }),
    ];

    private static Dictionary<string, string[]> Turns => new() { ["first"] = ["ash+birch", "dogwood", ""] };

    private static RotaBook Of(DeskBook book)
    {
        var content = book.Build().Content;
        return new RotaBook(1, content with { Lines = content.Lines.Add(new Line(OtherLine, OtherTextLine, "Other advice line", "This is the other line.", [], DeskBook.Records, Language.English)) });
    }
}
