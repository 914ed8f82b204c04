using NodaTime;
using OnCall.Core;
using OnCall.Core.Rotas;

namespace OnCall.Soak.Book;

/// <summary>What coordinators change in the book while calls go on.</summary>
internal sealed class BookEdits(Chance chance)
{
    private static readonly Duration Remembered = Duration.FromDays(30);

    public BookContent After(BookContent book, Instant now)
    {
        var edited = chance.Below(7) switch
        {
            0 or 1 => WithOverride(book, now),
            2 => WithAbsence(book, now + chance.Minutes(0, 7200)),
            3 => WithAbsence(book, now),
            4 => WithPolicy(book),
            5 => WithLeaver(book, now),
            _ => Without(book, LineBook.Id(1 + chance.Below(book.Advisers.Count))),
        };
        return edited with
        {
            Absences = edited.Absences.Where(absence => !(absence.End < now - Remembered)).ToValueList(),
            Rotas = edited.Rotas.Select(rota => rota with { Overrides = rota.Overrides.Where(change => change.End > now - Remembered).ToValueList() }).ToValueList(),
        };
    }

    private string Somebody(BookContent book) => chance.Of(book.Advisers).Id;

    private BookContent WithOverride(BookContent book, Instant now)
    {
        var rota = chance.Of(book.Rotas);
        var start = now + chance.Minutes(-60, 4000);
        OverrideEffect effect = chance.Below(4) switch
        {
            0 => new OverrideEffect.Alone(),
            1 => new OverrideEffect.Adds(),
            _ => new OverrideEffect.InPlaceOf(Somebody(book)),
        };
        var change = new Override(null, start, start + chance.Minutes(60, 3000), Somebody(book), effect, null);
        return book with { Rotas = book.Rotas.Select(other => other.Id == rota.Id ? rota with { Overrides = rota.Overrides.Add(change) } : other).ToValueList() };
    }

    private BookContent WithAbsence(BookContent book, Instant start)
    {
        var who = Somebody(book);
        return who == LineBook.Chief ? book : book with { Absences = book.Absences.Add(new Absence(null, who, start, start + chance.Minutes(60, 14_400), null)) };
    }

    private BookContent WithPolicy(BookContent book)
    {
        var policy = chance.Of(book.Policies);
        var changed = policy with
        {
            Rounds = 1 + chance.Below(3),
            Steps = policy.Steps.Select(step => step with { Ring = Duration.FromSeconds(20 + (5 * chance.Below(4))) }).ToValueList(),
            Chase = chance.Is(0.5) ? [Duration.FromMinutes(1), Duration.FromMinutes(5)] : [Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(10)],
        };
        return book with { Policies = book.Policies.Select(other => other.Id == policy.Id ? changed : other).ToValueList() };
    }

    /// <summary>One leaves, and comes back.</summary>
    private BookContent WithLeaver(BookContent book, Instant now)
    {
        var who = Somebody(book);
        return book with
        {
            Advisers = book.Advisers.Select(adviser => adviser.Id == LineBook.Chief || adviser.Id != who ? adviser
                : adviser.Until is null ? adviser with { Until = now + chance.Minutes(60, 5000) } : adviser with { Until = null }).ToValueList(),
        };
    }

    /// <summary>One is taken out of the book altogether, unless somewhere nobody would be left.</summary>
    private BookContent Without(BookContent book, string id)
    {
        var left = book with
        {
            Advisers = book.Advisers.Where(adviser => adviser.Id != id).ToValueList(),
            Absences = book.Absences.Where(absence => absence.Adviser != id).ToValueList(),
            Rotas = book.Rotas.Select(rota => Without(rota, id)).ToValueList(),
            Policies = book.Policies.Select(policy => policy with { Steps = policy.Steps.Select(step => step with { Notify = Without(step.Notify, id) }).ToValueList() }).ToValueList(),
            Forces = book.Forces.Select(force => force.Contact is NotifyTarget.Adviser contact && contact.Id == id ? force with { Contact = null } : force).ToValueList(),
        };
        var nobody = left.Rotas.Any(rota => rota.Layers.Any(layer => IsEmpty(layer.Duty))) || left.Policies.Any(policy => policy.Steps.Any(step => step.Notify.Count == 0));
        return nobody || chance.Is(0.7) ? book : left;
    }

    private static Rota Without(Rota rota, string id) => rota with
    {
        Layers = rota.Layers.Select(layer => layer with { Duty = Without(layer.Duty, id) }).ToValueList(),
        Overrides = rota.Overrides.Where(change => change.Adviser != id && !change.Replaces(id)).ToValueList(),
    };

    private static ValueList<NotifyTarget> Without(ValueList<NotifyTarget> targets, string id) => targets.Where(target => target != new NotifyTarget.Adviser(id)).ToValueList();

    private static LayerDuty Without(LayerDuty duty, string id) => duty switch
    {
        Rotation rotation => rotation with { Advisers = rotation.Advisers.Where(other => other != id).ToValueList() },
        ShiftPattern pattern => pattern with { Teams = pattern.Teams.Select(team => team with { Advisers = team.Advisers.Where(other => other != id).ToValueList() }).ToValueList() },
        DatedShifts dated => new DatedShifts(dated.Shifts.Where(shift => shift.Adviser != id).ToValueList()),
        _ => duty,
    };

    private static bool IsEmpty(LayerDuty duty) => duty switch
    {
        Rotation rotation => rotation.Advisers.Count == 0,
        ShiftPattern pattern => pattern.Teams.Any(team => team.Advisers.Count == 0),
        DatedShifts dated => dated.Shifts.Count == 0,
        _ => false,
    };
}
