using System.Reflection;
using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Every state with every event, at once, at the next deadline, and a week later.</summary>
public sealed class EveryPairTests
{
    public static TheoryData<string> Rows => [.. Situations.All.Keys];

    [Theory, MemberData(nameof(Rows))]
    public void Decide_AnyEvent_LeavesNoDeadlineBehind(string row) => ForEachPair(row, (story, happened, now, decision) =>
    {
        var next = decision.Next;
        if (next.Deadline <= now)
        {
            next = Decide(story, next, new EnquiryEvent.TimePassed(), now).Next;
        }

        (next.Deadline > now || next.Deadline is null).ShouldBeTrue($"{happened} leaves a deadline that time cannot pass: {next}");
    });

    [Theory, MemberData(nameof(Rows))]
    public void Decide_TheSameEventAgain_ChangesNothing(string row) => ForEachPair(row, (story, happened, now, decision) =>
    {
        var again = Decide(story, decision.Next, happened, now);
        again.Next.ShouldBe(decision.Next, $"{happened}, told twice");
        again.Timeline.ShouldBeEmpty($"{happened}, told twice");

        // A call that is nobody's is hung up as often as it is heard of; nothing else is done twice.
        again.Effects.Where(effect => effect != Stray(happened)).ShouldBeEmpty($"{happened}, told twice");
    });

    [Theory, MemberData(nameof(Rows))]
    public void Decide_AnyEvent_NamesOnlyKnownCalls(string row) => ForEachPair(row, (story, happened, _, decision) =>
    {
        var known = story.Enquiry.Pages.Concat(decision.Next.Pages).Select(page => page.CallSid)
            .Append(story.Enquiry.OfficerCall).Append(decision.Next.OfficerCall).Append((Stray(happened) as Effect.HangUp)?.CallSid).OfType<string>().ToHashSet();
        foreach (var effect in decision.Effects)
        {
            (CallOf(effect) is not { } call || known.Contains(call)).ShouldBeTrue($"{happened} causes {effect}, a call that nobody knows");
        }

        foreach (var call in decision.Effects.OfType<Effect.PlaceCall>())
        {
            decision.Next.Pages.Single(page => page.Id == call.Page).State.ShouldBeOfType<PageState.Requested>();
        }
    });

    [Theory, MemberData(nameof(Rows))]
    public void Decide_AnyEvent_SpeaksTheContractsWords(string row) => ForEachPair(row, (_, happened, now, decision) =>
    {
        foreach (var entry in decision.Timeline)
        {
            Contract.TimelineEvents.ShouldContain(entry.Event, $"after {happened}");
            entry.At.ShouldBe(happened switch
            {
                EnquiryEvent.Chained { Fact: not ChainFact.Returned } told => told.At,
                EnquiryEvent.OfficerCalledInVain again when entry.Event == "received" => again.At,
                _ => now,
            });
            (entry.Detail ?? "").ShouldNotContain("+44", customMessage: "the record holds no numbers");
        }
    });

    [Theory, MemberData(nameof(Rows))]
    public void Decide_Closed_ChangesNothing(string row) => ForEachPair(row, (story, happened, _, decision) =>
    {
        if (story.Enquiry.Stage is Stage.Closed && happened is EnquiryEvent.NoteWritten)
        {
            (decision.Next with { Requests = story.Enquiry.Requests }).ShouldBe(story.Enquiry, "a note changes the record alone");
            decision.Effects.ShouldBeEmpty();
        }
        else if (story.Enquiry.Stage is Stage.Closed)
        {
            decision.Next.ShouldBe(story.Enquiry, $"{happened} changes a closed enquiry");
            decision.Timeline.ShouldBeEmpty();
            decision.Effects.Where(effect => effect != Stray(happened)).ShouldBeEmpty();
        }
        else
        {
            var mayClose = happened is EnquiryEvent.Close || (happened is EnquiryEvent.TimePassed && story.Enquiry is { Doubted: true, Channel: Channel.Sms });
            (decision.Next.EndedAt is not null).ShouldBe(mayClose && decision.Next.Stage is Stage.Closed, $"after {happened}");
        }
    });

