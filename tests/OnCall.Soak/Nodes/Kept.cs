using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Nodes;

/// <summary>An enquiry as it is stored, with all that was ever told of it.</summary>
internal sealed class Kept(Enquiry enquiry)
{
    public Enquiry Enquiry { get; set; } = enquiry;

    /// <summary>The deadline for which somebody has set the alarm; null = none.</summary>
    public Instant? Alarm { get; set; }

    /// <summary>The enquiry's own deadline, as it was seen last; null = none.</summary>
    public Instant? Deadline { get; set; }

    /// <summary>Since when it is nobody's but the chase's; null = it is an adviser's, or closed.</summary>
    public Instant? UnownedSince { get; set; } = enquiry.OpenedAt;

    /// <summary>What the record says of when, and by whom, it was taken last; null = by nobody yet.</summary>
    public TimelineEntry? LastTaken { get; set; }

    /// <summary>To whom it was passed on by name last, if to anybody.</summary>
    public string? PassedTo { get; set; }

    /// <summary>The officer's calls.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>When it was last told of something that had happened long before.</summary>
    public Instant ToldLateAt { get; set; }

    /// <summary>What happened, in order: what was told (<see cref="EnquiryEvent"/>), what the record says, what was to be done, and what legs heard.</summary>
    public List<(Instant At, object What)> Log { get; } = [];

    public string Room { get; } = enquiry.Room;
}
