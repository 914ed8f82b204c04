using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Duty;

/// <summary>
/// Who is on duty at each minute of a window, worked out the slow way and without anything of the resolver: every stretch is painted onto a
/// grid of minutes, and a wall-clock time is the first minute whose wall clock shows that time or a later one.
/// </summary>
internal sealed class MinuteOracle
{
    private readonly RotaBook _book;
    private readonly Rota _rota;
    private readonly Instant _start;
    private readonly LocalDateTime[] _wall;

    /// <param name="start">Of the grid, well before the first thing in the book.</param>
    public MinuteOracle(RotaBook book, Rota rota, Instant start, int minutes)
    {
        (_book, _rota, _start) = (book, rota, start);
        _wall = [.. Enumerable.Range(0, minutes).Select(minute => (start + Duration.FromMinutes(minute)).InZone(rota.Zone).LocalDateTime)];
        Places = Resolve();
        Advisers = [.. Places.Select(places => places.Select(place => place.Holders[0]).Distinct().Order(StringComparer.Ordinal).ToArray())];
    }

    /// <summary>By minute: ids, sorted.</summary>
    public string[][] Advisers { get; }

    /// <summary>By minute: who has a place, then those who had it before, and why.</summary>
    public (string[] Holders, string Why)[][] Places { get; }

    private (string[] Holders, string Why)[][] Resolve()
    {
        var layers = _rota.Layers.Select(Paint).ToList();
        var resolved = new (string[] Holders, string Why)[_wall.Length][];
        for (var minute = 0; minute < _wall.Length; minute++)
        {
            var now = minute;
            var changes = _rota.Overrides.Where(change => Covers(change.Start, change.End, now)).ToList();
            var chains = layers.Select(layer => Present(layer[now], changes, now)).LastOrDefault(chains => chains.Count > 0) ?? [];
            foreach (var change in changes)
            {
                chains = After(change, chains);
            }

            resolved[minute] = [.. chains];
        }

        return resolved;
    }

    private List<(string[] Holders, string Why)> Present(List<(string Id, string Why)> layer, List<Override> changes, int minute) =>
    [
        .. layer.Where(place => !IsAway(place.Id, minute) || changes.Exists(change => change.Effect == new OverrideEffect.InPlaceOf(place.Id)))
            .Select(place => (new[] { place.Id }, place.Why)),
    ];

    private List<(string[] Holders, string Why)> After(Override change, List<(string[] Holders, string Why)> chains)
    {
        var number = _rota.Overrides.ToList().FindIndex(other => ReferenceEquals(other, change)) + 1;
        var by = $"override {number} by {change.Adviser}";
        return change.Effect switch
        {
            OverrideEffect.Adds => [.. chains, ([change.Adviser], $"{by} as well")],
            OverrideEffect.InPlaceOf of =>
            [
                .. chains.Select(chain => chain.Holders.Contains(of.Adviser)
                    ? ([change.Adviser, .. chain.Holders], $"{chain.Why}; {by} instead of {of.Adviser}")
                    : chain),
            ],
            _ => [([change.Adviser], $"{by} alone")],
        };
    }

    private bool IsAway(string id, int minute)
    {
        var adviser = _book.Advisers[id];
        return !Covers(adviser.From ?? Instant.MinValue, adviser.Until ?? Instant.MaxValue, minute)
            || _book.Absences.Any(absence => absence.Adviser == id && Covers(absence.Start, absence.End ?? Instant.MaxValue, minute));
    }

