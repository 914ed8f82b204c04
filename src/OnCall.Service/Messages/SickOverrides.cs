using NodaTime;
using OnCall.Core;
using OnCall.Core.Rotas;

namespace OnCall.Service.Messages;

/// <summary>
/// The overrides of somebody who is sick. An absence leaves them as they are, since who makes an override for somebody who is away means it; but who was put on duty by one and falls sick is to come off duty.
/// </summary>
/// <param name="Adviser">Who is sick.</param>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
internal sealed record SickOverrides(string Adviser, Instant From, Instant Until)
{
    /// <summary>The rota with those overrides cut out for that time; what lies below shows through.</summary>
    public Rota CutFrom(Rota rota) => rota with { Overrides = rota.Overrides.SelectMany(change => Concerns(change) ? Rest(change) : [change]).ToValueList() };

    /// <summary>The rota with the overrides whole again that were cut, as far as nobody has changed what was left of them.</summary>
    /// <param name="before">As it was before they were.</param>
    public Rota PutBackInto(Rota rota, Rota before)
    {
        var overrides = rota.Overrides.ToList();
        for (var place = 0; place < before.Overrides.Count; place++)
        {
            if (before.Overrides[place] is { } whole && Concerns(whole) && !overrides.Contains(whole))
            {
                PutBack(overrides, whole, place);
            }
        }

        return rota with { Overrides = overrides.ToValueList() };
    }

    private void PutBack(List<Override> overrides, Override whole, int place)
    {
        var rest = Rest(whole).ToList();
        if (rest.TrueForAll(overrides.Contains))
        {
            overrides.Insert(rest.Count > 0 ? overrides.IndexOf(rest[0]) : Math.Min(place, overrides.Count), whole);
            rest.ForEach(piece => overrides.Remove(piece));
        }
    }

    private bool Concerns(Override change) => change.Adviser == Adviser && change.Start < Until && change.End > From;

    /// <summary>What is left of an override before and after that time; only one piece keeps its id.</summary>
    private IEnumerable<Override> Rest(Override change)
    {
        if (change.Start < From)
        {
            yield return change with { End = From };
        }

        if (change.End > Until)
        {
            yield return change with { Start = Until, Id = change.Start < From ? null : change.Id };
        }
    }
}
