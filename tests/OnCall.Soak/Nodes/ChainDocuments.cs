using System.Globalization;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Book;
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
        var enquiry = Tell(told);
        if (door == Door.ChainMessage || end.OfficerGone)
        {
            return told.Steps.Count > 0 ? told.Steps : [new CallStep.HangUp()];
        }

        var flow = Flow(state.Enquiry);
        if (enquiry is not null && flow.Repeated(state, enquiry) is { } same)
        {
            return same;
        }

        var goesOn = enquiry is null ? told.State : told.State.Knowing(enquiry);
        if (enquiry is not null && (!world.Weather.RestFails || enquiry.Stage is not (Stage.Menu or Stage.Paging or Stage.Accepted { Talk: Talk.AdviserGone })))
        {
            return OfficerFlow.Now(Return(request, goesOn, enquiry.Id), world.Nodes.Roster);
        }

        return StepsOf(door == Door.ChainMenu ? flow.Answered(state, request.Key) : flow.AfterDial(goesOn, end));
    }

    /// <summary>An officer's leg, not on the chain yet, asks while the database is away.</summary>
    /// <param name="id">The enquiry's id, or the one that a call without will have.</param>
    public IReadOnlyList<CallStep> WithoutDatabase(Request request, Guid id, OfficerLeg leg, Destination again)
    {
        // Another node may have seen it last.
        var known = world.Chance.Is(0.85) ? world.Nodes.Find(id)?.Enquiry : null;
        return request.Door.Door switch
        {
            Door.Again => StepsOf(Flow(id).Arrive(id, Numbers.Line(0), leg.Officer.Shown, leg.Sid, ChainBecause.DatabaseAway)),
            Door.Menu or Door.Force => StepsOf(Flow(id).Answered(StateOf(known, id, request.Door.Ask, request.Door.Door == Door.Force, leg), request.Key)),
            Door.Message => Message(StateOf(known, id, 0, false, leg), request.Key),
            Door.Back or Door.BackKey => StayOr(again, [new CallStep.Say(Phrases.TryAgainLater(Language.English)), new CallStep.HangUp()]),
            Door.Officer when request.LetGo => StepsOf(Flow(id).TakeOver(StateOf(known, id, 1, false, leg))),
            _ when !world.Weather.IsDatabaseAwayForLong => StayOr(again, []),
            Door.Hold or Door.HoldKey or Door.CallBack or Door.Number => [new CallStep.StopHolding()],
            _ when known is { Stage: (Stage.Accepted { Talk: not Talk.AdviserGone } or Stage.Owed or Stage.Closed) } => OfficerFlow.Now(known, world.Nodes.Roster),
            _ => StepsOf(Flow(id).TakeOver(StateOf(known, id, 1, false, leg))),
        };
    }

    /// <summary>An adviser's leg asks while the database is away.</summary>
    public IReadOnlyList<CallStep> WithoutDatabase(Destination again) => StayOr(again, [new CallStep.Say(Phrases.CannotConnectNow(Language.English)), new CallStep.HangUp()]);

    private IReadOnlyList<CallStep> StayOr(Destination again, IReadOnlyList<CallStep> steps) =>
        world.Weather.IsDatabaseAwayForLong ? steps : [new CallStep.Say(Phrases.PleaseBear(Language.English)), new CallStep.GoTo(again)];

    private IReadOnlyList<CallStep> Message(ChainState state, string? key)
    {
        if (key is null)
        {
            return [new CallStep.Say(Phrases.ChainNoMessage(Language.English, "")), new CallStep.HangUp()];
        }

        world.Journal.Append(state, [new ChainFact.MessageLeft(world.Network.NewName("RE"), Seconds(key))]);
        return [new CallStep.Say(Phrases.ChainMessageKept(Language.English, "")), new CallStep.HangUp()];
    }

    private ChainState StateOf(Enquiry? known, Guid id, int ask, bool ofForce, OfficerLeg leg) => known is not null
        ? ChainState.Of(known, leg.Sid, ChainBecause.DatabaseAway, world.Now)
        : new ChainState
        {
            Enquiry = id,
            Line = Numbers.Line(0),
            From = leg.Officer.Shown,
            OfficerCall = leg.Sid,
            Because = ChainBecause.DatabaseAway,
            OpenedAt = world.Now,
            Began = world.Now,
            HeldUntil = world.Now + Escalator.LongestHold,
            Ask = ask,
            OfForce = ofForce,
        };

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

    private Enquiry Return(Request request, ChainState state, Guid enquiry)
    {
        EnquiryEvent happened = request.Door.Door != Door.ChainMenu ? new EnquiryEvent.Chained(Flow(state.Enquiry).ToReturn(state), new ChainFact.Returned(), world.Now)
            : state.OfForce ? new EnquiryEvent.ForceSaid(state.Ask, request.Key)
            : new EnquiryEvent.MenuAnswered(state.Ask, request.Key);
        return world.Nodes.Happened(enquiry, happened)!;
    }

    private IReadOnlyList<CallStep> StepsOf(ChainAnswer answer) =>
        Tell(answer) is { Stage: Stage.Owed } owed && owed.OfficerCall == answer.State.OfficerCall ? OfficerFlow.Now(owed, world.Nodes.Roster) : answer.Steps;

    /// <summary>To the record, or while the database is away to the journal.</summary>
    /// <returns>The enquiry as it is afterwards; null = the database is away.</returns>
    private Enquiry? Tell(ChainAnswer answer)
    {
        if (!world.Weather.IsDatabaseAway)
        {
            return world.Journal.Write(answer.State, answer.Facts, world.Now);
        }

        if (answer.Facts.Count > 0)
        {
            world.Journal.Append(answer.State, answer.Facts);
        }

        return null;
    }

    private ChainFlow Flow(Guid enquiry) => new(world.Weather.IsDatabaseAway ? world.Nodes.Roster : world.Nodes.RosterFor(enquiry), Seal, _ => true, world.Now);

    private string Seal(ChainState state)
    {
        var name = $"state {_sealed.Count}";
        _sealed.Add(name, state);
        return name;
    }

    private static Duration Seconds(string? key) => key is null ? Duration.Zero : Duration.FromSeconds(int.Parse(key, CultureInfo.InvariantCulture));
}
