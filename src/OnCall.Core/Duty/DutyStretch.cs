using System.Runtime.InteropServices;
using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>A stretch in which nothing changes.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; the next stretch may still have the same advisers.</param>
/// <param name="ReasonsEnd">Until when they are on duty for the same reasons, exclusive; not after <paramref name="End"/>.</param>
/// <param name="Places">Sorted by adviser, each adviser once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DutyStretch(Instant Start, Instant End, Instant ReasonsEnd, LayerPlace[] Places)
{
    public ValueList<string> Advisers => Places is [var only] ? only.Member.Alone : Places.Select(place => place.Adviser).ToValueList();

    public ValueList<DutySource> Sources => Places is [var only] ? only.Member.Source : Places.Select(place => place.Reason.Source).Distinct().ToValueList();

    public bool HasSameAdvisers(DutyStretch other) =>
        Places.Length == other.Places.Length && Places.Zip(other.Places).All(pair => pair.First.Adviser == pair.Second.Adviser);

    public bool Has(string adviser) => Array.Exists(Places, place => place.Adviser == adviser);

    /// <summary>Whether they are those of a period.</summary>
    public bool HasAdvisers(ValueList<string> advisers)
    {
        for (var i = 0; i < Places.Length; i++)
        {
            if (i >= advisers.Count || advisers[i] != Places[i].Adviser)
            {
                return false;
            }
        }

        return Places.Length == advisers.Count;
    }
}
