using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>Joins what adjoins: stays in order of time, of which the last one of an adviser may still grow.</summary>
internal sealed class DutyStays
{
    private readonly List<DutyStay> _stays = [];
    private readonly Dictionary<string, int> _lastOf = [];

    /// <param name="end">Where the stretch is cut, exclusive.</param>
    public void Add(DutyStretch stretch, Instant end)
    {
        foreach (var place in stretch.Places)
        {
            if (_lastOf.TryGetValue(place.Adviser, out var last) && _stays[last].End == stretch.Start && _stays[last].Reason.Equals(place.Reason))
            {
                _stays[last] = _stays[last] with { End = end };
            }
            else
            {
                _lastOf[place.Adviser] = _stays.Count;
                _stays.Add(new DutyStay(place.Adviser, stretch.Start, end, place.Reason));
            }
        }
    }

    public ValueList<DutyStay> ToValueList() => _stays.ToValueList();
}
