using System.Text.Json.Serialization;
using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>Where an enquiry stands, with what only that stage knows.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Menu), "menu")]
[JsonDerivedType(typeof(Paging), "paging")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Owed), "owed")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record Stage
{
    private Stage()
    {
    }

    /// <summary>The word of the contract for it.</summary>
    [JsonIgnore]
    public abstract EnquiryState State { get; }

    /// <summary>When the stage by itself asks for a decision; null = never.</summary>
    [JsonIgnore]
    public virtual Instant? Deadline => null;

    /// <summary>The officer hears the greeting and the menu.</summary>
    /// <param name="Ask">The how-manieth time the menu is heard, from 1.</param>
    /// <param name="Until">When a menu that brought no answer counts as "no key": its answer was lost.</param>
    /// <param name="OfForce">A caller in doubt has chosen a desk, and is asked for the force.</param>
    public sealed record Menu(int Ask, Instant Until, bool OfForce = false) : Stage
    {
        public override EnquiryState State => EnquiryState.Menu;

        public override Instant? Deadline => Until;
    }

    /// <summary>The officer waits, and advisers are rung.</summary>
    /// <param name="Round">From 1.</param>
    /// <param name="Step">The policy's step, from 0; -1 = the adviser whose line dropped is rung first.</param>
    /// <param name="HeldUntil">When the officer has waited long enough: nobody else is rung from then on, and what follows all rounds comes.</param>
    /// <param name="Through">There is nobody left to ring for now; somebody still hears the prompt and may take it.</param>
    /// <param name="Wish">What the officer chose instead of waiting.</param>
    public sealed record Paging(int Round, int Step, Instant HeldUntil, bool Through = false, OfficerWish Wish = OfficerWish.ToHold) : Stage
    {
        public override EnquiryState State => Wish switch
        {
            OfficerWish.ToBeCalledBack => EnquiryState.Callback,
            OfficerWish.MessageLeft => EnquiryState.Voicemail,
            _ => EnquiryState.Paging,
        };

        public override Instant? Deadline => Through ? null : HeldUntil;

        /// <summary>After it, the step begins anew; before any has begun (-1, as while the adviser of a talk that broke off is rung again), the first.</summary>
        [JsonIgnore]
        public int StepBefore => Math.Max(-1, Step - 1);
    }

    /// <summary>An adviser has it.</summary>
    /// <param name="Adviser">The adviser's id.</param>
    /// <param name="Page">The page by whose key it was taken; null = taken by text.</param>
    /// <param name="Until">When an officer who is called back, and of whom no word came, counts as not reached; null = nobody rings.</param>
    /// <param name="PickedUp">The officer who is called back has picked up, and is asked for a key.</param>
    public sealed record Accepted(string Adviser, string? Page, Talk Talk, Instant? Until = null, bool PickedUp = false) : Stage
    {
        public override EnquiryState State => EnquiryState.Accepted;

        public override Instant? Deadline => Until;
    }

    /// <summary>No officer waits, and no adviser has it: a call back is owed, and the chase goes on until somebody takes it.</summary>
    /// <param name="Next">When the last step is paged again; null = not again by itself.</param>
    /// <param name="Chases">How often it was paged again.</param>
    /// <param name="Reached">Where an officer who hung up was, to go on from there in a later call; null = all rounds were through, or none had begun.</param>
    /// <param name="TellAt">When the coordinators are told, or told again, that nobody has it; null = they were told of an officer who hung up.</param>
    /// <param name="IsUnmanned">Nobody could be paged when that was tried last, and the coordinators were told so.</param>
    public sealed record Owed(OwedBecause Because, Instant? Next, int Chases, Paging? Reached = null, Instant? TellAt = null, bool IsUnmanned = false) : Stage
    {
        public override EnquiryState State => Because switch
        {
            OwedBecause.Abandoned => EnquiryState.Abandoned,
            OwedBecause.CallBackWanted => EnquiryState.Callback,
            OwedBecause.MessageLeft => EnquiryState.Voicemail,
            _ => EnquiryState.Unanswered,
        };

        public override Instant? Deadline => Next is null || TellAt < Next ? TellAt : Next;
    }

    /// <param name="Outcome">The topic, or why it ended.</param>
    public sealed record Closed(string Outcome) : Stage
    {
        public override EnquiryState State => EnquiryState.Closed;
    }
}

/// <summary>The states of an enquiry in the words of the contract.</summary>
public enum EnquiryState
{
    Menu,
    Paging,
    Accepted,
    Callback,
    Voicemail,
    Abandoned,
    Unanswered,
    Closed,
}

/// <summary>Why a call back is owed.</summary>
public enum OwedBecause
{
    /// <summary>The officer hung up while advisers were rung.</summary>
    Abandoned,

    /// <summary>Nobody took it in all rounds, and the officer is promised a call back.</summary>
    Unanswered,

    /// <summary>Nobody took it in all rounds, and the officer is asked to leave a message; so too where no number is known.</summary>
    MessageWanted,

    /// <summary>The officer left a message.</summary>
    MessageLeft,

    /// <summary>The officer asked to be called back instead of waiting.</summary>
    CallBackWanted,
}

/// <summary>What an officer who is held wants.</summary>
public enum OfficerWish
{
    ToHold,

    /// <summary>To be called back: hanging up keeps the request.</summary>
    ToBeCalledBack,

    /// <summary>To leave a message; none is recorded yet.</summary>
    ToLeaveMessage,

    /// <summary>To be called back about the message that was left.</summary>
    MessageLeft,
}

/// <summary>Where the two are, once an adviser has taken it.</summary>
public enum Talk
{
    /// <summary>Both are on their way into the room.</summary>
    Joining,

    /// <summary>Both are in the room.</summary>
    Talking,

    /// <summary>The adviser hears the message that the officer left; the call back comes afterwards.</summary>
    HearingMessage,

    /// <summary>The adviser is in the room, and the officer is being called back.</summary>
    CallingBack,

    /// <summary>The officer is on no line; the adviser may still be.</summary>
    OfficerGone,

    /// <summary>The officer did not answer the call back; the adviser may still be on the line.</summary>
    OfficerUnreached,

    /// <summary>The adviser's line ended, and the officer is still there.</summary>
    AdviserGone,

    /// <summary>Both have hung up, or it was taken without a call.</summary>
    Over,
}
