using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Rehearsing;

/// <summary>What an occasion is like for one rota.</summary>
/// <param name="Duty">Who is on duty on that local day, cut at its ends, by start, then adviser.</param>
/// <param name="Oddities">What is not as on other days; empty = as usual.</param>
public sealed record RehearsedDay(Occasion Occasion, Rota Rota, ValueList<DutyStay> Duty, ValueList<Oddity> Oddities);
