using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Telephony;

/// <summary>Two legs that hear each other until one of them leaves.</summary>
internal sealed class Bridge
{
    private readonly Call one;
    private readonly Call other;

    public Bridge(Call one, Call other)
    {
        this.one = one;
        this.other = other;
        foreach (var leg in (Call[])[one, other])
        {
            leg.Bridge = this;
            leg.Position = "bridged";
            leg.Hear("system", $"connected with {OthersThan(leg).Single().Phone.Number}");
        }
    }

    /// <summary>Set when the two have parted.</summary>
    public Signal<bool> Ended { get; } = new();

    public IEnumerable<Call> OthersThan(Call leg) => [leg == one ? other : one];

    public void End()
    {
        one.Bridge = one.Bridge == this ? null : one.Bridge;
        other.Bridge = other.Bridge == this ? null : other.Bridge;
        Ended.Set(true);
    }
}