    private List<(string Id, string Why)>[] Paint(Layer layer)
    {
        var grid = Enumerable.Range(0, _wall.Length).Select(_ => new List<(string Id, string Why)>()).ToArray();
        foreach (var (from, to, advisers, why) in Stretches(layer.Duty))
        {
            for (var minute = from; minute < to; minute++)
            {
                grid[minute].AddRange(advisers.Select(adviser => (adviser, $"layer {layer.Name}, {why}")));
            }
        }

        var inWindow = new bool[_wall.Length];
        Array.Fill(inWindow, layer.Only.Count == 0);
        foreach (var (window, day) in layer.Only.SelectMany(window => Days().Where(day => window.Days.Contains(day.DayOfWeek)).Select(day => (window, day))))
        {
            Array.Fill(inWindow, true, MinuteOf(day.At(window.From)), Length(day, window.From, window.To));
        }

        for (var minute = 0; minute < _wall.Length; minute++)
        {
            if (!inWindow[minute] || !Covers(layer.From ?? Instant.MinValue, layer.Until ?? Instant.MaxValue, minute))
            {
                grid[minute].Clear();
            }
        }

        return grid;
    }

    private IEnumerable<(int From, int To, IEnumerable<string> Advisers, string Why)> Stretches(LayerDuty duty) => duty switch
    {
        Rotation rotation => Turns(rotation),
        ShiftPattern pattern => Shifts(pattern),
        DatedShifts dated => dated.Shifts.Select((shift, index) =>
            (MinuteOf(shift.Start), MinuteOf(shift.End), (IEnumerable<string>)[shift.Adviser], $"shift {index + 1} of the list")),
        _ => [],
    };

    private IEnumerable<(int From, int To, IEnumerable<string> Advisers, string Why)> Turns(Rotation rotation)
    {
        var turn = 0;
        for (var from = TurnStart(rotation, 0); from < _wall.Length; turn++)
        {
            var to = TurnStart(rotation, turn + 1);
            var adviser = rotation.Advisers[turn % rotation.Advisers.Count];
            yield return (from, to, [adviser], $"turn {turn + 1} of {adviser}");
            from = to;
        }
    }

    private int TurnStart(Rotation rotation, int turn) => rotation.Turn switch
    {
        Turn.Days days => MinuteOf(rotation.Start.PlusDays(days.Count * turn)),
        Turn.Months months => MinuteOf(rotation.Start.Date.PlusMonths(months.Count * turn).At(rotation.Start.TimeOfDay)),
        Turn.Elapsed elapsed => Math.Min(_wall.Length, MinuteOf(rotation.Start) + ((int)elapsed.Length.TotalMinutes * turn)),
        _ => 0,
    };

    private IEnumerable<(int From, int To, IEnumerable<string> Advisers, string Why)> Shifts(ShiftPattern pattern)
    {
        foreach (var day in Days().Where(day => day >= pattern.Start))
        {
            foreach (var team in pattern.Teams)
            {
                var place = (((Period.DaysBetween(pattern.Start, day) + team.Offset) % pattern.Cycle.Count) + pattern.Cycle.Count) % pattern.Cycle.Count;
                if (pattern.Shifts.FirstOrDefault(shift => shift.Code == pattern.Cycle[place]) is { } shift)
                {
                    var from = MinuteOf(day.At(shift.From));
                    yield return (from, from + Length(day, shift.From, shift.To), team.Advisers, $"shift {shift.Code}");
                }
            }
        }
    }

    private int Length(LocalDate day, LocalTime from, LocalTime to) =>
        MinuteOf((to <= from ? day.PlusDays(1) : day).At(to)) - MinuteOf(day.At(from));

    /// <summary>All the days of the wall clock, skipped ones among them, but the last two, whose stretches may leave the grid.</summary>
    private IEnumerable<LocalDate> Days()
    {
        for (var day = _wall[0].Date.PlusDays(1); day < _wall[^1].Date.PlusDays(-1); day = day.PlusDays(1))
        {
            yield return day;
        }
    }

    private int MinuteOf(LocalDateTime wanted)
    {
        var minute = Array.FindIndex(_wall, shown => shown >= wanted);
        return minute < 0 ? _wall.Length : minute;
    }

    private int MinuteOf(Instant instant) => Math.Clamp((int)(instant - _start).TotalMinutes, 0, _wall.Length);

    private bool Covers(Instant start, Instant end, int minute)
    {
        var now = _start + Duration.FromMinutes(minute);
        return start <= now && now < end;
    }
}
