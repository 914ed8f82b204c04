using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>A revision of the book, and from when it was in force.</summary>
/// <param name="From">Inclusive; until the next one's, exclusive.</param>
public sealed record BookInForce(Instant From, RotaBook Book);
