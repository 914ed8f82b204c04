using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>A walk through a rota in order of time: who is on duty, as a function that is constant for stretches. What did not change since the last stretch is not worked out again.</summary>
internal sealed class DutySweep
{
    private readonly RotaTimes _times;
    private readonly LayerCursor[] _layersLastFirst;
    private readonly List<DutySource.FromOverride> _overrides = [];
    private Steady _overridesSteady;

    public DutySweep(RotaTimes times)
    {
        _times = times;
        var wall = new LocalTimes.Near(times.Rota.Zone);
        _layersLastFirst = [.. times.LayersLastFirst.Select(layer => layer.Begin(wall))];
        _overridesSteady.Until(Instant.MinValue);
    }

    /// <summary>The stretch that begins at an instant.</summary>
    /// <param name="at">Never before the one of the last time.</param>
    /// <param name="remarks">Takes what is passed over there.</param>
    public DutyStretch From(Instant at, DutyRemarks? remarks = null)
    {
        FindOverrides(at);
        var steady = _overridesSteady;
        var places = PlacesOfLayers(at, remarks, ref steady);
        if (_overrides.Count > 0)
        {
            places = AfterOverrides(places, remarks);
        }

        return new DutyStretch(at, steady.Advisers, steady.Reasons, places.Length < 2 ? places : Sorted(places));
    }

    private void FindOverrides(Instant at)
    {
        if (at >= _overridesSteady.Advisers)
        {
            _overrides.Clear();
            _overridesSteady = new Steady();
            _times.Overrides.At(at, _overrides, ref _overridesSteady);
            _overrides.Sort((one, other) => one.Position.CompareTo(other.Position));
        }
    }

    /// <summary>The last layer that has somebody when those who are away are taken out, but for places that an override fills.</summary>
    private LayerPlace[] PlacesOfLayers(Instant at, DutyRemarks? remarks, ref Steady steady)
    {
        foreach (var layer in _layersLastFirst)
        {
            layer.MoveTo(at);
            steady.Until(layer.Steady);
            if (Present(layer.Places, at, remarks, ref steady) is { Length: > 0 } present)
            {
                return present;
            }
        }

        return [];
    }

    /// <summary>The same array where nobody is away.</summary>
    private LayerPlace[] Present(LayerPlace[] places, Instant at, DutyRemarks? remarks, ref Steady steady)
    {
        List<LayerPlace>? left = null;
        for (var i = 0; i < places.Length; i++)
        {
            var aways = places[i].Member.Aways;
            if (aways is not null && aways.HoldsAt(at, ref steady) && !HasStandIn(places[i].Adviser))
            {
                left ??= [.. places[..i]];
                remarks?.Away.Add(places[i]);
            }
            else
            {
                left?.Add(places[i]);
            }
        }

        return left is null ? places : [.. left];
    }

    private bool HasStandIn(string adviser) => _overrides.Exists(change => change.Override.Replaces(adviser));

    private LayerPlace[] AfterOverrides(LayerPlace[] ofLayers, DutyRemarks? remarks)
    {
        var places = ofLayers.Select(place => new Place(place)).ToList();
        foreach (var change in _overrides)
        {
            if (!Apply(change, places))
            {
                remarks?.Idle.Add(change.Override);
            }
        }

        return [.. places.Select(place => place.Now)];
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

        places.Add(new Place(change));
        return true;
    }

    private static LayerPlace[] Sorted(LayerPlace[] places) => [.. places.DistinctBy(place => place.Adviser).OrderBy(place => place.Adviser, StringComparer.Ordinal)];
}
