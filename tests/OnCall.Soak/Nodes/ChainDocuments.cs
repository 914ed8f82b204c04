using System.Diagnostics;
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
    public IReadOnlyList<CallStep>? LeadIn(Door door, Enquiry enquiry, string callSid) => ChainEntry.Of(door, enquiry, callSid, world.Weather.RestFails) switch
    {
        ChainWay.StopHolding => [new CallStep.StopHolding()],
        ChainWay.TakeOver => StepsOf(Flow(enquiry.Id).Lead(enquiry)),
        _ => null,
    };

    /// <summary>An officer on the chain asks what comes next.</summary>
    public IReadOnlyList<CallStep> Officer(Request request)
    {
        var told = Request(request.Door.Door, Open(request.Door.Subject), request);
        var plain = Flow();
        var facts = plain.Told(told, _passed.Contains(told.State.PageOf(told.State.AsEnquiry())));
        var enquiry = Tell(facts);
        return plain.Turn(told, facts, enquiry, world.Weather.RestFails) switch
        {
            ChainTurn.Hears hears => hears.Steps,
            ChainTurn.Back back => OfficerFlow.Now(world.Nodes.Happened(enquiry!.Id, back.Happened)!, world.Nodes.Roster),
            ChainTurn.On on => StepsOf(Flow(enquiry?.Id).GoOn(on.Request)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>An officer's leg, not on the chain yet, asks while the database is away.</summary>
    /// <param name="id">The enquiry's id, or the one that a call without will have.</param>
    public IReadOnlyList<CallStep> WithoutDatabase(Request request, Guid id, OfficerLeg leg, Destination again)
    {
        // Another node may have seen it last.
        var known = world.Chance.Is(0.85) ? world.Nodes.Find(id)?.Enquiry : null;
        var door = request.Door.Door;
        if (known is not null && door != Door.Message && OfficerFlow.OnFormer(known, leg.Sid, world.Nodes.Roster) is { } former)
        {
            return former;
        }

        return ChainEntry.WithoutDatabase(door, known, request.Key is null, request.LetGo, world.Weather.IsDatabaseAwayForLong) switch
        {
            ChainWay.Arrive => StepsOf(Flow().Arrive(id, Numbers.Line(0), leg.Officer.Shown, leg.Sid, ChainBecause.DatabaseAway)),
            ChainWay.Answer => StepsOf(Flow().Answered(StateOf(known, id, request.Door.Ask, door == Door.Force, leg), request.Key)),
            ChainWay.Message => Message(Request(Door.Message, StateOf(known, id, 0, false, leg), request)),
            ChainWay.Stay => StayOr(again, []),
            ChainWay.CallLater => [new CallStep.Say(Phrases.TryAgainLater(Language.English)), new CallStep.HangUp()],
            ChainWay.StopHolding => [new CallStep.StopHolding()],
            ChainWay.AsUsual => OfficerFlow.Now(known!, world.Nodes.Roster),
            ChainWay.TalkEnded => StepsOf(Flow().TalkEnded(StateOf(known, id, 1, false, leg))),
            _ => StepsOf(Flow().TakeOver(StateOf(known, id, 1, false, leg))),
        };
    }

    /// <summary>An adviser's leg asks while the database is away.</summary>
    public IReadOnlyList<CallStep> WithoutDatabase(Destination again) => StayOr(again, [new CallStep.Say(Phrases.CannotConnectNow(Language.English)), new CallStep.HangUp()]);

    private IReadOnlyList<CallStep> StayOr(Destination again, IReadOnlyList<CallStep> steps) =>
        world.Weather.IsDatabaseAwayForLong ? steps : [new CallStep.Say(Phrases.PleaseBear(Language.English)), new CallStep.GoTo(again)];

    private IReadOnlyList<CallStep> Message(ChainRequest request)
    {
        var told = Flow().Told(request, passed: false);
        Tell(told);
        return told.Steps;
    }

    private ChainState StateOf(Enquiry? known, Guid id, int ask, bool ofForce, OfficerLeg leg) => known is not null
        ? ChainState.Of(known, leg.Sid, ChainBecause.DatabaseAway, world.Now)
        : ChainState.Unseen(id, Numbers.Line(0), leg.Officer.Shown, leg.Sid, ask, ofForce, world.Now);

    /// <summary>An adviser who was dialled has picked up, or pressed a key.</summary>
    public IReadOnlyList<CallStep> Adviser(Request request, string callSid)
    {
        var (state, offer) = (Open(request.Door.Subject), new ChainOffer(world.Nodes.Roster, Seal, world.Now));
        var answer = request.Door.Door == Door.ChainOffer ? offer.PickedUp(state, callSid) : offer.Pressed(state, callSid, request.Door.Ask, request.Key);
        if (answer.Facts.Any(fact => fact is ChainFact.Passed))
        {
            _passed.Add(state.PageOf(state.AsEnquiry()));
        }

        return offer.Steps(answer, Tell(answer));
    }

    /// <summary>What the leg tells.</summary>
    private ChainRequest Request(Door door, ChainState state, Request request) => new(
        door,
        state,
        request.Dial ?? new DialEnd("canceled", null, false, false),
        request.Key,
        IsRecorded(door) && request.Key is not null ? world.Network.NewName("RE") : null,
        IsRecorded(door) && request.Key is { } seconds ? Duration.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : Duration.Zero);

    private static bool IsRecorded(Door door) => door is Door.ChainMessage or Door.Message;

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

    /// <param name="enquiry">Who is busy with another one is dialled last; null = nobody knows, the database being away.</param>
    private ChainFlow Flow(Guid? enquiry = null) => new(enquiry is { } id ? world.Nodes.RosterFor(id) : world.Nodes.Roster, Seal, Numbers.MayBeCalled, world.Now);

    private string Seal(ChainState state)
    {
        var name = $"state {_sealed.Count}";
        _sealed.Add(name, state);
        return name;
    }
}
