using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>A list of shifts, one by one; those that overlap are on duty together.</summary>
public sealed record DatedShifts(ValueList<DatedShift> Shifts) : LayerDuty;

/// <summary>One shift of one adviser.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; equal to <paramref name="Start"/> where a clock change skips the whole shift.</param>
public sealed record DatedShift(Instant Start, Instant End, string Adviser);
