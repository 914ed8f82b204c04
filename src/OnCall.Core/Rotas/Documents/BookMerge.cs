using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Lays what a document says over what is there: nothing is removed, and things of the same name take each other's places.</summary>
internal static class BookMerge
{
    /// <summary>What one document says.</summary>
    /// <param name="SaysOverrides">The rotas of which it says what their overrides are, if only that there is none.</param>
    public sealed record Said(BookContent Content, IReadOnlySet<string> SaysOverrides);

    public static BookContent Over(BookContent kept, Said said) => new()
    {
        Zone = said.Content.Zone ?? kept.Zone,
        Advisers = Over(kept.Advisers, said.Content.Advisers, adviser => adviser.Id),
        Coordinators = Over(kept.Coordinators, said.Content.Coordinators, coordinator => coordinator.Id),
        Desks = Over(kept.Desks, said.Content.Desks, desk => desk.Id),
        Rotas = Over(kept.Rotas, said.Content.Rotas.Select(rota => WithOverrides(rota, kept, said)), rota => rota.Id),
        Absences = Absences([.. kept.Absences.Where(absence => Stays(absence.Start, absence.End, kept.Zone, said.Content.Zone))], said.Content.Absences),
        Policies = Over(kept.Policies, said.Content.Policies, policy => policy.Id),
        Lines = Over(kept.Lines, said.Content.Lines, line => line.Number),
        Forces = Over(kept.Forces, said.Content.Forces, force => force.Id),
        Topics = Over(kept.Topics, said.Content.Topics, topic => topic),
        Blocked = Over(kept.Blocked, said.Content.Blocked, blocked => blocked.Number),
    };

    /// <summary>What no single document shows: a new thing and a kept one that claim the same number.</summary>
    /// <param name="stored">What was published before: a version that knew less may have let it pass, and it must not stand in the way of every change.</param>
    public static void RefuseClashes(BookContent content, BookContent stored, Reading reading)
    {
        if (reading.Problems.Count > 0)
        {
            return;
        }

        foreach (var lines in content.Lines.GroupBy(line => line.TextNumber).Where(lines => lines.Skip(1).Any()))
        {
            reading.Fault("lines", 1, $"the lines {string.Join(" and ", lines.Select(line => line.Number))} both use {lines.Key} for texts; give each its own.");
        }

        foreach (var (called, texted) in reading.PassedOver is null ? CalledAndTexted(content.Lines).Except(CalledAndTexted(stored.Lines)) : [])
        {
            reading.Fault("lines", 1, $"the number {called.Number} is called as the line {called.Name}, and texted as the line {texted.Name}; give each its own.");
        }

        var claims = content.Forces.SelectMany(force => force.Numbers.Select(number => (force, number)));
        foreach (var forces in claims.GroupBy(claim => claim.number, claim => claim.force.Id).Where(forces => forces.Skip(1).Any()))
        {
            reading.Fault("forces", 1, $"the number {forces.Key} is listed for {string.Join(" and ", forces)}; keep it for one of them.");
        }
    }

    /// <summary>One that is written without an id is the stored one that says the same, whatever its id; one that is written with an id gives it to a stored one that says the same and has none.</summary>
    private static ValueList<Absence> Absences(ValueList<Absence> kept, ValueList<Absence> said) => Over(
        [.. kept.Where(stored => stored.Id is not null || !said.Any(written => written.Id is not null && SayTheSame(stored, written)))],
        said.Where(written => written.Id is not null || !kept.Any(stored => stored.Id is not null && SayTheSame(stored, written))),
        absence => absence.Id ?? (object)absence);

    /// <summary>Lines that are called at the number at which another is texted, and have one of their own for texts.</summary>
    private static IEnumerable<(Line Called, Line Texted)> CalledAndTexted(ValueList<Line> lines) =>
        from called in lines
        where called.TextNumber != called.Number
        from texted in lines
        where texted != called && texted.TextNumber == called.Number
        select (called, texted);

    /// <summary>Whether a stretch that is kept means anything on another clock: one that the old one's change skips as a whole cannot be written on it.</summary>
    private static bool Stays(Instant start, Instant? end, DateTimeZone? before, DateTimeZone? after) => start != end || after is null || after.Equals(before);

    private static bool SayTheSame(Absence one, Absence other) => one with { Id = null } == other with { Id = null };

    private static Rota WithOverrides(Rota rota, BookContent kept, Said said) => said.SaysOverrides.Contains(rota.Id)
        ? rota
        : kept.Rotas.FirstOrDefault(stored => stored.Id == rota.Id) is { } stored
            ? rota with { Overrides = [.. stored.Overrides.Where(change => Stays(change.Start, change.End, stored.Zone, rota.Zone))] }
            : rota;

    private static ValueList<T> Over<T, TKey>(ValueList<T> kept, IEnumerable<T> said, Func<T, TKey> name)
        where TKey : notnull
    {
        var merged = new OrderedDictionary<TKey, T>();
        foreach (var item in kept.Concat(said))
        {
            merged[name(item)] = item;
        }

        return merged.Values.ToValueList();
    }
}
