using NodaTime;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>What is told of a chain afterwards, in whatever order: several nodes tell what they saw, each for itself.</summary>
public sealed class ChainToldTests
{
    private static readonly Roster Roster = new(new DeskBook().Build());

    private static readonly ChainState Start = DeskStory.OnTheChain(DeskBook.TextingOfficer);

    /// <summary>Ash is dialled in vain, birch takes it.</summary>
    private static EnquiryEvent.Chained[] Taken { get; } =
    [
        Tell(0, Start, new ChainFact.Began()),
        Tell(0, Start, new ChainFact.DeskChosen("Extradition and arrest: key 1")),
        Tell(0, Dial(1, "ash", 0), new ChainFact.Dialled()),
        Tell(30, Dial(1, "ash", 0), new ChainFact.Missed("CAash", "no-answer")),
        Tell(30, Dial(2, "birch", 30), new ChainFact.Dialled()),
        Tell(34, Dial(2, "birch", 30), new ChainFact.PickedUp("CAbirch")),
        Tell(40, Dial(2, "birch", 30), new ChainFact.Taken("CAbirch")),
    ];

    [Fact]
    public void Open_WhatTheDatabaseMissed_RingsNobodyAndTextsTheRef()
    {
        var opened = ChainOpening.Open(Start, "4821", Roster, Start.OpenedAt);
        opened.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.SendText>().Body.ShouldStartWith("Your enquiry is 4821.");
        opened.Timeline.ShouldHaveSingleItem().Event.ShouldBe("received");
    }

    [Fact]
    public void Decide_ToldInAnyOrder_IsTakenByTheOneWhoTookIt()
    {
        var random = new Random(4821);
        for (var turn = 0; turn < 500; turn++)
        {
            var order = Taken.ToArray();
            random.Shuffle(order);
            var (enquiry, timeline, effects) = Told([.. order, .. order]);

            (enquiry.Stage as Stage.Accepted)?.Adviser.ShouldBe("birch");
            enquiry.Desk.ShouldBe(DeskBook.Extradition);
            var events = timeline.OrderBy(line => line.At).Select(line => $"{line.Event} {line.Adviser}".Trim()).ToList();
            events.Count(line => line == "page-sent ash").ShouldBe(1);
            events.Count(line => line == "page-sent birch").ShouldBe(1);
            events.Count(line => line == "accepted birch").ShouldBe(1);
            events.Count(line => line.StartsWith("note", StringComparison.Ordinal)).ShouldBe(1);
            effects.OfType<Effect.PlaceCall>().ShouldBeEmpty();
            effects.OfType<Effect.MoveOfficer>().ShouldBeEmpty();
        }
    }

    [Fact]
    public void Decide_ToldInOrder_TellsTheStory()
    {
        var (enquiry, timeline, _) = Told(Taken);

        timeline.Select(line => $"{(long)(line.At - DeskBook.Noon).TotalSeconds} {line.Event} {line.Adviser}".Trim()).ShouldBe(
        [
            "0 received", "0 note", "0 desk-chosen", "0 page-sent ash", "30 page-expired ash", "30 page-sent birch", "34 page-answered birch", "40 accepted birch", "40 bridged birch",
        ]);
        enquiry.Stage.ShouldBe(new Stage.Accepted("birch", Dial(2, "birch", 30).PageOf(enquiry), Talk.Talking));
        enquiry.AcceptedAt.ShouldBe(DeskBook.Noon + Duration.FromSeconds(40));
    }

    [Fact]
    public void Decide_PromisedLongAgo_ChasesAsSoonAsAllIsTold()
    {
        var (enquiry, _, _) = Told([.. Taken[..4], Tell(40, Start, new ChainFact.Promised(OwedBecause.Unanswered))]);
        enquiry.Owner.ShouldBe("chase");
        var untilAllIsTold = DeskBook.Noon + Duration.FromMinutes(10) + Duration.FromSeconds(10);
        enquiry.Deadline.ShouldBe(untilAllIsTold);

        var chased = Escalator.Decide(enquiry, new EnquiryEvent.TimePassed(), Roster, untilAllIsTold);

        chased.Effects.OfType<Effect.PlaceCall>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.Phone("cedar"));
    }

    /// <summary>The nodes tell what they saw one fact after the other, minutes after it happened; meanwhile every deadline of the enquiry has long passed.</summary>
    [Fact]
    public void Decide_TimePassesWhileItIsTold_RingsNobody()
    {
        var told = DeskBook.Noon + Duration.FromMinutes(10);
        var enquiry = ChainOpening.Open(Start, "4821", Roster, told).Next;
        foreach (var fact in Taken)
        {
            enquiry.Deadline!.Value.ShouldBeGreaterThan(told);
            Escalator.Decide(enquiry, new EnquiryEvent.TimePassed(), Roster, told).Effects.ShouldBeEmpty();
            enquiry = Escalator.Decide(enquiry, fact, Roster, told).Next;
        }

        (enquiry.Stage as Stage.Accepted)?.Adviser.ShouldBe("birch");
    }

    [Fact]
    public void Decide_NoMoreIsTold_GoesOnByItself()
    {
        var (enquiry, _, _) = Told(Taken[..3]);
        enquiry.Deadline.ShouldNotBeNull();

        var later = Escalator.Decide(enquiry, new EnquiryEvent.TimePassed(), Roster, enquiry.Deadline!.Value);

        later.Effects.OfType<Effect.PlaceCall>().ShouldNotBeEmpty("a word that was lost must not leave the officer with nobody");
    }

    [Fact]
    public void Decide_ReturnedToTheQueue_RingsTheStepThatIsNext()
    {
        var (enquiry, _, _) = Told(Taken[..4]);

        var back = Escalator.Decide(enquiry, Tell(31, Start with { Step = 1 }, new ChainFact.Returned()), Roster, DeskBook.Noon + Duration.FromSeconds(31));

        back.Effects.OfType<Effect.PlaceCall>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.Phone("cedar"));
        back.Effects.OfType<Effect.MoveOfficer>().ShouldBeEmpty();
    }

    private static ChainState Dial(int no, string adviser, long second) =>
        Start with { Dials = no, Dial = new ChainDial(no, adviser, "named in the policy", 1, 0, DeskBook.Ring, DeskBook.Noon + Duration.FromSeconds(second)) };

    private static EnquiryEvent.Chained Tell(long second, ChainState state, ChainFact fact) => new(state, fact, DeskBook.Noon + Duration.FromSeconds(second));

    private static (Enquiry Enquiry, List<TimelineEntry> Timeline, List<Effect> Effects) Told(IEnumerable<EnquiryEvent> events)
    {
        var opened = ChainOpening.Open(Start, "4821", Roster, Start.OpenedAt);
        var (enquiry, timeline, effects) = (opened.Next, opened.Timeline.ToList(), opened.Effects.ToList());
        foreach (var happened in events)
        {
            var decided = Escalator.Decide(enquiry, happened, Roster, DeskBook.Noon + Duration.FromMinutes(10));
            enquiry = decided.Next;
            timeline.AddRange(decided.Timeline);
            effects.AddRange(decided.Effects);
        }

        return (enquiry, timeline, effects);
    }
}
