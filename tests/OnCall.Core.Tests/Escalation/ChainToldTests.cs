using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
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

            enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Adviser.ShouldBe("birch");
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

    /// <summary>Birch's line drops, birch is dialled again in vain, then cedar takes it.</summary>
    [Fact]
    public void Decide_DroppedAndDialledOnToldInAnyOrder_IsTakenByTheLastAndRecordsEachOnce()
    {
        var random = new Random(4821);
        for (var turn = 0; turn < 500; turn++)
        {
            EnquiryEvent.Chained[] order =
            [
                .. Taken, Tell(100, Dial(2, "birch", 30), new ChainFact.AdviserLeft("CAbirch")), Tell(110, Dial(3, "birch", 110), new ChainFact.Dialled()),
                Tell(140, Dial(3, "birch", 110), new ChainFact.Missed("CAagain", "no-answer")), Tell(140, Dial(4, "cedar", 140), new ChainFact.Dialled()),
                Tell(145, Dial(4, "cedar", 140), new ChainFact.PickedUp("CAcedar")), Tell(150, Dial(4, "cedar", 140), new ChainFact.Taken("CAcedar")),
            ];
            random.Shuffle(order);
            var (enquiry, timeline, effects) = Told([.. order, .. order]);

            enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Adviser.ShouldBe("cedar");
            var events = timeline.Select(line => $"{line.Event} {line.Adviser}".Trim()).ToList();
            (events.Count(line => line == "page-sent birch"), events.Count(line => line == "page-sent cedar"), events.Count(line => line == "accepted birch"), events.Count(line => line == "accepted cedar"))
                .ShouldBe((2, 1, 1, 1), string.Join("; ", order.Select(one => $"{one.Fact} {one.State.Dial?.No}")));
            effects.Where(effect => effect is Effect.PlaceCall or Effect.MoveOfficer).ShouldBeEmpty();
            effects.OfType<Effect.MoveAdviser>().Select(move => move.CallSid).ShouldNotContain("CAcedar");
        }
    }

    /// <summary>The adviser's line dropped while the database was away, and no node could tell: the officer, led on in vain, was promised a call back.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_PromisedAfterATalkWhoseEndIsNotKnown_IsOwed(bool dialled)
    {
        var story = DeskStory.Call(new DeskBook()).TalksTo("ash");
        var state = Start with { Began = DeskBook.Noon + Duration.FromSeconds(60), Desk = DeskBook.Extradition };
        var dial = state with { Dials = 1, Dial = Dial(1, "birch", 61).Dial };
        EnquiryEvent.Chained[] facts =
        [
            Tell(60, state, new ChainFact.Began()), .. dialled ? [Tell(61, dial, new ChainFact.Dialled()), Tell(90, dial, new ChainFact.Missed("CAbirch", "busy"))] : Array.Empty<EnquiryEvent.Chained>(),
            Tell(100, state with { Dials = dialled ? 1 : 0 }, new ChainFact.Promised(OwedBecause.Unanswered)),
        ];
        Array.ForEach(facts, fact => story.Happens(fact));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        story.Enquiry.AcceptedBy.ShouldBeNull();
        story.Records("escalated", "ash").ShouldBeTrue();
        story.AfterMinutes(4).Rung.ShouldNotBeEmpty("the chase goes on");
    }

    [Fact]
    public void Decide_PromisedToldAfterTheEndOfTheCall_IsOwedAndChased()
    {
        var (enquiry, _, _) = Told([.. Taken[..4], new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall), Tell(40, Start with { Dials = 1 }, new ChainFact.Promised(OwedBecause.Unanswered))]);
        enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    /// <summary>Birch pressed 1, and the line broke off before the two were connected; the officer went on, and was promised a call back.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_TakenButNotConnectedThenPromised_IsOwed(bool endIsToldFirst)
    {
        EnquiryEvent[] end = [new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall), Tell(60, Start with { Dials = 2 }, new ChainFact.Promised(OwedBecause.Unanswered))];
        var (enquiry, _, _) = Told([.. Taken, Tell(45, Dial(2, "birch", 30), new ChainFact.Missed("CAbirch", "completed")), .. endIsToldFirst ? end : end.Reverse()]);
        enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    [Fact]
    public void Decide_TheEndOfTheCallToldBeforeTheTalkAndTheDialsAfterIt_WhatWasPromisedIsOwed()
    {
        var (enquiry, _, _) = Told(
        [
            .. Taken[..4], new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall), .. Taken[4..], Tell(100, Dial(2, "birch", 30), new ChainFact.AdviserLeft("CAbirch")),
            Tell(110, Dial(3, "cedar", 110), new ChainFact.Missed("CAcedar", "busy")), Tell(120, Start with { Dials = 3 }, new ChainFact.Promised(OwedBecause.Unanswered)),
        ]);
        enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    [Fact]
    public void Decide_TheMessageToldBeforeItWasAskedFor_IsAMessageLeft()
    {
        var (enquiry, _, _) = Told([.. Taken[..4], Tell(60, Start with { Dials = 1 }, new ChainFact.MessageLeft("REfirst", Duration.FromSeconds(20))), Tell(40, Start with { Dials = 1 }, new ChainFact.Promised(OwedBecause.MessageWanted))]);
        enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.MessageLeft);
    }

    [Fact]
    public void Decide_LedOnInVainAndAMessageLeft_IsAMessageLeftInAnyOrder()
    {
        var random = new Random(4821);
        for (var turn = 0; turn < 500; turn++)
        {
            EnquiryEvent[][] order =
            [
                .. Taken[..5].Select(one => new[] { one }), [Tell(60, Dial(2, "birch", 30), new ChainFact.Missed("CAbirch", "no-answer"))],
                [Tell(60, Start with { Dials = 2 }, new ChainFact.Promised(OwedBecause.MessageWanted))], Message(2), [new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall)],
            ];
            random.Shuffle(order);
            var (enquiry, timeline, effects) = Told([.. order.SelectMany(one => one), .. order.SelectMany(one => one)]);

            var told = string.Join("; ", order.SelectMany(one => one).Select(one => (one as EnquiryEvent.Chained)?.Fact.ToString() ?? "hung up"));
            enquiry.Stage.ShouldBeOfType<Stage.Owed>(told).Because.ShouldBe(OwedBecause.MessageLeft, told);
            (enquiry.Recording, enquiry.Desk).ShouldBe(("REfirst", DeskBook.Extradition), told);
            timeline.Count(line => line is { Event: "page-sent", Method: "call" }).ShouldBe(2, told);
            effects.OfType<Effect.PlaceCall>().ShouldBeEmpty(told);
        }
    }

    /// <summary>The adviser's line dropped, and the officer, led on in vain, left a message: what lies between is never told, and that the officer has left perhaps neither.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_AMessageLeftAfterATalk_IsOwedAndNobodysUntilSomebodyTakesIt(bool leftIsToldFirst)
    {
        EnquiryEvent[] left = leftIsToldFirst ? [new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall)] : [];
        var (enquiry, _, _) = Told([.. Taken, Tell(100, Dial(2, "birch", 30), new ChainFact.AdviserLeft("CAbirch")), .. left, .. Message(3)]);

        enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.MessageLeft);
        enquiry.AcceptedBy.ShouldBeNull();
    }

    /// <summary>What was promised is told late, or once more, while somebody else is rung for it already.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_PromisedAfterItWasPassedOn_LeavesItToWhoIsRung(bool again)
    {
        var promised = Message(1);
        var (enquiry, _, _) = Told([.. Taken[..4], .. again ? promised[..1] : [], new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall)]);
        enquiry = Escalator.Decide(enquiry, new EnquiryEvent.PassedOn("request-1", "the desk", new PassTarget.Adviser("cedar")), Roster, DeskBook.Noon + Duration.FromMinutes(10)).Next;

        foreach (var happened in promised)
        {
            enquiry = Escalator.Decide(enquiry, happened, Roster, DeskBook.Noon + Duration.FromMinutes(10)).Next;
        }

        enquiry.Pages.ShouldContain(page => page.Adviser == "cedar" && page.IsLive);
        (enquiry.Stage is Stage.Paging, enquiry.Recording).ShouldBe((true, "REfirst"));
    }

    /// <summary>The dials of the officer's own line were in vain, and what was promised is not told: nobody is waited for, so the steps go on as soon as all that may come has.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_HungUpWithNobodyRinging_TheStepsGoOn(bool wrote)
    {
        var story = wrote ? DeskStory.Text(new DeskBook(), "1").Happens(new EnquiryEvent.OfficerCalledAgain(DeskStory.OfficersCall)) : DeskStory.Call(new DeskBook()).OfficerPresses("1").Happens(new EnquiryEvent.CallBackAsked(DeskStory.OfficersCall));
        var dial = story.Dialling("ash");
        story.Happens(dial).Happens(dial with { Fact = new ChainFact.Missed("CAash", "busy") });

        story.OfficerHangsUp();

        story.Enquiry.Deadline.ShouldBe(story.Now + Escalator.MeanwhileIsTold);
        story.AfterSeconds(3).Enquiry.Pages.ShouldContain(page => page.IsLive);
    }

    /// <summary>The officer, who is owed an answer however the call ends, hangs up while somebody is dialled, and calls again: Twilio's REST API still fails.</summary>
    [Fact]
    public void Lead_CalledAgainAfterALineOfBeforeDialled_DialsFromTheNewOne()
    {
        var story = DeskStory.Text(new DeskBook(), "1").Happens(new EnquiryEvent.OfficerCalledAgain(DeskStory.OfficersCall));
        story.IsDialled("ash").OfficerHangsUp().AfterSeconds(1).CallsAgain();

        new ChainFlow(Roster, _ => "sealed", _ => true, story.Now).Lead(story.Enquiry).State.OfficerCall.ShouldBe("CAagain");
    }

    [Fact]
    public void Decide_ThePhoneOfAReminderRingsAsThePromiseIsTold_IsChased()
    {
        var story = DeskStory.Call(new DeskBook { NoTexts = ["ash", "birch", "cedar"] }).OfficerPresses("1").OfficerHangsUp().AfterMinutes(5).Rings("cedar");
        var over = Start with { Enquiry = story.Enquiry.Id, Began = story.Now - Duration.FromMinutes(6), Dials = 1 };

        story.Happens(new EnquiryEvent.Chained(over, new ChainFact.Promised(OwedBecause.Unanswered), story.Now));

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.Unanswered);
    }

    /// <summary>Key 1 alone connects nobody yet; that the adviser's line has ended after the two were connected does.</summary>
    [Fact]
    public void Decide_AskedByTextToBeCalledAndTakenOnTheChain_IsOwedUntilTheTwoHaveSpoken()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1");
        var dial = story.Dialling("ash").State;
        story.WantsCall().AfterSeconds(1).Happens(new EnquiryEvent.Chained(dial, new ChainFact.Taken("CAash"), story.Now));
        story.Enquiry.CallBackPromised.ShouldBeTrue();

        story.AfterSeconds(60).Happens(new EnquiryEvent.Chained(dial, new ChainFact.AdviserLeft("CAash"), story.Now));

        (story.Enquiry.WantsCall, story.Enquiry.CallBackPromised).ShouldBe((false, false));
    }

    /// <summary>The officer, who was owed a call, ends the talk: the adviser is free, and has nobody to call.</summary>
    [Fact]
    public void Decide_TheOfficerHangsUpAfterTheTalk_ItIsOverForBoth()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1");
        var dial = story.Dialling("ash").State;
        story.WantsCall().AfterSeconds(1).Happens(new EnquiryEvent.Chained(dial, new ChainFact.Taken("CAash"), story.Now));
        story.AfterSeconds(60);
        var flow = new ChainFlow(Roster, _ => "sealed", _ => true, story.Now);

        var told = flow.Told(new ChainRequest(Door.ChainNext, dial, new DialEnd("completed", "CAash", Bridged: true, OfficerGone: true), null, null, Duration.Zero), passed: false);
        List<Effect> effects = [];
        foreach (var fact in told.Facts)
        {
            effects.AddRange(story.Happens(new EnquiryEvent.Chained(dial, fact, story.Now)).Effects);
        }

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Over);
        story.Enquiry.Engaged.ShouldBeEmpty();
        effects.OfType<Effect.SendText>().ShouldHaveSingleItem().Body.ShouldBe(Phrases.PleaseClose(Language.English, "4821", story.Roster.Topics));
    }

    /// <summary>The talk from the officer's line is told after the officer has hung up, and has asked for another call.</summary>
    [Fact]
    public void Decide_TakenIsToldAfterTheOfficerAskedToBeCalledAgain_TheTakerIsToCall()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1");
        var (dial, at) = (story.Dialling("ash").State, story.Now);

        story.AfterSeconds(20).OfficerHangsUp().AfterSeconds(30).WantsCall().AfterSeconds(5).Happens(new EnquiryEvent.Chained(dial, new ChainFact.Taken("CAash"), at + Duration.FromSeconds(8)));

        (story.Enquiry.AcceptedBy, story.Enquiry.CallBackPromised).ShouldBe(("ash", true));
    }

    /// <summary>The officer, who is to be called back, has hung up, and another node tells late whom the line had dialled.</summary>
    [Fact]
    public void Decide_DialledIsToldAfterTheLineHasEnded_CountsAsOver()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1").Rings("ash", "birch").AsksForACallBack();
        var dial = story.Dialling("ash").State;
        story.OfficerHangsUp().AfterSeconds(5);

        story.Happens(new EnquiryEvent.Chained(dial, new ChainFact.Dialled(), story.Now));

        (story.Live, story.Records("page-sent", "ash")).ShouldBe(("ash birch", true));
        story.Enquiry.Pages.ShouldNotContain(page => page.IsDialled && page.IsLive);
        story.Enquiry.Deadline!.Value.ShouldBeGreaterThan(story.Now);
    }

    /// <summary>Nor can Twilio be asked: in the end an answer is owed, and whoever may be talking is not cut.</summary>
    [Fact]
    public void Decide_PickedUpAndNothingMoreIsToldForAsLongAsAnOfficerIsHeld_IsOwedAndCutsNobody()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1");
        var dial = story.Dialling("ash").State;
        story.Happens(new EnquiryEvent.Chained(dial, new ChainFact.PickedUp("CAash"), story.Now));

        var effects = story.After(Escalator.LongestHold + Escalator.LongestPrompt).Effects;

        story.Enquiry.Stage.ShouldBeOfType<Stage.Owed>();
        effects.Where(effect => effect is Effect.MoveOfficer or Effect.HangUp { UnlessAnswered: false }).ShouldBeEmpty();
        story.Happens(new EnquiryEvent.Chained(dial, new ChainFact.AdviserLeft("CAash"), story.Now)).Records("accepted", "ash").ShouldBeTrue();
    }

    [Fact]
    public void Decide_PromisedIsToldAfterTheCallBackWasMade_NobodyHasYetToCall()
    {
        var story = DeskStory.Call(new DeskBook()).OfficerPresses("1").TalksTo("ash").OfficerHangsUp();
        var over = Start with { Enquiry = story.Enquiry.Id, Began = story.Now - Duration.FromMinutes(6), Dials = 1 };

        story.Happens(new EnquiryEvent.Chained(over, new ChainFact.Promised(OwedBecause.Unanswered), story.Now));

        story.Enquiry.CallBackPromised.ShouldBeFalse();
    }

    /// <summary>That it was taken is in the journal of a node that is down.</summary>
    [Fact]
    public void Decide_PickedUpAndNothingMoreIsTold_TheLineIsAskedForAndNotCut()
    {
        var (enquiry, _, _) = Told(Taken[..6]);
        var (later, adviser) = (enquiry.Deadline!.Value, Dial(2, "birch", 30).PageOf(enquiry));

        var looked = Escalator.Decide(enquiry, new EnquiryEvent.TimePassed(), Roster, later);

        looked.Effects.ShouldBe([new Effect.LookAfter("CAbirch", adviser)]);
        looked.Next.Deadline.ShouldBe(later + Escalator.LongestPrompt);
        Escalator.Decide(looked.Next, Taken[6], Roster, later).Next.AcceptedBy.ShouldBe("birch");
        Escalator.Decide(looked.Next, new EnquiryEvent.PageHungUp(adviser, "CAbirch", "completed", Found: true), Roster, later).Effects.OfType<Effect.PlaceCall>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Decide_AnEarlierDialToldAfterTheAdviserPassed_StillKnowsThatTheyDid()
    {
        var (enquiry, _, _) = Told([Tell(60, Dial(2, "ash", 40), new ChainFact.Passed("CAash")), Tell(0, Dial(1, "ash", 0), new ChainFact.Missed("CAbefore", "busy"))]);
        enquiry.Pages.Last(page => page.Adviser == "ash").State.ShouldBe(new PageState.Over(PageEnd.Passed));
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
        enquiry.Stage.ShouldBeOfType<Stage.Owed>();
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

        enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Adviser.ShouldBe("birch");
    }

    /// <summary>The officer of a call that was under way was led on by documents alone: a deadline may be looked at before any node tells that.</summary>
    [Fact]
    public void Decide_TimePassesBeforeAnythingIsTold_RingsNobodyForSomeSeconds()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        story.ElapseWithoutADecision(Duration.FromMinutes(10));
        story.Happens(new EnquiryEvent.TimePassed()).Effects.ShouldBeEmpty();
        story.Enquiry.Deadline.ShouldBe(story.Now + Duration.FromSeconds(3));

        var told = story.Happens(Tell(10, ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, DeskBook.Noon) with { Dials = 1, Dial = Dial(1, "ash", 10).Dial }, new ChainFact.Taken("CAash")));
        (told.Rung, told.Enquiry.AcceptedBy).ShouldBe(("", "ash"));
    }

    [Fact]
    public void Decide_TimePassesAndNothingIsTold_GoesOnAfterSomeSeconds()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch");
        story.ElapseWithoutADecision(Duration.FromSeconds(60));
        story.Happens(new EnquiryEvent.TimePassed()).AfterSeconds(3).Rung.ShouldBe("cedar");
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

    /// <summary>The database was away as the talk ended: it has ended as at any time.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_TheRoomHadEndedAndTheOfficerRangOff_LeavesItWithWhoHasIt(bool onTheWayToTheDial)
    {
        var story = Situations.All["taken, talking"]();
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now) with { RoomEnded = true };

        story.Happens(new EnquiryEvent.Chained(state, new ChainFact.RoomEnded(), story.Now)).Happens(new EnquiryEvent.Chained(state, new ChainFact.RoomEnded(), story.Now));
        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.AdviserGone);
        story.Happens(onTheWayToTheDial ? new EnquiryEvent.Chained(state, new ChainFact.OfficerLeft(), story.Now) : new EnquiryEvent.OfficerHungUp(DeskStory.OfficersCall));

        var accepted = story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>();
        (accepted.Adviser, accepted.Talk).ShouldBe(("ash", Talk.Over));
        story.TextTo("ash").ShouldStartWith("When done");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_TheRoomHadEndedAndTheOfficerStayed_IsPagedAgainInWhicheverOrderItIsTold(bool inOrder)
    {
        var story = Situations.All["taken, talking"]();
        var state = ChainState.Of(story.Enquiry, DeskStory.OfficersCall, ChainBecause.DatabaseAway, story.Now) with { RoomEnded = true };
        state.First.ShouldBe("ash");
        var dial = state with { Dials = 1, Dial = new ChainDial(1, "ash", "had taken it before", 1, 0, DeskBook.Ring, story.Now) };
        EnquiryEvent[] told = [new EnquiryEvent.Chained(state, new ChainFact.RoomEnded(), story.Now), new EnquiryEvent.Chained(dial, new ChainFact.Dialled(), story.Now)];

        foreach (var happened in inOrder ? told : told.Reverse())
        {
            story.Happens(happened);
        }

        (story.Enquiry.State, story.Live, story.Enquiry.AcceptedBy).ShouldBe((EnquiryState.Paging, "ash", null));
    }

    private static ChainState Dial(int no, string adviser, long second) =>
        Start with { Dials = no, Dial = new ChainDial(no, adviser, "named in the policy", 1, 0, DeskBook.Ring, DeskBook.Noon + Duration.FromSeconds(second)) };

    private static EnquiryEvent.Chained Tell(long second, ChainState state, ChainFact fact) => new(state, fact, DeskBook.Noon + Duration.FromSeconds(second));

    /// <summary>What the leg tells that has left a message, after so many dials.</summary>
    private static EnquiryEvent.Chained[] Message(int dials)
    {
        var over = Start with { Dials = dials };
        var flow = new ChainFlow(Roster, _ => "sealed", _ => true, DeskBook.Noon);
        var request = new ChainRequest(Door.ChainMessage, over, new DialEnd("canceled", null, false, false), null, "REfirst", Duration.FromSeconds(20));
        return [.. flow.Told(request, passed: false).Facts.Select(fact => Tell(80, over, fact))];
    }

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
