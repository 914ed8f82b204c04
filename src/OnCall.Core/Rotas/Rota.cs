using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>Who is on duty for a desk or a role, over time.</summary>
/// <param name="Zone">Of every wall-clock time in it; fixed when the rota was imported.</param>
/// <param name="Cover">Advisers wanted at any moment; 0 = the rota never has a gap.</param>
/// <param name="Layers">A later layer wins over the earlier ones wherever it has somebody.</param>
/// <param name="Overrides">Each applies to what the earlier ones left.</param>
public sealed record Rota(
    string Id, string Name, DateTimeZone Zone, int Cover, ValueList<Layer> Layers, ValueList<Override> Overrides);
