using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>One officer's request for advice, from first contact to close: the whole state, from which everything else follows.</summary>
public sealed record Enquiry
{
    public required Guid Id { get; init; }

    /// <summary>Its short spoken number.</summary>
    public required string Ref { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The number that was called or texted.</summary>
    public required PhoneNumber Line { get; init; }

    /// <summary>The officer's number as it was shown; null = withheld. A claim, not a proof.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>The number that the officer keyed in to be called back on; null = none.</summary>
    public PhoneNumber? CallBackTo { get; init; }

    /// <summary><see cref="From"/> is a number that may be neither called nor texted, as was set when the enquiry was opened. Null = it may, or is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? FromIsOutOfReach { get; init; }

    /// <summary>What advisers are told of as the officer's number; null = none is known. They may have a telephone that reaches what the service may not call.</summary>
    [JsonIgnore]
    public PhoneNumber? Number => CallBackTo ?? From;

    /// <summary>On which number the officer is called back; null = on none that is known and may be called.</summary>
    [JsonIgnore]
    public PhoneNumber? CallableNumber => CallBackTo ?? (FromIsOutOfReach is true ? null : From);

    /// <summary>The number is blocked, or calls too often: nobody is rung at once before the caller has pressed a key and named a force.</summary>
    public bool Doubted { get; init; }

    /// <summary>The id of the force that a caller in doubt has named; null = none was asked for. A claim, not a proof.</summary>
    public string? SaidForce { get; init; }

    /// <summary>Twilio's name of the leg on which the officer is now; null = on no line.</summary>
    public string? OfficerCall { get; init; }

    /// <summary>When the officer's line last ended; null = never yet.</summary>
    public Instant? OfficerLeftAt { get; init; }

    /// <summary>An officer was promised a call back, after all rounds or by asking for it, and has called again or awaits the call of who took it by text; or was called back in vain: the chase goes on, whatever happens in a later call, until the two have talked.</summary>
    public bool CallBackPromised { get; init; }

    /// <summary>The desk's id; null until it is chosen.</summary>
    public string? Desk { get; init; }

    public Priority Priority { get; init; }

    /// <summary>The policy of the menu's key, where it takes the place of the desk's.</summary>
    public string? Policy { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>The pages that matter to what comes next: all of the rounds, and those of the last chase.</summary>
    public ValueList<Page> Pages { get; init; } = [];

    /// <summary>How many pages there have been.</summary>
    public int PageCount { get; init; }

    /// <summary>How many steps have rung somebody.</summary>
    public int Attempts { get; init; }

    /// <summary>The advisers who were texted about it, to take it by an answer, since it was last taken.</summary>
    public ValueList<string> Texted { get; init; } = [];

    /// <summary>The last wishes of people that were done, by their names: a wish that comes twice is done once.</summary>
    public ValueList<string> Requests { get; init; } = [];

    /// <summary>How far the record was told of the officer's call being led on by documents alone; null = it never was.</summary>
    public ChainState? Chain { get; init; }

    /// <summary>The chain's dial that is under way: the officer hears it ring, or somebody hears the prompt. Null = none is; one of a line of before is not.</summary>
    [JsonIgnore]
    public Page? ChainDial => Stage is Stage.Paging && IsLedByDocuments ? Pages.FirstOrDefault(page => page.IsLive && page.Id == Chain!.PageOf(this)) : null;

    /// <summary>Whether the officer's own line dials, or has dialled whom the officer talks to: without it there is no talk.</summary>
    [JsonIgnore]
    public bool IsLedByDocuments => Chain is { Dial: not null } chain && chain.OfficerCall == OfficerCall;

    /// <summary>The officer's lines that were given up because the officer called again, the last of them: who is still on one is not served there as well.</summary>
    public ValueList<string> FormerCalls { get; init; } = [];

    /// <summary>Twilio's name of the message that the officer recorded; null = none.</summary>
    public string? Recording { get; init; }

    /// <summary>What officer and adviser have written to each other, oldest first, the last <see cref="Escalator.MostWords"/> of it: who takes the enquiry later reads it too.</summary>
    public ValueList<Word> Words { get; init; } = [];

    /// <summary>Twilio's names of the texts that changed something here, the last of them: one that is told of twice changes nothing.</summary>
    public ValueList<string> Heard { get; init; } = [];

    /// <summary>When the last text of its officer or its adviser came; null = none did.</summary>
    public Instant? LastTextAt { get; init; }

    /// <summary>On which number the officer is texted; null = on none that is known.</summary>
    [JsonIgnore]
    public PhoneNumber? TextNumber => From is { CanBeTexted: true } && FromIsOutOfReach is not true ? From : CallBackTo is { CanBeTexted: true } ? CallBackTo : null;

    /// <summary>Whether the officer wrote, and asked to be called.</summary>
    public bool WantsCall { get; init; }

    /// <summary>Whether advisers are paged by text first: the officer wrote, is on no line, and is to be called on none.</summary>
    [JsonIgnore]
    public bool IsPagedByText => Channel == Channel.Sms && OfficerCall is null && !WantsCall;

    public string? AcceptedBy { get; init; }

    public Instant? AcceptedAt { get; init; }

    public Instant? EndedAt { get; init; }

    /// <summary>When Twilio is asked whether the legs of a taken call are still there: the word that one is over may be lost, and somebody would be left alone in the room.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>When the coordinators were last told that nobody has it; null = never.</summary>
    public Instant? CoordinatorsToldAt { get; init; }

    /// <summary>Until when nothing is decided for the sake of time alone: what happened while the database was away is being told, by several nodes perhaps, and its times are past. Null = it is not.</summary>
    public Instant? QuietUntil { get; init; }

    /// <summary>What a newer version has stored, and this one does not know: it is stored again as it was. Null = nothing.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OfNewer { get; init; }

    /// <summary>Its name at Twilio, in addresses and as its queue; it says nothing about anybody.</summary>
    [JsonIgnore]
    public string Room => Id.ToString("N");

    /// <summary>The conference in which the officer meets the adviser who has it: another one each time it is taken, since a line of who had it before may not be off yet.</summary>
    [JsonIgnore]
    public string TalkRoom => Stage is Stage.Accepted { Page: { } page } ? page : Room;

    [JsonIgnore]
    public EnquiryState State => Stage.State;

    /// <summary>When <see cref="Escalator.Decide"/> must be asked again although nothing happened; null = never.</summary>
    [JsonIgnore]
    public Instant? Deadline
    {
        get
        {
            var earliest = Stage is Stage.Accepted accepted && (accepted.Talk != Talk.Over || OfficerCall is not null) ? Earlier(LookAt, Stage.Deadline) : Earlier(Stage.Deadline, StepEnds);
            foreach (var page in Pages)
            {
                earliest = Earlier(earliest, page.Deadline);
            }

            return earliest < QuietUntil ? QuietUntil : earliest;
        }
    }

    /// <summary>
    /// When the last of those who hear the prompt stops holding the step; null while a phone of the step still rings, or is to ring: that one comes first. Where no phone
    /// does, and no officer's document dials on, who has left: as soon as what happened meanwhile is told.
    /// </summary>
    private Instant? StepEnds
    {
        get
        {
            if (Stage is not Stage.Paging { Through: var isThrough })
            {
                return null;
            }

            Instant? end = null;
            foreach (var page in Pages)
            {
                if (!page.IsLive || (page.Attempt != Attempts && !isThrough))
                {
                    continue;
                }

                if (isThrough || page.State is not PageState.Answered answered)
                {
                    return null;
                }

                end = Instant.Max(end ?? answered.RingUntil, answered.RingUntil);
            }

            return end ?? (OfficerCall is null ? OfficerLeftAt + Escalator.MeanwhileIsTold : null);
        }
    }

    /// <summary>The ids of the advisers whose ear it has, or is to have: they ring, hear the prompt, or are on the line of a talk.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Engaged
    {
        get
        {
            List<string> engaged = [];
            foreach (var page in Pages)
            {
                // A text that waits for its answer disturbs nobody.
                if (page is { IsLive: true, Method: PageMethod.Call } && !engaged.Contains(page.Adviser))
                {
                    engaged.Add(page.Adviser);
                }
            }

            if (Stage is Stage.Accepted { Page: not null, Talk: not (Talk.AdviserGone or Talk.Over) } accepted && !engaged.Contains(accepted.Adviser))
            {
                engaged.Add(accepted.Adviser);
            }

            return engaged;
        }
    }

    private static Instant? Earlier(Instant? one, Instant? other) =>
        one is null ? other : other is null ? one : Instant.Min(one.Value, other.Value);
}

/// <summary>How the officer first came to us.</summary>
public enum Channel
{
    Call,
    Sms,
}
