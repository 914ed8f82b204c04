using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>Which desks a rota serves, and from which line its people are texted.</summary>
public static class Senders
{
    /// <summary>The rotas that a desk's policies name: its own, and those of the menu's keys that lead to it.</summary>
    public static IEnumerable<Rota> RotasOf(RotaBook book, string desk) =>
        PoliciesOf(book, desk).SelectMany(policy => NamedBy(book, policy)).DistinctBy(rota => rota.Id);

    /// <summary>The number of the first line that leads to one of the rotas, else of the first line; null = the book has none.</summary>
    public static PhoneNumber? LineOf(RotaBook book, IReadOnlyCollection<string> rotas) =>
        book.Content.Lines.OrderByDescending(line => LeadsTo(book, line, rotas)).FirstOrDefault()?.TextNumber;

    private static bool LeadsTo(RotaBook book, Line line, IReadOnlyCollection<string> rotas) => line.Menu.Select(entry => entry.Desk).Prepend(line.Default)
        .SelectMany(desk => RotasOf(book, desk)).Any(rota => rotas.Contains(rota.Id));

    /// <summary>A desk's policy, and those of the menu's keys that lead to it.</summary>
    internal static IEnumerable<string> PoliciesOf(RotaBook book, string desk) => book.Content.Lines.SelectMany(line => line.Menu)
        .Where(entry => entry.Desk == desk).Select(entry => entry.Policy).Prepend(book.Desks.GetValueOrDefault(desk)?.Policy).OfType<string>();

    private static IEnumerable<Rota> NamedBy(RotaBook book, string policy) => (book.Policies.GetValueOrDefault(policy)?.Steps ?? [])
        .SelectMany(step => step.Notify).OfType<NotifyTarget.Rota>().Select(target => book.Rotas.GetValueOrDefault(target.Id)).OfType<Rota>();
}
