using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Service.Schedule;

/// <summary>A look at the clock of the rota, as it ended.</summary>
/// <param name="Book">In force now.</param>
/// <param name="Next">When to look again; null = nothing is to come within 400 days.</param>
internal sealed record Looked(RotaBook Book, Instant Now, Instant? Next);
