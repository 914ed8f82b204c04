using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>A change of who is on duty for a stretch, applied to what the layers and the earlier overrides of the rota give.</summary>
/// <param name="Id">Optional; unique in its rota.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; equal to <paramref name="Start"/> where a clock change skips the whole stretch.</param>
/// <param name="Adviser">Who comes on duty.</param>
/// <param name="Effect">What becomes of the others.</param>
public sealed record Override(string? Id, Instant Start, Instant End, string Adviser, OverrideEffect Effect, string? Reason)
{
    /// <summary>Whether the override is about an adviser's place.</summary>
    public bool Replaces(string adviser) => Effect is OverrideEffect.InPlaceOf replaced && replaced.Adviser == adviser;
}

/// <summary>What becomes of the others on duty.</summary>
public abstract record OverrideEffect
{
    private OverrideEffect()
    {
    }

    /// <summary>The adviser is alone on duty.</summary>
    public sealed record Alone : OverrideEffect;

    /// <summary>The adviser takes the place of another, or of whoever stands in for that one already; no effect where that one would not be on duty.</summary>
    public sealed record InPlaceOf(string Adviser) : OverrideEffect;

    /// <summary>The adviser is on duty together with whoever is there.</summary>
    public sealed record Adds : OverrideEffect;
}
