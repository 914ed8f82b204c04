using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads rotas with their layers and overrides.</summary>
internal static class RotaReader
{
    /// <summary>In an override: all who are on duty.</summary>
    public const string Everyone = "everyone";

    /// <summary>Reads a rota.</summary>
    /// <returns>The rota, and whether the document says anything of its overrides.</returns>
    public static (Rota Rota, bool SaysOverrides)? Rota(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = PeopleReader.Id(map, "rota", spot.Reading);
        var name = map.Optional("name", "what people call it; the id if left out")?.Text() ?? id;
        var named = Zone(map.Optional("timeZone", "the zone of its wall-clock times; the document's if left out"));
        var zone = named ?? spot.Reading.Zone;
        var cover = map.Optional("cover", "advisers wanted at any moment; 1 if left out")?.Integer(0, 1000) ?? 1;
        var inside = $"the rota {id}";
        var written = map.Items("layers", "a later layer wins over the earlier ones wherever it has somebody", mayBeEmpty: true);
        var layers = written.Select((layer, index) => new LayerReader(zone, $"layer of {inside}", spot.Path).Layer(layer, index)).OfType<Layer>().ToValueList();
        var overrides = Overrides(map, zone, $"override of {inside}");
        map.RefuseOthers();
        if (written.Count == 0)
        {
            spot.Warn($"the rota {id} has no layers, so nobody is on duty in it but by overrides.");
        }

        return id is null || name is null
            ? null
            : (new Rota(id, name, zone ?? DateTimeZone.Utc, cover, layers, overrides), map.Has("overrides"));
    }

    public static DateTimeZone? Zone(Spot? spot)
    {
        if (spot?.Text(TextForm.Zone) is not { } text)
        {
            return null;
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone)
        {
            return zone;
        }

        spot.Fault($"\"{text}\" is no time zone; write one of the IANA list, like Europe/London{spot.Reading.Hint(text, DateTimeZoneProviders.Tzdb.Ids)}");
        return null;
    }

    private static ValueList<Override> Overrides(SpotMap map, DateTimeZone? zone, string kind)
    {
        if (map.Optional("overrides", "swaps and stand-ins, in order; left out, those that are stored stay") is { } spot)
        {
            return spot.Items(mayBeEmpty: true).Select(item => Override(item, zone, kind)).OfType<Override>().ToValueList();
        }

        map.Entries.FirstOrDefault(entry => entry.Key == "overrides").Value?.Fault(
            "has no value; write [] if there is to be none, or leave the key out to keep those that are stored.");
        return [];
    }

    private static Override? Override(Spot spot, DateTimeZone? zone, string kind)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = PeopleReader.OptionalId(map, kind, spot.Reading, spot.Path[..spot.Path.LastIndexOf('.')]);
        var stretch = Stretch(map, zone);
        var adviser = map.Required("adviser", "who comes on duty")?.Reference("adviser", spot.Reading.Known.Advisers);
        var effect = Effect(map, spot.Reading);
        var reason = map.Optional("reason", "why, for those who look at the rota")?.Text();
        map.RefuseOthers();
        return stretch is not { } known || adviser is null || effect is null
            ? null
            : new Override(id, known.Start, known.End, adviser, effect, reason);
    }

    private static OverrideEffect? Effect(SpotMap map, Reading reading)
    {
        var replaces = map.Optional("replaces", "the id of the adviser whose place is taken, or everyone, as if left out: alone on duty");
        var adds = map.Optional("adds", "true: together with whoever is there");
        var isAdded = adds?.Flag();
        if (replaces is null)
        {
            return isAdded == true ? new OverrideEffect.Adds() : new OverrideEffect.Alone();
        }

        if (isAdded == true)
        {
            adds!.Fault("and replaces cannot both be given; either the adviser takes somebody's place or comes too.");
        }

        if (replaces.Node is DraftNode.Scalar { Text: Everyone })
        {
            return new OverrideEffect.Alone();
        }

        return replaces.Reference("adviser", reading.Known.Advisers) is { } replaced ? new OverrideEffect.InPlaceOf(replaced) : null;
    }

    /// <summary>The start and end of an override or a dated shift.</summary>
    public static (Instant Start, Instant End)? Stretch(SpotMap map, DateTimeZone? zone)
    {
        var start = map.Required("start", "a date and time like 2026-11-03T18:00")?.Time(zone);
        var spot = map.Required("end", "a date and time like 2026-11-04T09:00");
        if (spot?.Time(zone) is not { } end || start is null)
        {
            return null;
        }

        var (from, to) = (start.In(zone), end.In(zone));
        if (to > from)
        {
            return (from, to);
        }

        var isSkipped = start.Offset is null && end.Offset is null && end.Local > start.Local;
        if (isSkipped)
        {
            spot.Warn($"the clocks skip the whole stretch from {WrittenTime.Write(start.Local, null)} to {WrittenTime.Write(end.Local, null)}, so it is empty.");
            return (from, from);
        }

        spot.Fault("must be after start.");
        return null;
    }
}
