using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>A stretch in which an adviser is off every rota; what lies below shows through.</summary>
/// <param name="Id">Optional; unique among the absences.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; null = open.</param>
public sealed record Absence(string? Id, string Adviser, Instant Start, Instant? End, string? Reason);
