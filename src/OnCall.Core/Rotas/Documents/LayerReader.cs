using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads the layers of a rota.</summary>
/// <param name="zone">The rota's; null = there is none, then every time needs an offset.</param>
/// <param name="kind">For the sentence when two layers have the same name.</param>
/// <param name="within">The path of the rota.</param>
internal sealed class LayerReader(DateTimeZone? zone, string kind, string within)
{
    private static readonly string[] DayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public Layer? Layer(Spot spot, int index)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var named = map.Optional("name", "unique in its rota; layer 1, layer 2, … if left out");
        var name = named?.Text() ?? $"layer {index + 1}";
        spot.Reading.Take(kind, name, named ?? spot, within);
        var from = map.Optional("from", "the layer counts from here")?.Instant(zone);
        var until = map.Optional("until", "the layer counts until here, exclusive");
        var end = until?.Instant(zone);
        if (end <= from)
        {
            until!.Fault("must be after from.");
        }

        var duty = Duty(map, spot);
        var only = map.Items("only", "the layer counts only in these windows").Select(window => Window(window)).OfType<(Spot Spot, DutyWindow Window)>().ToList();
        map.RefuseOthers();
        if (duty is null)
        {
            return null;
        }

        var layer = new Layer(name, from, end, only.Select(window => window.Window).ToValueList(), duty);
        WarnOfSkips(layer, only, spot);
        return layer;
    }

    private LayerDuty? Duty(SpotMap map, Spot spot)
    {
        Spot?[] kinds = [map.Optional("rotation", "people take turns"), map.Optional("pattern", "a cyclic shift pattern, day by day"), map.Optional("shifts", "dated shifts, one by one")];
        if (kinds.Count(found => found is not null) != 1)
        {
            var found = string.Join(" and ", kinds.OfType<Spot>().Select(one => one.Name));
            spot.Fault($"must have exactly one of rotation, pattern and shifts; it has {(found.Length == 0 ? "none" : found)}.");
        }

        LayerDuty?[] duties = [Rotation(kinds[0]), PatternReader.Pattern(kinds[1], zone), Shifts(kinds[2])];
        return Array.Find(duties, duty => duty is not null);
    }

    private Rotation? Rotation(Spot? spot)
    {
        if (spot?.Map() is not { } map)
        {
            return null;
        }

        var written = map.Required("start", "the first hand-over, like 2026-01-05T09:00");
        var start = written?.Time(zone);
        var turn = Turn(map.Required("turn", "how long a turn lasts: P1D, P1W, P1M, PT8H"));
        var advisers = PatternReader.Advisers(map.Required("advisers", "who takes turns, in order"));
        map.RefuseOthers();
        if (start is null || turn is null || advisers.Count == 0)
        {
            return null;
        }

        if (start.Offset is null)
        {
            return new Rotation(start.Local, null, turn, advisers);
        }

        // Written as an instant: kept as the wall clock shows it, with an offset only where the wall clock alone would mean another.
        var shown = start.In(zone).InZone(zone ?? DateTimeZone.Utc);
        if (!written!.InYears(shown.Year))
        {
            return null;
        }

        var isPlain = LocalTimes.Resolve(shown.LocalDateTime, shown.Zone) == shown.ToInstant();
        return new Rotation(shown.LocalDateTime, isPlain ? null : shown.Offset, turn, advisers);
    }

    private static Turn? Turn(Spot? spot)
    {
        if (spot?.Text(TextForm.Turn) is not { } text)
        {
            return null;
        }

        if (WrittenTime.ParseTurn(text) is not { } turn)
        {
            spot.Fault($"is \"{text}\"; write one unit: days P1D, weeks P2W, months P1M, or elapsed hours and minutes PT8H, PT90M, PT12H30M.");
            return null;
        }

        var (isNothing, isTooLong) = turn switch
        {
            Rotas.Turn.Days { Count: var days } => (days == 0, days > 3653),
            Rotas.Turn.Months { Count: var months } => (months == 0, months > 120),
            Rotas.Turn.Elapsed { Length: var length } => (length == Duration.Zero, length > Duration.FromDays(3653)),
            _ => (false, false),
        };
        if (isNothing || isTooLong)
        {
            spot.Fault($"is \"{text}\"; a turn lasts {(isNothing ? "more than nothing" : "at most 10 years")}.");
        }

        return turn;
    }

    private DatedShifts? Shifts(Spot? spot)
    {
        if (spot is null)
        {
            return null;
        }

        var shifts = spot.Items().Select(Shift).OfType<DatedShift>().ToValueList();
        return new DatedShifts(shifts);
    }

    private DatedShift? Shift(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var stretch = RotaReader.Stretch(map, zone);
        var adviser = map.Required("adviser", "who is on duty")?.Reference("adviser", spot.Reading.Known.Advisers);
        map.RefuseOthers();
        return stretch is not { } known || adviser is null ? null : new DatedShift(known.Start, known.End, adviser);
    }

    private (Spot, DutyWindow)? Window(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var days = map.Optional("days", "the days on which the window begins; every day if left out")?.Items().Select(Day).OfType<IsoDayOfWeek>().Distinct().Order().ToValueList() ?? DutyWindow.EveryDay;
        var from = Clock(map.Required("from", "where the window begins, like \"18:00\""));
        var to = Clock(map.Required("to", "where the window ends, like \"08:00\""));
        map.RefuseOthers();
        return from is null || to is null ? null : (spot, new DutyWindow(days, from.Value, to.Value));
    }

    private LocalTime? Clock(Spot? spot) => spot?.Clock() is { } time && spot.IsZoned(zone) ? time : null;

    private static IsoDayOfWeek? Day(Spot spot)
    {
        if (spot.IsBlank(new Shape.Choice([.. DayNames])) || spot.Text() is not { } text)
        {
            return null;
        }

        if (Array.IndexOf(DayNames, text) is >= 0 and var index)
        {
            return (IsoDayOfWeek)(index + 1);
        }

        spot.Fault($"is \"{text}\"; write {string.Join(", ", DayNames)}.");
        return null;
    }

    /// <summary>Warns of windows and shifts that a clock change makes empty on some day.</summary>
    private void WarnOfSkips(Layer layer, IEnumerable<(Spot Spot, DutyWindow Window)> windows, Spot spot)
    {
        if (zone is null)
        {
            return;
        }

        var skips = new SkippedDays(layer, zone);
        foreach (var (place, window) in windows)
        {
            skips.WarnOf(place, "window", window.From, window.To, day => window.Days.Contains(day.DayOfWeek));
        }

        if (layer.Duty is ShiftPattern pattern)
        {
            foreach (var shift in pattern.Shifts)
            {
                skips.WarnOf(spot, $"shift {shift.Code}", shift.From, shift.To, day => pattern.Teams.Any(team => pattern.CodeOn(day, team) == shift.Code));
            }
        }
    }
}
