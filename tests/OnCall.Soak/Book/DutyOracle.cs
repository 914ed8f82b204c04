using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;

namespace OnCall.Soak.Book;

/// <summary>Who is on duty at one instant, worked out afresh from the words of the contract, with nothing of the resolver and with London's clocks by <see cref="London"/>.</summary>
internal sealed class DutyOracle(RotaBook book)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _answers = [];
    private Instant _asked;

    public RotaBook Book => book;

    public bool IsAway(string id, Instant at)
    {
        var adviser = book.Advisers[id];
        return at < adviser.From || at >= adviser.Until
            || book.Absences.Any(absence => absence.Adviser == id && absence.Start <= at && (absence.End is null || at < absence.End));
    }

    /// <summary>The policy of the key, of the desk, or of the line's default desk.</summary>
    public EscalationPolicy PolicyOf(Enquiry enquiry)
    {
        var id = enquiry.Policy is { } own && book.Policies.ContainsKey(own) ? own : book.Desks[enquiry.Desk ?? book.Content.Lines[0].Default].Policy;
        return book.Policies[id];
    }

    /// <summary>Those whom a step may ring: nobody who asks for advice, and of those whom it names nobody who is away, unless all would be.</summary>
    public IReadOnlyCollection<string> Candidates(PolicyStep step, Enquiry enquiry, Instant at)
    {
        var all = step.Notify.SelectMany(target => Of(target, enquiry, at))
            .Where(one => enquiry.From is null || (book.Advisers[one.Id].Phone != enquiry.From && book.Advisers[one.Id].Sms != enquiry.From)).ToList();
        var there = all.FindAll(one => !one.IsNamed || !IsAway(one.Id, at));
        return [.. (there.Count > 0 ? there : all).Select(one => one.Id).Distinct()];
    }

    /// <summary>Those whom a target of a policy means, on duty or named.</summary>
    public IEnumerable<(string Id, bool IsNamed)> Of(NotifyTarget? target, Enquiry enquiry, Instant at) => target switch
    {
        NotifyTarget.Rota rota when book.Rotas.TryGetValue(rota.Id, out var known) => OnDuty(known, at).Select(id => (id, false)),
        NotifyTarget.Adviser named when book.Advisers.ContainsKey(named.Id) => [(named.Id, true)],
        NotifyTarget.ForceContact => Of(ForceOf(enquiry)?.Contact, enquiry, at),
        _ => [],
    };

    /// <summary>Asked again at the same instant, it answers the same.</summary>
    public IReadOnlyList<string> OnDuty(Rota rota, Instant at)
    {
        if (at != _asked)
        {
            _asked = at;
            _answers.Clear();
        }

        if (!_answers.TryGetValue(rota.Id, out var answer))
        {
            _answers.Add(rota.Id, answer = WorkOut(rota, at));
        }

        return answer;
    }

    private IReadOnlyList<string> WorkOut(Rota rota, Instant at)
    {
        var changes = rota.Overrides.Where(change => change.Start <= at && at < change.End).ToList();
        List<string[]> places = [];
        foreach (var layer in rota.Layers.Reverse())
        {
            places = [.. OfLayer(layer, at).Where(id => !IsAway(id, at) || changes.Exists(change => change.Replaces(id))).Select(id => new[] { id })];
            if (places.Count > 0)
            {
                break;
            }
        }

        foreach (var change in changes)
        {
            places = After(change, places);
        }

        return [.. places.Select(holders => holders[0]).Distinct()];
    }

    /// <summary>A place remembers all who held it: the newest is first.</summary>
    private static List<string[]> After(Override change, List<string[]> places) => change.Effect switch
    {
        OverrideEffect.Adds => [.. places, [change.Adviser]],
        OverrideEffect.InPlaceOf of => [.. places.Select(holders => holders.Contains(of.Adviser) ? [change.Adviser, .. holders] : holders)],
        _ => [[change.Adviser]],
    };

    private static IEnumerable<string> OfLayer(Layer layer, Instant at)
    {
        var counts = !(at < layer.From) && !(at >= layer.Until)
            && (layer.Only.Count == 0 || layer.Only.Any(window => Days(at).Any(day => window.Days.Contains(day.DayOfWeek) && Covers(day, window.From, window.To, at))));
        return !counts ? [] : layer.Duty switch
        {
            Rotation rotation => OfRotation(rotation, at),
            ShiftPattern pattern => OfPattern(pattern, at),
            DatedShifts dated => dated.Shifts.Where(shift => shift.Start <= at && at < shift.End).Select(shift => shift.Adviser),
            _ => [],
        };
    }

    private static IEnumerable<string> OfRotation(Rotation rotation, Instant at)
    {
        var start = London.First(rotation.Start);
        if (at < start)
        {
            return [];
        }

        var turn = rotation.Turn switch
        {
            Turn.Days days => Newest(guess: (int)((at - start).TotalDays / days.Count) + 2, turn => London.First(rotation.Start.PlusDays(days.Count * turn)), at),
            Turn.Months months => Newest(guess: (int)((at - start).TotalDays / 28 / months.Count) + 2, turn => London.First(rotation.Start.PlusMonths(months.Count * turn)), at),
            Turn.Elapsed elapsed => (int)Math.Floor((at - start) / elapsed.Length),
            _ => 0,
        };
        return [rotation.Advisers[turn % rotation.Advisers.Count]];
    }

    private static int Newest(int guess, Func<int, Instant> begins, Instant at)
    {
        while (begins(guess) > at)
        {
            guess--;
        }

        return guess;
    }

    private static IEnumerable<string> OfPattern(ShiftPattern pattern, Instant at) =>
        from day in Days(at)
        where day >= pattern.Start
        from team in pattern.Teams
        let place = Period.DaysBetween(pattern.Start, day) + team.Offset
        let code = pattern.Cycle[((place % pattern.Cycle.Count) + pattern.Cycle.Count) % pattern.Cycle.Count]
        let shift = pattern.Shifts.FirstOrDefault(shift => shift.Code == code)
        where shift is not null && Covers(day, shift.From, shift.To, at)
        from adviser in team.Advisers
        select adviser;

    /// <summary>The days on which something that covers an instant may have begun.</summary>
    private static LocalDate[] Days(Instant at)
    {
        var today = London.Wall(at).Date;
        return [today.PlusDays(-1), today];
    }

    private static bool Covers(LocalDate day, LocalTime from, LocalTime to, Instant at) =>
        London.First(day.At(from)) <= at && at < London.First((to > from ? day : day.PlusDays(1)).At(to));

    private Force? ForceOf(Enquiry enquiry) => book.Force(enquiry.From?.Value) ?? book.Content.Forces.FirstOrDefault(force => force.Id == enquiry.SaidForce);
}
