using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>
/// Where a call stands whose officer is led on by documents alone: each dials one adviser, and its address carries what the next one needs, sealed.
/// </summary>
public sealed record ChainState
{
    /// <summary>The enquiry's id: of the one that is known, or the one that it will have.</summary>
    public required Guid Enquiry { get; init; }

    /// <summary>Its short spoken number; null = it has none yet, or nobody here knows it.</summary>
    public string? Ref { get; init; }

    /// <summary>The number that was called.</summary>
    public required PhoneNumber Line { get; init; }

    /// <summary>The officer's number as it was shown; null = withheld.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>The number that the officer keyed in to be called back on; null = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PhoneNumber? CallBackTo { get; init; }

    /// <summary>Twilio's name of the officer's leg.</summary>
    public required string OfficerCall { get; init; }

    public required ChainBecause Because { get; init; }

    /// <summary>When the call came in.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>When the officer was led onto the chain.</summary>
    public required Instant Began { get; init; }

    /// <summary>When the officer has waited long enough, exclusive.</summary>
    public required Instant HeldUntil { get; init; }

    /// <summary>Which hearing of the menu's question is under way, from 1; 0 = the desk is chosen.</summary>
    public int Ask { get; init; }

    /// <summary>The question is for the force, as a caller in doubt is asked.</summary>
    public bool OfForce { get; init; }

    public bool Doubted { get; init; }

    public string? Desk { get; init; }

    public Priority Priority { get; init; }

    /// <summary>The policy of the menu's key, where it takes the place of the desk's.</summary>
    public string? Policy { get; init; }

    public string? SaidForce { get; init; }

    /// <summary>From 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The policy's step, from 0.</summary>
    public int Step { get; init; }

    /// <summary>The advisers who were dialled in this step.</summary>
    public ValueList<string> Rung { get; init; } = [];

    /// <summary>The advisers who passed; they are not dialled again.</summary>
    public ValueList<string> Passed { get; init; } = [];

    /// <summary>The officer came out of a talk, before anybody was dialled: it had ended with the adviser's line.</summary>
    public bool RoomEnded { get; init; }

    /// <summary>The adviser who is dialled before the steps go on: the one whose line dropped, or to whom it was passed on; null = nobody.</summary>
    public string? First { get; init; }

    /// <summary>Why that one, for the record; null = had taken it before.</summary>
    public string? FirstSource { get; init; }

    /// <summary>How many steps had rung somebody before the chain began.</summary>
    public int StepsBefore { get; init; }

    /// <summary>How many advisers were dialled.</summary>
    public int Dials { get; init; }

    /// <summary>Who is dialled now; null = nobody.</summary>
    public ChainDial? Dial { get; init; }

    /// <summary>What is told apart by it: another chain of the same enquiry has another one.</summary>
    [JsonIgnore]
    public string Name => Began.ToUnixTimeSeconds().ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the other one is further on, or of a chain that began later.</summary>
    public bool IsBefore(ChainState other) => (Began, Dials, Dial is null).CompareTo((other.Began, other.Dials, other.Dial is null)) < 0;

    /// <summary>The id of the page by which the record knows the present dial.</summary>
    public string PageOf(Enquiry enquiry) => $"{DialsOf(enquiry)}{Dial?.No}";

    /// <summary>What the ids of the pages of all its dials begin with.</summary>
    public string DialsOf(Enquiry enquiry) => $"{enquiry.Room}-{Name}x";

    /// <summary>The state of a call whose enquiry was seen a moment ago.</summary>
    public static ChainState Of(Enquiry enquiry, string officerCall, ChainBecause because, Instant now) => new()
    {
        Enquiry = enquiry.Id,
        Ref = enquiry.Ref,
        Line = enquiry.Line,
        From = enquiry.From,
        CallBackTo = enquiry.CallBackTo,
        OfficerCall = officerCall,
        Because = because,
        OpenedAt = enquiry.OpenedAt,
        // Clocks of two nodes differ; and by its second one chain is told apart from another.
        Began = enquiry.Chain is { } before ? Instant.Max(now, before.Began + Duration.FromSeconds(1)) : now,
        HeldUntil = (enquiry.Stage as Stage.Paging)?.HeldUntil ?? now + Escalator.LongestHold,
        Ask = (enquiry.Stage as Stage.Menu)?.Ask ?? 0,
        OfForce = enquiry.Stage is Stage.Menu { OfForce: true },
        Doubted = enquiry.Doubted,
        Desk = enquiry.Desk,
        Priority = enquiry.Priority,
        Policy = enquiry.Policy,
        SaidForce = enquiry.SaidForce,
        Round = (enquiry.Stage as Stage.Paging)?.Round ?? 1,
        Step = Math.Max(0, (enquiry.Stage as Stage.Paging)?.Step ?? 0),
        Rung = Ended(enquiry, page => page.Attempt == enquiry.Attempts && page.CallSid is not null && page.State is PageState.Over { End: PageEnd.Expired or PageEnd.Failed }),
        Passed = Ended(enquiry, page => page.State is PageState.Over { End: PageEnd.Passed }),
        StepsBefore = enquiry.Pages.Where(page => page.CallSid is not null).Select(page => page.Attempt).Distinct().Count(),
        First = FirstOf(enquiry),
        FirstSource = Waiting(enquiry)?.Source,
    };

