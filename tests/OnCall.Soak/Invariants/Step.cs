using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>A decision that was just stored.</summary>
/// <param name="Before">The enquiry before; null = it was opened.</param>
/// <param name="Happened">What the enquiry was told; null = it was opened.</param>
internal sealed record Step(Kept Kept, Enquiry? Before, EnquiryEvent? Happened, Decision Decision, Instant Now)
{
    public Enquiry After => Decision.Next;

    /// <summary>The pages that the decision sends out, by call or text.</summary>
    public IReadOnlyList<Page> Pages { get; } = Happened is EnquiryEvent.Chained ? DialledBy(Decision, Before!) : Decision.Effects.Count == 0 ? [] : PagesOf(Decision);

    /// <summary>When the enquiry must be looked at by itself; null = never.</summary>
    public Instant? Deadline { get; } = Decision.Next.Deadline;

    /// <summary>When it was to be looked at before the decision.</summary>
    public Instant? DeadlineBefore { get; } = Kept.Deadline;

    /// <summary>Whether the pages are what they were before the decision, untouched.</summary>
    public bool KeepsPages => Before is not null && ReferenceEquals(Before.Pages, Decision.Next.Pages);

    /// <summary>Whether somebody was dialled by documents that knew nothing but the book in memory, neither who is busy nor who has passed.</summary>
    public bool IsOfBookAlone => Happened is EnquiryEvent.Chained told && (told.State.Because == ChainBecause.DatabaseAway || told.At < Now || told.State.Dial?.At < Now);

    /// <summary>Whether an adviser is rung because it is, or was a moment ago, the adviser's own enquiry.</summary>
    public bool IsOwn(Page page) => After.AcceptedBy == page.Adviser || Before?.AcceptedBy == page.Adviser || (page.IsDialled && (Kept.LastTaken?.Adviser == page.Adviser || Kept.PassedTo == page.Adviser));

    /// <summary>Whether a page goes to whom somebody chose by name.</summary>
    public bool IsPassedTo(Page page) => Happened is EnquiryEvent.PassedOn { To: PassTarget.Adviser to } ? to.Id == page.Adviser
        : Happened is EnquiryEvent.PageTextFailed or EnquiryEvent.OfficerCalledAgain or EnquiryEvent.OfficerTexted && page.Source == Roster.PassedOn && Kept.PassedTo == page.Adviser;

    /// <summary>What the record says is dialled, and what is sent out because the steps go on.</summary>
    private static List<Page> DialledBy(Decision decision, Enquiry before) =>
        [.. decision.Next.Pages.Where(page => page.IsDialled && !before.Pages.Any(known => known.Id == page.Id) && decision.Timeline.Any(line => line.Event == "page-sent" && line.Adviser == page.Adviser)), .. PagesOf(decision)];

    private static List<Page> PagesOf(Decision decision)
    {
        List<Page> pages = [];
        foreach (var effect in decision.Effects)
        {
            if ((effect switch { Effect.PlaceCall place => place.Page, Effect.PageByText text => text.Page, _ => null }) is { } id)
            {
                pages.Add(decision.Next.Pages.First(page => page.Id == id));
            }
        }

        return pages;
    }
}
