using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A rota made ready for questions: who is on duty, as a function that is constant for stretches.</summary>
internal sealed class RotaTimes
{
    private readonly AwayTimes _away;
    private readonly LayerTimes[] _layersLastFirst;
    private readonly StretchIndex<DutySource.FromOverride> _overrides;

    public RotaTimes(Rota rota, AwayTimes away)
    {
        _away = away;
        _layersLastFirst = [.. rota.Layers.Reverse().Select(layer => LayerTimes.Of(layer, rota.Zone))];
        _overrides = new StretchIndex<DutySource.FromOverride>(
            rota.Overrides.Select((change, index) => (change.Start, change.End, new DutySource.FromOverride(index + 1, change))));
    }

    /// <summary>The stretch that begins at an instant.</summary>
    /// <param name="remarks">Takes what is passed over there.</param>
    public DutyStretch From(Instant at, DutyRemarks? remarks = null)
    {
        var steady = new Steady();
        var overrides = new List<DutySource.FromOverride>();
        _overrides.At(at, overrides, ref steady);
        overrides.Sort((one, other) => one.Position.CompareTo(other.Position));

        var places = PlacesOfLayers(at, overrides, remarks, ref steady);
        foreach (var change in overrides)
        {
            if (!Apply(change, places))
            {
                remarks?.Idle.Add(change.Override);
            }
        }

        var distinct = places.DistinctBy(place => place.Adviser).OrderBy(place => place.Adviser, StringComparer.Ordinal);
        return new DutyStretch(at, steady.Advisers, steady.Reasons, [.. distinct]);
    }

    /// <summary>The last layer that has somebody when those who are away are taken out, but for places that an override fills.</summary>
    private List<Place> PlacesOfLayers(Instant at, List<DutySource.FromOverride> overrides, DutyRemarks? remarks, ref Steady steady)
    {
        foreach (var layer in _layersLastFirst)
        {
            var places = new List<Place>();
            foreach (var place in layer.At(at, ref steady))
            {
                if (!_away.IsAway(place.Adviser, at, ref steady) || overrides.Exists(change => change.Override.Replaces(place.Adviser)))
                {
                    places.Add(new Place(place.Adviser, place.Reason));
                }
                else
                {
                    remarks?.Away.Add(place);
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
        if (change.Override.Effect is OverrideEffect.InPlaceOf replaced)
        {
            var concerned = places.FindAll(place => place.Belongs(replaced.Adviser));
            concerned.ForEach(place => place.Give(change));
            return concerned.Count > 0;
        }

        if (change.Override.Effect is OverrideEffect.Alone)
        {
            places.Clear();
        }

        places.Add(new Place(change.Override.Adviser, new DutyReason.FromOverride(change, null)));
        return true;
    }
}
