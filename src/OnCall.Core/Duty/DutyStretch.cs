using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>A stretch in which nothing changes.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; the next stretch may still have the same advisers.</param>
/// <param name="ReasonsEnd">Until when they are on duty for the same reasons, exclusive; not after <paramref name="End"/>.</param>
/// <param name="Places">Sorted by adviser, each adviser once.</param>
internal sealed record DutyStretch(Instant Start, Instant End, Instant ReasonsEnd, IReadOnlyList<Place> Places)
{
    public bool HasSameAdvisers(DutyStretch other) =>
        Places.Select(place => place.Adviser).SequenceEqual(other.Places.Select(place => place.Adviser));

    public ValueList<string> Advisers => Places.Select(place => place.Adviser).ToValueList();

    public bool Has(string adviser) => Places.Any(place => place.Adviser == adviser);
}
