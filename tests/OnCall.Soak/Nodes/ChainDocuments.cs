using System.Globalization;
using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Nodes;

/// <summary>What the service answers officers whom documents alone lead on, and the advisers whom these dial, while Twilio's REST API fails and its webhooks arrive.</summary>
internal sealed class ChainDocuments(World world)
{
    private readonly Dictionary<string, ChainState> _sealed = [];
    private readonly HashSet<string> _passed = [];

    /// <summary>The state that stands in an address.</summary>
    public ChainState Open(string subject) => _sealed[subject];

    /// <returns>Null = the leg goes on in the usual way.</returns>
    public IReadOnlyList<CallStep>? LeadIn(Door door, Enquiry enquiry, string callSid)
    {
        if (!ChainEntry.IsOn(enquiry, callSid) && !(world.Weather.RestFails && ChainEntry.IsStuck(enquiry, callSid)))
        {
            return null;
        }

        return door switch
        {
            Door.Hold => [new CallStep.StopHolding()],
            Door.Menu or Door.Force or Door.Again or Door.Officer or Door.Stayed or Door.Message => Lead(enquiry),
            _ => null,
        };
    }

    /// <summary>An officer on the chain asks what comes next.</summary>
    public IReadOnlyList<CallStep> Officer(Request request)
    {
        var (door, state) = (request.Door.Door, Open(request.Door.Subject));
        var end = request.Dial ?? new DialEnd("canceled", null, false, false);
        var told = door switch
        {
            Door.ChainNext => ChainFlow.Outcome(state, end, _passed.Contains(state.PageOf(state.AsEnquiry()))),
            Door.ChainMessage => Flow(state.Enquiry).Recorded(state, request.Key is null ? null : world.Network.NewName("RE"), Seconds(request.Key)),
            _ => new ChainAnswer([], state, []),
        };
        if (Tell(told) is not { } enquiry || door == Door.ChainMessage || end.OfficerGone)
        {
            return told.Steps.Count > 0 ? told.Steps : [new CallStep.HangUp()];
        }

        var goesOn = told.State.Knowing(enquiry);
        if (!world.Weather.RestFails || enquiry.Stage is not (Stage.Menu or Stage.Paging or Stage.Accepted { Talk: Talk.AdviserGone }))
        {
            return OfficerFlow.Now(Return(request, goesOn), world.Nodes.Roster);
        }

        var flow = Flow(enquiry.Id);
        return StepsOf(door == Door.ChainMenu ? flow.Answered(state, request.Key) : flow.AfterDial(goesOn, end));
    }

    /// <summary>An adviser who was dialled has picked up, or pressed a key.</summary>
    public IReadOnlyList<CallStep> Adviser(Request request, string callSid)
    {
        var (state, offer) = (Open(request.Door.Subject), new ChainOffer(world.Nodes.Roster, Seal, world.Now));
        var answer = request.Door.Door == Door.ChainOffer ? offer.PickedUp(state, callSid) : offer.Pressed(state, callSid, request.Door.Ask, request.Key);
        if (answer.Facts.Any(fact => fact is ChainFact.Passed))
        {
            _passed.Add(state.PageOf(state.AsEnquiry()));
        }

        var enquiry = Tell(answer);
        var isTooLate = answer.Facts.Any(fact => fact is ChainFact.Taken) && enquiry is not null && (enquiry.Stage as Stage.Accepted)?.Page != state.PageOf(enquiry);
        return isTooLate ? offer.TooLate(state) : answer.Steps;
    }

    private IReadOnlyList<CallStep> Lead(Enquiry enquiry)
    {
        var flow = Flow(enquiry.Id);
        return enquiry is { ChainDial: not null, Chain: { } chain }
            ? flow.Again(chain)
            : StepsOf(flow.TakeOver(ChainState.Of(enquiry, enquiry.OfficerCall!, ChainBecause.RestFails, world.Now)));
    }

    private Enquiry Return(Request request, ChainState state)
    {
        EnquiryEvent happened = request.Door.Door != Door.ChainMenu ? new EnquiryEvent.Chained(Flow(state.Enquiry).ToReturn(state), new ChainFact.Returned(), world.Now)
            : state.OfForce ? new EnquiryEvent.ForceSaid(state.Ask, request.Key)
            : new EnquiryEvent.MenuAnswered(state.Ask, request.Key);
        return world.Nodes.Happened(state.Enquiry, happened)!;
    }

    private IReadOnlyList<CallStep> StepsOf(ChainAnswer answer) =>
        Tell(answer) is { Stage: Stage.Owed } owed && owed.OfficerCall == answer.State.OfficerCall ? OfficerFlow.Now(owed, world.Nodes.Roster) : answer.Steps;

    private Enquiry? Tell(ChainAnswer answer)
    {
        foreach (var fact in answer.Facts)
        {
            world.Nodes.Happened(answer.State.Enquiry, new EnquiryEvent.Chained(answer.State, fact, world.Now));
        }

        return world.Nodes.Find(answer.State.Enquiry)?.Enquiry;
    }

    private ChainFlow Flow(Guid enquiry) => new(world.Nodes.RosterFor(enquiry), Seal, _ => true, world.Now);

    private string Seal(ChainState state)
    {
        var name = $"state {_sealed.Count}";
        _sealed.Add(name, state);
        return name;
    }

    private static Duration Seconds(string? key) => key is null ? Duration.Zero : Duration.FromSeconds(int.Parse(key, CultureInfo.InvariantCulture));
}
