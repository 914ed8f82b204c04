using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads cyclic shift patterns.</summary>
internal static class PatternReader
{
    /// <param name="zone">The rota's; null = there is none.</param>
    public static ShiftPattern? Pattern(Spot? spot, DateTimeZone? zone)
    {
        if (spot?.Map() is not { } map)
        {
            return null;
        }

        var written = map.Required("start", "the local date of day 1 of the cycle, like 2026-01-05");
        var start = written?.Date() is { } day && written.IsZoned(zone) ? day : (LocalDate?)null;
        var shifts = map.Required("shifts", "the shifts by code, like { D: \"07:00-19:00\" }")?.Map();
        var codes = shifts?.Entries.Select(entry => PatternShift(entry.Key, entry.Value)).OfType<PatternShift>()
            .OrderBy(shift => shift.Code, StringComparer.Ordinal).ToValueList();
        if (shifts is not null && !shifts.Entries.Any())
        {
            map.Optional("shifts")!.Fault("is empty; name at least one shift.");
        }

        var known = shifts?.Entries.Select(entry => entry.Key).ToHashSet() ?? [];
        var cycle = map.Required("cycle", "the codes day by day, off for a day off")?.Items().Select(code => Code(code, known)).ToValueList();
        var teams = map.Required("teams", "who works, like [{ advisers: [a.khan], offset: 0 }]")?.Items().Select(Team).OfType<PatternTeam>().ToValueList();
        map.RefuseOthers();
        return start is null || codes is null || cycle is not { Count: > 0 } || teams is not { Count: > 0 }
            ? null
            : new ShiftPattern(start.Value, codes, cycle, teams);
    }

    private static PatternShift? PatternShift(string code, Spot spot)
    {
        if (code == "off")
        {
            spot.Fault("cannot be the code of a shift: in a cycle it means a day off.");
        }
        else if (!spot.IsBlank(new Shape.Text(TextForm.Hours)) && (string.IsNullOrWhiteSpace(code) || !Spot.IsWritable(code)))
        {
            spot.Fault("cannot be the code of a shift; write letters or digits, like E or N.");
            return null;
        }

        if (spot.Text(TextForm.Hours) is not { } text)
        {
            return null;
        }

        if (text.Split('-') is [var from, var to] && WrittenTime.ParseClock(from) is { } start && WrittenTime.ParseClock(to) is { } end)
        {
            return new PatternShift(code, start, end);
        }

        spot.Fault($"is \"{text}\"; write two times of day like \"07:00-15:00\" (an end that is not after the start is on the next day).");
        return null;
    }

    private static string? Code(Spot spot, HashSet<string> codes)
    {
        if (spot.Text() is not { } code || code == "off")
        {
            return null;
        }

        if (!codes.Contains(code))
        {
            spot.Fault($"is \"{code}\", which is not among the shifts of the pattern{spot.Reading.Hint(code, [.. codes, "off"])}");
        }

        return code;
    }

    private static PatternTeam? Team(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var advisers = Advisers(map.Required("advisers", "who is in the team"));
        var offset = map.Optional("offset", "days by which the team is ahead in the cycle; 0 if left out")?.Integer(int.MinValue, int.MaxValue) ?? 0;
        map.RefuseOthers();
        return advisers.Count == 0 ? null : new PatternTeam(advisers, offset);
    }

    /// <summary>Ids of advisers, at least one.</summary>
    public static ValueList<string> Advisers(Spot? spot) =>
        spot?.Items().Select(adviser => adviser.Reference("adviser", adviser.Reading.Known.Advisers)).OfType<string>().ToValueList() ?? [];
}
