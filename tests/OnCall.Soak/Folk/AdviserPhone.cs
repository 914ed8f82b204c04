using OnCall.Soak.Carrier;

namespace OnCall.Soak.Folk;

/// <summary>An adviser's telephone: one line, busy while it rings or is used.</summary>
internal sealed class AdviserPhone(string id)
{
    public string Id => id;

    /// <summary>The line that rings or is used; null = the telephone is at rest.</summary>
    public AdviserLeg? Line { get; set; }

    /// <summary>The enquiries about which a text lies unread.</summary>
    public HashSet<Guid> Unread { get; } = [];
}
