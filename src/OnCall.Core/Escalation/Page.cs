using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>One attempt to reach one adviser by a call or a text.</summary>
/// <param name="Id">The enquiry's id in 32 hexadecimal digits, '-', and a number that counts up within the enquiry.</param>
/// <param name="Adviser">The adviser's id.</param>
/// <param name="Number">The number that is called or texted.</param>
/// <param name="Ring">How long it may ring, or a text may wait for its answer, from the moment when Twilio has taken it.</param>
/// <param name="Attempt">The how-manieth step of this enquiry it belongs to, from 1; what the adviser hears as "attempt".</param>
/// <param name="Source">Why this adviser: the rota's layer or override, or the policy's step.</param>
/// <param name="CallSid">Twilio's name of the call, or of the text; null while Twilio has not taken it. The first call that fetches the page's document owns it.</param>
/// <param name="Method">A page of a version that knew only calls has none: it is a call.</param>
public sealed record Page(
    string Id, string Adviser, PhoneNumber Number, Duration Ring, int Attempt, string Source, string? CallSid, PageState State,
    PageMethod Method = PageMethod.Call)
{
    /// <summary>Somebody, or a voicemail, picked up and heard the prompt, or began to.</summary>
    public bool PickedUp { get; init; }

    /// <summary>Its call ended while it was live: what is told of it late, as a key that was pressed before, finds nobody on the telephone any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HungUp { get; init; }

    /// <summary>The officer's own line dials it (<see cref="ChainState.PageOf"/>).</summary>
    [JsonIgnore]
    public bool IsDialled => Id.AsSpan(33).Contains('x');

    /// <summary>It may still lead to a conversation: it is being placed, rings, or is heard.</summary>
    [JsonIgnore]
    public bool IsLive => State is not PageState.Over;

    /// <summary>When something must be decided about this page by itself; null = a signal comes first.</summary>
    [JsonIgnore]
    public Instant? Deadline => State switch
    {
        PageState.Ringing ringing => ringing.Until,
        PageState.Answered answered => answered.Until,
        _ => null,
    };

    /// <summary>Whether the step must wait for it at <paramref name="now"/>: one who picked up holds the step only as long as the phone would have rung.</summary>
    public bool Holds(Instant now) => State switch
    {
        PageState.Requested => true,
        PageState.Ringing ringing => now < ringing.Until,
        PageState.Answered answered => now < answered.RingUntil,
        _ => false,
    };

    /// <summary>The id of the enquiry a page belongs to, read from the page's id; null where it is no page's id.</summary>
    public static Guid? EnquiryOf(string? pageId) =>
        pageId is { Length: > 33 } && pageId[32] == '-' && Guid.TryParseExact(pageId[..32], "N", out var id) ? id : null;
}

/// <summary>Where a page stands.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(Ringing), "ringing")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Over), "over")]
public abstract record PageState
{
    private PageState()
    {
    }

    /// <summary>It waits in the outbox, or its request is under way.</summary>
    public sealed record Requested : PageState;

    /// <summary>Twilio has taken the call, or the text.</summary>
    /// <param name="Until">When it has rung, or waited, long enough, exclusive.</param>
    public sealed record Ringing(Instant Until) : PageState;

    /// <summary>Somebody, or a voicemail, picked up and hears the prompt.</summary>
    /// <param name="RingUntil">Until when it keeps the next step from beginning, exclusive.</param>
    /// <param name="Until">When the prompt has certainly ended, exclusive.</param>
    public sealed record Answered(Instant RingUntil, Instant Until) : PageState;

    public sealed record Over(PageEnd End) : PageState;
}

/// <summary>How an adviser is reached.</summary>
public enum PageMethod
{
    Call,
    Sms,
}

/// <summary>How a page ended.</summary>
public enum PageEnd
{
    /// <summary>The adviser pressed 1, or wrote it, and has the enquiry.</summary>
    Taken,

    /// <summary>The adviser pressed 2, or wrote it.</summary>
    Passed,

    /// <summary>Busy, refused by Twilio, or not reachable.</summary>
    Failed,

    /// <summary>Nobody answered in time, or nobody pressed a key.</summary>
    Expired,

    /// <summary>Somebody else took the enquiry, or it was withdrawn, first.</summary>
    Missed,
}
