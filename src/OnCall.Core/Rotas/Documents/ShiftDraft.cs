using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Makes a rota document of a list of dated shifts: the stored rota, with these shifts in place of those of one layer.</summary>
public static class ShiftDraft
{
    /// <summary>The path of what is wrong with the choice of the rota.</summary>
    public const string RotaPath = "rota";

    /// <summary>The path of what is wrong with the choice of the layer.</summary>
    public const string LayerPath = "layer";

    /// <param name="rota">Whose shifts they are.</param>
    /// <param name="layer">Its layer of dated shifts; one that it does not have yet becomes its last.</param>
    /// <param name="content">What is published.</param>
    /// <returns>A document that holds the rota, or every problem of the list.</returns>
    public static Draft Of(ShiftList list, string rota, string layer, BookContent content)
    {
        var known = content.Rotas.FirstOrDefault(stored => stored.Id == rota);
        var reading = new Reading(list.Source, KnownIds.Of([], content), known?.Zone, [.. list.Problems], [.. list.Warnings]);
        if (known is null)
        {
            reading.Fault(RotaPath, 1, $"there is no rota \"{rota}\"{Nearest.Hint(rota, content.Rotas.Select(other => other.Id))}");
        }
        else if (known.Layers.FirstOrDefault(other => other.Name == layer) is { Duty: not DatedShifts } other)
        {
            reading.Fault(LayerPath, 1, $"the layer \"{layer}\" of {rota} is a {(other.Duty is Rotation ? "rotation" : "pattern")}, not a list of dated shifts; name another layer.");
        }

        var shifts = Shifts(list, known?.Zone, content, reading);
        return new Draft(list.Source, known is null || reading.Problems.Count > 0 ? RotaWriter.Map() : Document(known, layer, shifts))
        {
            Problems = reading.Problems.DistinctBy(problem => (problem.Line, problem.Sentence)).ToValueList(),
            Warnings = reading.Warnings.DistinctBy(warning => (warning.Line, warning.Sentence)).ToValueList(),
        };
    }

    private static DatedShifts Shifts(ShiftList list, DateTimeZone? zone, BookContent content, Reading reading)
    {
        if (list.Shifts.Count == 0 && reading.Problems.Count == 0)
        {
            reading.Fault("shifts", 1, "there is no shift in it; to take all shifts away, take the layer out of the rota.");
        }

        var advisers = new ShiftAdvisers(content.Advisers);

        // Without its zone no time can be judged.
        return new DatedShifts(list.Shifts
            .Select((shift, index) => new ShiftSpot(shift, $"shifts[{index}]", reading))
            .SelectMany(spot => (zone is null ? [] : spot.Read(zone, advisers)).ToList())
            .Distinct()
            .OrderBy(shift => shift.Start).ThenBy(shift => shift.End).ThenBy(shift => shift.Adviser, StringComparer.Ordinal)
            .ToValueList());
    }

    private static DraftNode.Map Document(Rota rota, string layer, DatedShifts shifts)
    {
        var isThere = rota.Layers.Any(other => other.Name == layer);
        var layers = isThere
            ? rota.Layers.Select(other => other.Name == layer ? other with { Duty = shifts } : other).ToValueList()
            : rota.Layers.Add(new Layer(layer, null, null, [], shifts));
        return RotaWriter.Map(("rotas", RotaWriter.List([rota with { Layers = layers }], RotaWriter.Write)));
    }
}
