using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Core.Schedule;

/// <summary>What of a book belongs to which desks. Forces have rotas and advisers too, their contacts: those belong to the force, whatever desk asks for it.</summary>
internal sealed class DeskBelongings(RotaBook book, Instant now)
{
    private readonly ILookup<string, string> _ownersByRota = book.Content.Desks
        .SelectMany(desk => Senders.RotasOf(book, desk.Id), (desk, rota) => (Rota: rota.Id, Owner: Desk(desk.Id)))
        .Concat(book.Content.Forces.Where(force => force.Contact is NotifyTarget.Rota).Select(force => (Rota: ((NotifyTarget.Rota)force.Contact!).Id, Owner: Force(force))))
        .ToLookup(pair => pair.Rota, pair => pair.Owner);

    private readonly ILookup<string, string> _adviserByAbsence = book.Content.Absences.ToLookup(absence => BookChanges.IdOf(absence, book.Zone), absence => absence.Adviser);

    /// <summary>A desk as an owner.</summary>
    public static string Desk(string id) => $"desk {id}";

    /// <summary>The desks and forces that a rota serves; empty = none yet.</summary>
    public IReadOnlyCollection<string> OfRota(string rota) => [.. _ownersByRota[rota]];

    /// <summary>What names an adviser, and whose that is.</summary>
    public IEnumerable<(string Name, IReadOnlyCollection<string> Owners)> OfAdviser(string adviser)
    {
        var target = new NotifyTarget.Adviser(adviser);
        var rotas = book.Content.Rotas.Where(rota => Names(rota, adviser)).Select(rota => ($"rota {rota.Id}", OfRota(rota.Id)));
        var policies = book.Content.Policies.Where(policy => policy.Steps.Any(step => step.Notify.Contains(target))).Select(policy => ($"policy {policy.Id}", DesksWith(policy.Id)));
        var forces = book.Content.Forces.Where(force => target.Equals(force.Contact)).Select(force => (Force(force), (IReadOnlyCollection<string>)[Force(force)]));
        return rotas.Concat(policies).Concat(forces);
    }

    /// <summary>Who is away by an absence of a name; null = there is none of it.</summary>
    public string? AdviserAway(string absence) => _adviserByAbsence[absence].FirstOrDefault();

    private static string Force(Force force) => $"force {force.Id}";

    private IReadOnlyCollection<string> DesksWith(string policy) =>
        [.. book.Content.Desks.Where(desk => Senders.PoliciesOf(book, desk.Id).Contains(policy)).Select(desk => Desk(desk.Id))];

    private bool Names(Rota rota, string adviser) => rota.Layers.Any(layer => Names(layer.Duty, adviser))
        || rota.Overrides.Any(change => change.End > now && (change.Adviser == adviser || change.Replaces(adviser)));

    private bool Names(LayerDuty duty, string adviser) => duty switch
    {
        Rotation rotation => rotation.Advisers.Contains(adviser),
        ShiftPattern pattern => pattern.Teams.Any(team => team.Advisers.Contains(adviser)),
        DatedShifts dated => dated.Shifts.Any(shift => shift.End > now && shift.Adviser == adviser),
        _ => false,
    };
}
