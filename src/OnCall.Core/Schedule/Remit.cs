using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Core.Schedule;

/// <summary>
/// The desks to which somebody's changes are limited. A rota may be changed with any desk that it serves, and so may the absences of those whom it names; an adviser's own
/// entry only where each rota and policy that names them is within. What serves nobody yet may be changed by everybody.
/// </summary>
/// <param name="Desks">Ids; empty = nothing that belongs to any desk.</param>
public sealed record Remit(ValueList<string> Desks)
{
    public bool HasDesk(string? id) => id is not null && Desks.Contains(id);

    /// <summary>Which of the changes from one book to another lie outside, and whose they are: a sentence each; empty = none does.</summary>
    /// <param name="now">Overrides and dated shifts that ended before do not count.</param>
    public ValueList<string> Outside(RotaBook before, RotaBook after, IEnumerable<BookChange> changes, Instant now)
    {
        var (was, becomes) = (new DeskBelongings(before, now), new DeskBelongings(after, now));
        return changes.SelectMany(change => change.Item.Kind switch
        {
            "absence" => new[] { was, becomes }.Select(one => WhyNotAbsence(one, change.Item)),
            "desk" => [WhyNotDesk(before, after, change)],
            _ => [WhyNot(change.Action == ChangeAction.Added ? becomes : was, change.Item)],
        }).OfType<string>().Distinct().ToValueList();
    }

    /// <summary>Why a rota or an adviser may not be touched; null = it may.</summary>
    public string? WhyNot(RotaBook book, BookItem item, Instant now) => WhyNot(new DeskBelongings(book, now), item);

    private string? WhyNot(DeskBelongings belongings, BookItem item) => item.Kind switch
    {
        "rota" => IsWithin(belongings.OfRota(item.Id)) ? null : $"rota {item.Id}: it belongs to {Told(belongings.OfRota(item.Id))}",
        "adviser" => belongings.OfAdviser(item.Id).FirstOrDefault(place => !IsWithin(place.Owners)) is { Name: { } name, Owners: var owners }
            ? $"adviser {item.Id}: the {name} names them, and belongs to {Told(owners)}"
            : null,
        "topics" or "timeZone" => $"{item.Kind}: it belongs to no desk",
        _ => $"{item.Kind} {item.Id}: it belongs to no desk",
    };

    private string? WhyNotAbsence(DeskBelongings belongings, BookItem item)
    {
        var owners = belongings.AdviserAway(item.Id) is { } adviser ? belongings.OfAdviser(adviser).SelectMany(place => place.Owners).Distinct().ToList() : [];
        return IsWithin(owners) ? null : $"absence {item.Id}: the adviser belongs to {Told(owners)}";
    }

    /// <summary>A desk's policy says which rotas are within: nobody may widen that for themselves.</summary>
    private string? WhyNotDesk(RotaBook before, RotaBook after, BookChange change) =>
        !HasDesk(change.Item.Id) ? $"desk {change.Item.Id}: it belongs to {Told([DeskBelongings.Desk(change.Item.Id)])}"
        : before.Desks.GetValueOrDefault(change.Item.Id)?.Policy != after.Desks.GetValueOrDefault(change.Item.Id)?.Policy ? $"desk {change.Item.Id}: its policy belongs to no desk"
        : null;

    private bool IsWithin(IReadOnlyCollection<string> owners) => owners.Count == 0 || Desks.Any(desk => owners.Contains(DeskBelongings.Desk(desk)));

    private static string Told(IEnumerable<string> owners) => string.Join(", ", owners);
}
