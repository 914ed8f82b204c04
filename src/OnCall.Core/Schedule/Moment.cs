using NodaTime;

namespace OnCall.Core.Schedule;

/// <summary>Something that the clock brought: when, and what becomes of telling people of it.</summary>
/// <param name="IsMissed">Nobody looked in time: it stands in the record, and nobody is told any more.</param>
/// <param name="Notices">Empty where it was missed.</param>
public abstract record Moment(Instant At, bool IsMissed, ValueList<Notice> Notices)
{
    /// <summary>Others come on duty in a rota: they, and those who go, are told.</summary>
    public sealed record OfHandover(Handover Handover, bool IsMissed, ValueList<Notice> Notices) : Moment(Handover.At, IsMissed, Notices);

    /// <summary>The morning, when the coordinators are told of gaps.</summary>
    public sealed record OfMorning(Instant At, bool IsMissed, ValueList<Notice> Notices) : Moment(At, IsMissed, Notices);
}
