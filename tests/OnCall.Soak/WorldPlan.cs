using NodaTime;

namespace OnCall.Soak;

/// <summary>Which world: everything in it follows from this.</summary>
/// <param name="Weeks">How long calls come in.</param>
/// <param name="Storms">How much more often than usual nodes die, Twilio fails and the database goes away: what only these show would hardly ever happen.</param>
internal sealed record WorldPlan(int Seed, LineSize Size, Instant Start, int Weeks, int Storms)
{
    public Instant End => Start + Duration.FromDays(7 * Weeks);

    /// <summary>Some weeks, the spring or the autumn change of the clocks among them.</summary>
    public static WorldPlan Of(int seed, int weeks, int storms = 1)
    {
        var (begins, ends) = Book.London.Summer(2026 + (seed % 3));
        return new WorldPlan(seed, LineSize.All[seed % LineSize.All.Count], (seed % 8 < 4 ? begins : ends) - Duration.FromDays(Math.Min(weeks, 6) * 3) - Duration.FromHours(15), weeks, storms);
    }
}