    /// <summary>The state of a call whose enquiry nobody here has seen, while the database is away.</summary>
    /// <param name="ask">Which hearing of the menu's question is under way, from 1; 0 = none is.</param>
    /// <param name="ofForce">The question is for the force.</param>
    public static ChainState Unseen(Guid enquiry, PhoneNumber line, PhoneNumber? from, string officerCall, int ask, bool ofForce, Instant now) => new()
    {
        Enquiry = enquiry,
        Line = line,
        From = from,
        OfficerCall = officerCall,
        Because = ChainBecause.DatabaseAway,
        OpenedAt = now,
        Began = now,
        HeldUntil = now + Escalator.LongestHold,
        Ask = ask,
        OfForce = ofForce,
    };

    /// <summary>The state with what the record has: those who passed, at another node perhaps, and the desk or the adviser to whom it was passed on meanwhile.</summary>
    public ChainState Knowing(Enquiry enquiry)
    {
        var (passed, first) = (Ended(enquiry, page => page.State is PageState.Over { End: PageEnd.Passed }), FirstOf(enquiry));
        return first is null && (enquiry.Desk, enquiry.Policy) == (Desk, Policy)
            ? this with { Passed = Passed.Concat(passed).Distinct().ToValueList() }
            : this with { Desk = enquiry.Desk, Policy = enquiry.Policy, Round = 1, Step = 0, Rung = [], First = first, FirstSource = Waiting(enquiry)?.Source, Passed = passed };
    }

    /// <summary>The call as an enquiry, to be asked what the code asks that serves the calls.</summary>
    public Enquiry AsEnquiry() => new()
    {
        Id = Enquiry,
        Ref = Ref ?? "",
        Channel = Channel.Call,
        Line = Line,
        From = From,
        OfficerCall = OfficerCall,
        OpenedAt = OpenedAt,
        Doubted = Doubted,
        Desk = Desk,
        Priority = Priority,
        Policy = Policy,
        SaidForce = SaidForce,
        Stage = Ask > 0 ? new Stage.Menu(Ask, HeldUntil, OfForce) : new Stage.Paging(Round, Step, HeldUntil),
    };

    private static string? FirstOf(Enquiry enquiry) => enquiry.Stage switch
    {
        Stage.Accepted accepted => accepted.Adviser,
        _ => Waiting(enquiry)?.Adviser,
    };

    /// <summary>The page that comes before the steps; null = none does.</summary>
    private static Page? Waiting(Enquiry enquiry) => enquiry.Stage is Stage.Paging { Step: -1, Through: false } ? enquiry.Pages.FirstOrDefault(page => page.IsLive) : null;

    private static ValueList<string> Ended(Enquiry enquiry, Func<Page, bool> how) => enquiry.Pages.Where(how).Select(page => page.Adviser).Distinct().ToValueList();
}

/// <summary>One adviser who is dialled from the officer's document.</summary>
/// <param name="No">The how-manieth of the chain, from 1.</param>
/// <param name="Adviser">The adviser's id.</param>
/// <param name="Source">Why this adviser, for the record.</param>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 0.</param>
public sealed record ChainDial(int No, string Adviser, string Source, int Round, int Step, Duration Ring, Instant At);

/// <summary>Why an officer is led on by documents alone.</summary>
public enum ChainBecause
{
    /// <summary>The database cannot be reached, so nothing can be looked up or stored.</summary>
    DatabaseAway,

    /// <summary>Twilio's REST API fails, so nobody can be called by it.</summary>
    RestFails,
}
