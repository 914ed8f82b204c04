using System.Globalization;
using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>
/// A change of a rota that counts from a moment on: who was on duty before stays as it was, and whoever has the turn then keeps it. Each layer that changes ends
/// at that moment, and a new layer goes on from there; layers that stay as they are are not touched.
/// </summary>
public static class RotaEdit
{
    private const string From = " from ";

    /// <param name="before">The rota that is in force.</param>
    /// <param name="after">The rota as it is wanted; a layer is the same one where it has the same name.</param>
    /// <param name="at">From when it counts, inclusive.</param>
    /// <returns>The rota that is before as the one and afterwards as the other. Overrides, cover and name are those of <paramref name="after"/>.</returns>
    public static Rota EffectiveFrom(Rota before, Rota after, Instant at)
    {
        var layers = new List<Layer>();
        var (ended, begun) = (0, 0);
        foreach (var (old, now) in Unchanged(before.Layers, after.Layers).Append((before.Layers.Count, after.Layers.Count)))
        {
            layers.AddRange(before.Layers.Take(old).Skip(ended).Select(layer => Ended(layer, at)).OfType<Layer>());
            layers.AddRange(after.Layers.Take(now).Skip(begun).Select(layer => Begun(layer, Same(before, layer), at, after.Zone)).OfType<Layer>());
            layers.AddRange(after.Layers.Skip(now).Take(1));
            (ended, begun) = (old + 1, now + 1);
        }

        return after with { Layers = Named(layers, at, after.Zone).ToValueList() };
    }

    /// <summary>The places of layers that are the same in both and in the same order; one that is moved counts as changed, since a later layer wins.</summary>
    private static IEnumerable<(int Old, int Now)> Unchanged(ValueList<Layer> before, ValueList<Layer> after)
    {
        var next = 0;
        for (var old = 0; old < before.Count; old++)
        {
            var now = after.Skip(next).TakeWhile(layer => layer != before[old]).Count() + next;
            if (now < after.Count)
            {
                yield return (old, now);
                next = now + 1;
            }
        }
    }

    private static Layer? Same(Rota before, Layer layer) => before.Layers.FirstOrDefault(old => old.Name == layer.Name);

    /// <summary>Null = it would never count.</summary>
    private static Layer? Ended(Layer layer, Instant at) =>
        layer.From >= at ? null : layer with { Until = layer.Until is { } until ? Instant.Min(until, at) : at };

    private static Layer? Begun(Layer layer, Layer? old, Instant at, DateTimeZone zone) => layer.Until <= at
        ? null
        : layer with { From = layer.From is { } from ? Instant.Max(from, at) : at, Duty = KeepingTheTurn(layer.Duty, old?.Duty, at, zone) };

    /// <summary>
    /// Where only the people of a rotation change: the same turns, with the list turned so that whoever has the turn keeps it; if that one is not in the list any
    /// more, whoever would have come next. "a, b, c" in b's turn, with d added at the end: b has the turn, then c, d, a.
    /// </summary>
    private static LayerDuty KeepingTheTurn(LayerDuty duty, LayerDuty? old, Instant at, DateTimeZone zone)
    {
        if (duty is not Rotation now || old is not Rotation was || now with { Advisers = was.Advisers } != was || new Handovers(was, zone).TurnAt(at) is not { } turn)
        {
            return duty;
        }

        var place = turn % was.Advisers.Count;
        var inOrder = was.Advisers.Skip(place).Concat(was.Advisers.Take(place));
        return inOrder.Where(now.Advisers.Contains).Take(1).ToList() is [var first]
            ? now with { Advisers = Turned(now.Advisers, PlaceOf(first, was.Advisers, place, now.Advisers), turn).ToValueList() }
            : duty;
    }

    /// <summary>One may stand in a list twice: the second time stays the second time.</summary>
    private static int PlaceOf(string adviser, ValueList<string> was, int place, ValueList<string> now)
    {
        var earlier = was.Take(place).Count(id => id == adviser);
        var places = Enumerable.Range(0, now.Count).Where(at => now[at] == adviser).ToList();
        return places[Math.Min(earlier, places.Count - 1)];
    }

    /// <summary>The list turned so that what stands at a place has a turn.</summary>
    private static IEnumerable<string> Turned(ValueList<string> list, int place, int turn)
    {
        var by = (((place - turn) % list.Count) + list.Count) % list.Count;
        return list.Skip(by).Concat(list.Take(by));
    }

    /// <summary>Names are unique in a rota: of two of a name, the later one says from when it counts.</summary>
    private static IEnumerable<Layer> Named(IEnumerable<Layer> layers, Instant at, DateTimeZone zone)
    {
        var taken = new HashSet<string>();
        foreach (var layer in layers)
        {
            var name = layer.Name;
            for (var more = 1; !taken.Add(name); more++)
            {
                name = Stem(layer.Name) + From + at.InZone(zone).ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + (more == 1 ? "" : $" ({more})");
            }

            yield return layer with { Name = name };
        }
    }

    private static string Stem(string name) => name.LastIndexOf(From, StringComparison.Ordinal) is var at and > 0 && name.Length - at == From.Length + 16 ? name[..at] : name;
}
