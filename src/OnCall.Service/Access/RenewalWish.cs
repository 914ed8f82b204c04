using NodaTime;

namespace OnCall.Service.Access;

/// <summary>How an API key is to be renewed.</summary>
/// <param name="Overlap">For how long the secret before stays good; zero = it ends at once.</param>
/// <param name="Expiry">The key's new expiry; null = it keeps the one that it has.</param>
internal sealed record RenewalWish(Duration Overlap, Instant? Expiry)
{
    public const int UsualHours = 24;

    /// <summary>Thirty days.</summary>
    public const int MostHours = 720;

    /// <param name="hours">0 to <see cref="MostHours"/>; null = <see cref="UsualHours"/>.</param>
    public static RenewalWish Of(int? hours, Instant? expires) => new(Duration.FromHours(hours ?? UsualHours), expires);
}
