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
    public IEnumerable<Page> Pages => Decision.Effects
        .Select(effect => effect switch { Effect.PlaceCall place => place.Page, Effect.PageByText text => text.Page, _ => null })
        .Where(page => page is not null).Select(id => After.Pages.First(page => page.Id == id));

    /// <summary>Whether an adviser is rung because it is, or was a moment ago, the adviser's own enquiry.</summary>
    public bool IsOwn(Page page) => After.AcceptedBy == page.Adviser || Before?.AcceptedBy == page.Adviser;

    /// <summary>Whether a page goes to whom somebody chose by name.</summary>
    public bool IsPassedTo(Page page) => Happened is EnquiryEvent.PassedOn { To: PassTarget.Adviser to } && to.Id == page.Adviser;
}