    [Theory, MemberData(nameof(Rows))]
    public void Decide_AnyEvent_LeavesAWayForward(string row) => ForEachPair(row, (_, happened, now, decision) => Standing.Check(decision.Next, $"{happened} at {now}"));

    [Fact]
    public void Situations_Together_HoldEveryStage()
    {
        var held = Situations.All.Values.Select(story => story().Enquiry).ToList();
        KindsOf<Stage>().Except(held.Select(enquiry => enquiry.Stage.GetType())).ShouldBeEmpty("a stage has no row");
        KindsOf<PageState>().Except(held.SelectMany(enquiry => enquiry.Pages).Select(page => page.State.GetType())).ShouldBeEmpty("a page's state has no row");
        Enum.GetValues<Talk>().Except(held.Select(enquiry => enquiry.Stage).OfType<Stage.Accepted>().Select(accepted => accepted.Talk)).ShouldBeEmpty();
        Enum.GetValues<OwedBecause>().Except(held.Select(enquiry => enquiry.Stage).OfType<Stage.Owed>().Select(owed => owed.Because)).ShouldBeEmpty();
        Enum.GetValues<PageEnd>().Except(held.SelectMany(enquiry => enquiry.Pages).Select(page => page.State).OfType<PageState.Over>().Select(over => over.End))
            .ShouldBeEmpty();
        held.Select(enquiry => enquiry.Stage).OfType<Stage.Paging>().Select(paging => paging.Through).Distinct().Count().ShouldBe(2);
        Enum.GetValues<OfficerWish>().Except(held.Select(enquiry => enquiry.Stage).OfType<Stage.Paging>().Select(paging => paging.Wish)).ShouldBeEmpty();
    }

    [Fact]
    public void Happenings_Together_AreOfEveryKind() =>
        KindsOf<EnquiryEvent>().Except(Situations.All.Values.SelectMany(story => Happenings.To(story().Enquiry)).Select(happened => happened.GetType()))
            .ShouldBeEmpty("an event has no column");

    [Fact]
    public void Situations_Told_AreWhatTheySay()
    {
        foreach (var (name, story) in Situations.All)
        {
            var state = name.Split(' ', ',')[0] switch
            {
                "in" => EnquiryState.Menu,
                "held" or "texted" => EnquiryState.Paging,
                "taken" => EnquiryState.Accepted,
                "abandoned" => EnquiryState.Abandoned,
                "unanswered" or "nobody" => EnquiryState.Unanswered,
                "asked" => EnquiryState.Callback,
                "a" => name.EndsWith("left", StringComparison.Ordinal) ? EnquiryState.Voicemail : EnquiryState.Unanswered,
                _ => EnquiryState.Closed,
            };
            story().Enquiry.State.ShouldBe(state, name);
        }
    }

    private static IEnumerable<Type> KindsOf<T>() => typeof(T).GetNestedTypes(BindingFlags.Public).Where(kind => kind.IsSubclassOf(typeof(T)));

    private static void ForEachPair(string row, Action<DeskStory, EnquiryEvent, Instant, Decision> check)
    {
        var story = Situations.All[row]();
        foreach (var now in new[] { story.Now, story.Enquiry.Deadline ?? story.Now, story.Now + Duration.FromDays(7) }.Distinct())
        {
            foreach (var happened in Happenings.To(story.Enquiry))
            {
                check(story, happened, now, Decide(story, story.Enquiry, happened, now));
            }
        }
    }

    private static Decision Decide(DeskStory story, Enquiry enquiry, EnquiryEvent happened, Instant now) =>
        Escalator.Decide(enquiry, happened, story.Roster, now);

    /// <summary>The hang-up of the call that an event tells of.</summary>
    private static Effect.HangUp? Stray(EnquiryEvent happened) => happened switch
    {
        EnquiryEvent.PagePlaced placed => new Effect.HangUp(placed.CallSid),
        EnquiryEvent.CallBackPlaced placed => new Effect.HangUp(placed.CallSid, UnlessAnswered: true),
        _ => null,
    };

    private static string? CallOf(Effect effect) => effect switch
    {
        Effect.HangUp hangUp => hangUp.CallSid,
        Effect.MoveOfficer move => move.CallSid,
        Effect.MoveAdviser move => move.CallSid,
        _ => null,
    };
}
