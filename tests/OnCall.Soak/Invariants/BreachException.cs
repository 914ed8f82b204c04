namespace OnCall.Soak.Invariants;

/// <summary>A world is not as it must be; the message tells the story.</summary>
internal sealed class BreachException(WorldPlan plan, IReadOnlyList<Breach> breaches) : Exception(Tale.Of(plan, breaches))
{
    public WorldPlan Plan => plan;

    /// <summary>All that broke in the same step.</summary>
    public IReadOnlyList<Breach> Breaches => breaches;
}
