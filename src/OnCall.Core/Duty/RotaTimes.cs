using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A rota made ready for questions: who is on duty, as a function that is constant for stretches.</summary>
internal sealed class RotaTimes
{
    private readonly AwayTimes _away;
    private readonly (LayerTimes Times, DutySource Source)[] _layersLastFirst;
    private readonly StretchIndex<DutySource.FromOverride> _overrides;

    public RotaTimes(Rota rota, AwayTimes away)
    {
        _away = away;
        _layersLastFirst =
        [
            .. rota.Layers.Reverse().Select(layer => (LayerTimes.Of(layer, rota.Zone), (DutySource)new DutySource.FromLayer(layer.Name))),
        ];
        _overrides = new StretchIndex<DutySource.FromOverride>(
            rota.Overrides.Select((change, index) => (change.Start, change.End, new DutySource.FromOverride(index + 1, change))));
    }

    /// <summary>The stretch that begins at an instant.</summary>
    /// <param name="idle">Takes the overrides that hold then and have no effect.</param>
    public DutyStretch From(Instant at, List<Override>? idle = null)
    {
        var until = Instant.MaxValue;
        var overrides = new List<DutySource.FromOverride>();
        _overrides.At(at, overrides, ref until);
        overrides.Sort((one, other) => one.Position.CompareTo(other.Position));

        var places = PlacesOfLayers(at, overrides, ref until);
        foreach (var change in overrides)
        {
            if (!Apply(change, places))
            {
                idle?.Add(change.Override);
            }
        }

        places.Sort((one, other) => string.CompareOrdinal(one.Adviser, other.Adviser));
        return new DutyStretch(at, until, [.. places.DistinctBy(place => place.Adviser)]);
    }

    /// <summary>The last layer that has somebody when those who are away are taken out, but for places that an override fills.</summary>
    private List<Place> PlacesOfLayers(Instant at, List<DutySource.FromOverride> overrides, ref Instant until)
    {
        foreach (var (layer, source) in _layersLastFirst)
        {
            var places = new List<Place>();
            foreach (var adviser in layer.At(at, ref until))
            {
                if (!_away.IsAway(adviser, at, ref until) || overrides.Exists(change => change.Override.Replaces(adviser)))
                {
                    places.Add(new Place(adviser, source));
                }
            }

            if (places.Count > 0)
            {
                return places;
            }
        }

        return [];
    }

    private static bool Apply(DutySource.FromOverride change, List<Place> places)
    {
        var adviser = change.Override.Adviser;
        if (change.Override.Effect is OverrideEffect.InPlaceOf replaced)
        {
            var concerned = places.FindAll(place => place.Belongs(replaced.Adviser));
            concerned.ForEach(place => place.Give(adviser, change));
            return concerned.Count > 0;
        }

        if (change.Override.Effect is OverrideEffect.Alone)
        {
            places.Clear();
        }

        places.Add(new Place(adviser, change));
        return true;
    }
}

/// <summary>A stretch in which nothing changes.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; the next stretch may still have the same advisers.</param>
/// <param name="Places">Sorted by adviser, each adviser once.</param>
internal sealed record DutyStretch(Instant Start, Instant End, IReadOnlyList<Place> Places)
{
    public bool HasSameAdvisers(DutyStretch other) =>
        Places.Select(place => place.Adviser).SequenceEqual(other.Places.Select(place => place.Adviser));

    public ValueList<string> Advisers => Places.Select(place => place.Adviser).ToValueList();

    public bool Has(string adviser) => Places.Any(place => place.Adviser == adviser);
}
