using NodaTime;
using OnCall.Core.Calls;

namespace OnCall.Soak.Folk;

/// <summary>What an officer does in one call.</summary>
/// <param name="Patience">When the officer hangs up, if nobody has come.</param>
/// <param name="StarAt">When star is pressed while held; null = never.</param>
/// <param name="HashAt">When the hash key is pressed while held; null = never.</param>
/// <param name="IsSilent">Presses no key at all: a bad line, or no hands.</param>
internal sealed record OfficerMood(Duration Patience, Duration? StarAt, Duration? HashAt, bool IsSilent)
{
    private static readonly string[] Numbers = ["07700900399", "01632960999", "12", "0", "07700900398", "1"];

    public static OfficerMood Of(World world)
    {
        var chance = world.Chance;
        return new OfficerMood(
            chance.Is(0.06) ? chance.Seconds(1, 20) : chance.Is(0.3) ? chance.About(Duration.FromMinutes(2)) : chance.Minutes(4, 40),
            chance.Is(0.15) ? chance.Seconds(20, 120) : null,
            chance.Is(0.08) ? chance.Seconds(20, 120) : null,
            chance.Is(0.08));
    }

    public (string? Key, Duration After)? Presses(Destination then, Duration prompt, World world)
    {
        var chance = world.Chance;
        string? key = IsSilent ? null : then.Door switch
        {
            Door.Menu => chance.Is(0.85) ? chance.Of(["1", "1", "1", "2", "2", "3", "4", "9"]) : chance.Of([null, "7", "0"]),
            Door.Force => chance.Of(["1", "1", "1", "2", null, "88"]),
            Door.Again => chance.Of(["1", "1", "2", null]),
            Door.CallBack => chance.Of(["1", "1", "1", "2", "2", "3", "3", null, null, "#", "*", "7"]),
            Door.Number => chance.Of(Numbers),
            Door.BackKey => chance.Is(world.IsQuiet ? 1 : 0.85) ? "1" : chance.Of([null, null, "2", "*"]),
            _ => null,
        };
        return key is null ? null : (key, prompt * 0.5 + chance.Seconds(0.5, 6));
    }

    /// <param name="since">How long the call has lasted.</param>
    public string? PressesWhileHeld(Duration since, Duration stretch) =>
        IsSilent ? null
        : StarAt is { } star && star >= since && star < since + stretch ? "*"
        : HashAt is { } hash && hash >= since && hash < since + stretch ? "#"
        : null;
}
