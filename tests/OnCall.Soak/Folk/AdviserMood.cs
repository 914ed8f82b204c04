using NodaTime;

namespace OnCall.Soak.Folk;

/// <summary>What an adviser does with a telephone that rings.</summary>
/// <param name="Ends">How the call ends without being answered by somebody or something; null = it rings.</param>
/// <param name="After">How long it rings before that, or before somebody picks up.</param>
/// <param name="Key">What is pressed at the prompt; null = nothing.</param>
/// <param name="KeyAfter">How long after the prompt began.</param>
/// <param name="HangsUpAfter">When whoever picked up hangs up, if no talk has begun; null = not by itself.</param>
internal sealed record AdviserMood(string? Ends, Duration After, string? Key = null, Duration KeyAfter = default, Duration? HangsUpAfter = null)
{
    private enum Kind
    {
        Takes,
        TakesLate,
        Passes,
        Ignores,
        Declines,
        Voicemail,
        Fails,
        HangsUp,
        PressesWrong,
        Listens,
    }

    public static AdviserMood Of(World world, Duration ring)
    {
        var chance = world.Chance;
        var kind = world.IsQuiet ? Kind.Takes : chance.Weighed(
            (38, Kind.Takes), (6, Kind.TakesLate), (9, Kind.Passes), (16, Kind.Ignores), (4, Kind.Declines), (10, Kind.Voicemail), (3, Kind.Fails), (4, Kind.HangsUp), (5, Kind.PressesWrong), (5, Kind.Listens));
        return kind switch
        {
            Kind.Takes => new AdviserMood(null, chance.Seconds(2, 18), "1", chance.Seconds(2, 14)),
            Kind.TakesLate => new AdviserMood(null, ring - chance.Seconds(0.1, 2), "1", chance.Seconds(10, 40)),
            Kind.Passes => new AdviserMood(null, chance.Seconds(2, 18), "2", chance.Seconds(2, 14)),
            Kind.Declines => new AdviserMood("busy", chance.Seconds(2, 10)),
            Kind.Voicemail => new AdviserMood(null, chance.Seconds(12, 30), HangsUpAfter: chance.Seconds(20, 60)),
            Kind.Fails => new AdviserMood("failed", chance.Seconds(1, 4)),
            Kind.HangsUp => new AdviserMood(null, chance.Seconds(2, 18), HangsUpAfter: chance.Seconds(1, 10)),
            Kind.PressesWrong => new AdviserMood(null, chance.Seconds(2, 18), "7", chance.Seconds(2, 14)),
            Kind.Listens => new AdviserMood(null, chance.Seconds(2, 18)),
            _ => new AdviserMood(null, Duration.FromHours(1)),
        };
    }

    public (string? Key, Duration After)? Presses(int ask, World world) =>
        Key is null ? null : ask == 1 ? (Key, KeyAfter) : (world.Chance.Weighed<string?>((3, "1"), (1, "2"), (1, "7")), world.Chance.Seconds(1, 6));
}
