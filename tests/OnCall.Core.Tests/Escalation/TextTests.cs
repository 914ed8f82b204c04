using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>An enquiry by text, from the officer's first words to the taking.</summary>
public sealed class TextTests
{
    [Fact]
    public void OpenByText_FirstStep_IsTextedAndTheOfficerGetsOneReceipt()
    {
        var story = DeskStory.Text(new DeskBook());

        story.TextPaged.ShouldBe("ash birch");
        story.Rung.ShouldBe("");
        var receipt = story.Effects.OfType<Effect.SendText>().ShouldHaveSingleItem();
        receipt.To.ShouldBe(DeskBook.TextingOfficer);
        receipt.From.ShouldBe(DeskBook.TextLine);
        receipt.Body.ShouldStartWith("Your enquiry is 4821.");
        story.Effects[^1].ShouldBe(receipt, "pages go out before receipts");
        story.Enquiry.Channel.ShouldBe(Channel.Sms);
        story.Writes(null, "SMmore").Effects.ShouldBeEmpty("one receipt, and nothing to pass on yet");
    }

    [Fact]
    public void OpenByText_Page_SaysRefPriorityAndForceAndNotTheWords()
    {
        var story = DeskStory.Text(new DeskBook { Menu = DeskBook.TwoDesks }, "9\nsomebody is held at the border", from: PhoneNumber.Parse("+447700900202"));

        var page = story.Effects.OfType<Effect.PageByText>().ShouldHaveSingleItem();
        page.Body.ShouldBe("4821 URGENT (Extradition and arrest): a text from +447700900202. Reply 1 to take it, 2 to pass.");
        page.Adviser.ShouldBe("elm");
        page.From.ShouldBe(DeskBook.TextLine);
        page.Body.Length.ShouldBeLessThanOrEqualTo(160);
    }

    [Fact]
    public void OpenByText_NumberThatTakesNoTexts_GetsNoReceipt()
    {
        var story = DeskStory.Text(new DeskBook(), from: DeskBook.Officer);

        story.Effects.OfType<Effect.SendText>().ShouldBeEmpty();
        story.Effects.OfType<Effect.PageByText>().First().Body.ShouldContain("a text from Essex Police");
        story.AreTexted("ash").TakesByText("ash").Writes("ash", "SManswer");
        story.TextTo("ash").ShouldBe("4821: the officer's number takes no texts. Please reply CALL 4821, and we ring you both.");
    }

    [Fact]
    public void OfficerTexted_WhoHasItTakesNoTexts_RingsThemToBeConnected()
    {
        var story = DeskStory.Text(new DeskBook { NoTexts = ["ash", "birch"] }).Rings("ash").PicksUp("ash").Takes("ash").Happens(new EnquiryEvent.CallBackPlaced("CAback"))
            .Happens(new EnquiryEvent.OfficerBack("CAback")).Happens(new EnquiryEvent.Bridged()).OfficerHangsUp().CallEnds("ash");
        ((Stage.Accepted)story.Enquiry.Stage).Talk.ShouldBe(Talk.Over);

        story.Writes(null, "SMmore").Rung.ShouldBe("ash");
        story.Writes(null, "SMstill").Rung.ShouldBe("", "the phone rings already");
        story.Rings("ash").AfterSeconds(25).Writes(null, "SMthanks").Rung.ShouldBe("", "it rang in vain");
    }

    [Fact]
    public void OpenByText_NumbersThatTakeNoTextsNow_AreCalledAtOnce()
    {
        var numbers = new DeskBook().Build().Advisers;
        var untextable = new Untextable([(numbers["ash"].Sms!, null, "takes no texts for a time: a landline"), (numbers["birch"].Sms!, DeskBook.Line, "another line's")]);

        var story = DeskStory.Text(new DeskBook(), untextable: untextable);

        (story.TextPaged, story.Rung).ShouldBe(("birch", "ash"), "and a line from which nobody texts matters to none");
        story.Timeline.ShouldContain(line => line.Event == "page-failed" && line.Adviser == "ash" && line.Method == "sms" && line.Detail == "takes no texts for a time: a landline");
        story.Rings("ash").AreTexted("birch").After(Duration.FromMinutes(4));
        story.Timeline.ShouldNotContain(line => line.Event == "page-sent" && line.Adviser == "ash" && line.Method == "sms", "nor texted by the chase");
    }

    [Fact]
    public void OpenByText_AsksForACall_RingsTheStepAndCallsTheOfficerForWhoTakesIt()
    {
        var story = DeskStory.Text(new DeskBook(), "call me", asksForCall: true);

        (story.TextPaged, story.Rung).ShouldBe(("", "ash birch"));
        story.Effects.OfType<Effect.SendText>().ShouldHaveSingleItem().Body.ShouldBe("Your enquiry is 4821. An expert will call you on this number. No names or case detail, please. If life is in danger, use your control room or 999.");
        story.Timeline.ShouldContain(line => line.Event == "callback-requested" && line.Method == "sms");
        story.Rings("ash", "birch").PicksUp("ash").Takes("ash");
        story.Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.TextingOfficer);
    }

    [Fact]
    public void CallMe_AfterHangingUp_RingsAtOnceWhereTheOfficerHadBeen()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1").Rings("ash", "birch").OfficerHangsUp();

        story.WantsCall();

        (story.Live, story.Enquiry.State).ShouldBe(("ash birch", EnquiryState.Callback));
        story.Rings("ash").PicksUp("ash").Takes("ash").Effects.ShouldContain(effect => effect is Effect.CallBack);
    }

    [Fact]
    public void CallMe_FromANumberThatIsBlockedByNow_IsChasedAndRingsNobodyAtOnce()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1").Rings("ash", "birch").OfficerHangsUp();

        var told = Escalator.Decide(story.Enquiry, new EnquiryEvent.OfficerTexted("SMwants", 7, AsksForCall: true), new Roster(new DeskBook { BlocksOfficer = true }.Build()), story.Now);

        told.Next.Stage.ShouldBeOfType<Stage.Owed>().Because.ShouldBe(OwedBecause.CallBackWanted);
        told.Effects.OfType<Effect.PlaceCall>().ShouldBeEmpty();
    }

    /// <summary>Who takes no texts is rung to be reminded of it.</summary>
    [Fact]
    public void CallMe_WhileSomebodyHearsOfTheHangingUp_RingsTheNext()
    {
        var story = DeskStory.Call(new DeskBook { NoTexts = ["ash", "birch", "cedar"] }, DeskBook.TextingOfficer).OfficerPresses("1").Rings("ash", "birch").OfficerHangsUp()
            .AfterMinutes(5).Rings("cedar").PicksUp("cedar").AfterSeconds(30);

        story.WantsCall();

        (story.Live, story.Enquiry.State).ShouldBe(("cedar ash birch", EnquiryState.Callback));
    }

    /// <summary>The mobile has lost its network, and Twilio does not know it yet.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData(null)]
    public void CallMe_WhileTheLineCountsAsHeld_IsCalledBackOnceItHasEnded(string? key)
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer);
        story = key is null ? story : story.OfficerPresses(key).Rings("ash", "birch");

        story.WantsCall();
        story.Enquiry.OfficerCall.ShouldNotBeNull();
        story.OfficerHangsUp();

        (story.Enquiry.State, story.Records("abandoned")).ShouldBe((EnquiryState.Callback, false));
        story.AfterSeconds(4).Live.ShouldBe("ash birch");
    }

    [Fact]
    public void CallMe_AsItIsTaken_IsCalledBackByWhoTookIt()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).OfficerPresses("1").Rings("ash").WantsCall().PicksUp("ash").Takes("ash");

        story.OfficerHangsUp().Effects.ShouldContain(effect => effect is Effect.CallBack);
    }

    [Fact]
    public void CallMe_AfterTheOfficersLineEndedInATalk_ToldTheAdviserThatTheyHaveYetToSpeak()
    {
        var story = DeskStory.Call(new DeskBook(), DeskBook.TextingOfficer).TalksTo("ash").OfficerHangsUp();

        story.WantsCall().CallEnds("ash").Effects.OfType<Effect.SendText>().ShouldContain(text => text.Body == Phrases.NotSpokenYet(Language.English, "4821"));
    }

    [Fact]
    public void TakenByTextWhileAnEndedLineCountsAsThere_TheLineIsAskedFor()
    {
        var story = Situations.All["taken by text, the officer on the line"]();
        story.Enquiry.OfficerCall.ShouldNotBeNull();

        story.After(Escalator.FirstLook).Effects.ShouldContain(effect => effect is Effect.LookAfter);
    }

    [Fact]
    public void OfficerTexted_AsksForACallWhileTextsWait_RingsTheSameStep()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").WantsCall();

        story.Rung.ShouldBe("ash birch");
        story.WantsCall().Effects.ShouldBeEmpty("Twilio told of it twice");
    }

    [Fact]
    public void OfficerTexted_AsksWhoHasItForACall_IsConnectedWithThem()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash").TakesByText("ash").WantsCall();

        story.Rung.ShouldBe("ash");
        story.Effects.OfType<Effect.Relay>().ShouldHaveSingleItem().Adviser.ShouldBe("ash", "the words are passed on as well");
        story.Rings("ash").PicksUp("ash").Takes("ash");
        story.Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.TextingOfficer);
    }

    [Fact]
    public void TakenByText_OfficerWantsACall_RingsTheTakerForIt()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").WantsCall().TakesByText("birch");

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Adviser.ShouldBe("birch");
        story.Rings("birch").PicksUp("birch").Takes("birch");
        story.Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem();
    }

    [Fact]
    public void PassedByText_TheOfficerHadTheCallThatWasAskedFor_TextsTheNextOnes()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").WantsCall().Rings("ash", "birch").PicksUp("ash").Takes("ash")
            .Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.OfficerBack("CAback")).Happens(new EnquiryEvent.Bridged()).OfficerHangsUp().CallEnds("ash");

        story.PassesByText("ash");

        (story.TextPaged, story.Rung).ShouldBe(("birch", ""));
    }

    [Theory]
    [InlineData("records please", DeskBook.Records)]
    [InlineData("RECORDS: who can help", DeskBook.Records)]
    [InlineData("\u201Crecords\u201D", DeskBook.Records)]
    [InlineData("2", DeskBook.Records)]
    [InlineData(" 2 \nwho can help", DeskBook.Records)]
    [InlineData("2 men were arrested", DeskBook.Extradition)]
    [InlineData("recordsoffice", DeskBook.Extradition)]
    [InlineData("I need records", DeskBook.Extradition)]
    [InlineData("", DeskBook.Extradition)]
    public void TextDesk_Words_LeadToTheDesk(string words, string desk) =>
        DeskStory.Text(new DeskBook { Menu = DeskBook.TwoDesks }, words).Enquiry.Desk.ShouldBe(desk);

    [Fact]
    public void Engaged_TextsWaitForTheirAnswer_EngagesNobody()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");

        story.Enquiry.Engaged.ShouldBeEmpty("who was texted can still be rung for a call");
        story.AfterSeconds(60).Enquiry.Engaged.ShouldBe(["ash", "birch"], ignoreOrder: true);
    }

    [Fact]
    public void Wait_Over_TextsTheNextStepAndCallsThoseBefore()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");

        story.AfterSeconds(59).Effects.ShouldBeEmpty();
        story.AfterSeconds(1);

        story.TextPaged.ShouldBe("cedar");
        story.Rung.ShouldBe("ash birch");
    }

    [Fact]
    public void Round_Second_CallsThoseWhoWereTextedInTheFirst()
    {
        var story = DeskStory.Text(new DeskBook { Steps = ["ash"], Rounds = 2 }).AreTexted("ash").AfterSeconds(60);

        story.Rung.ShouldBe("ash");
        story.TextPaged.ShouldBe("");
    }

    [Fact]
    public void Rounds_Through_TellTheOfficerAndBeginTheChase()
    {
        var story = DeskStory.Text(new DeskBook { Then = AfterRounds.Voicemail }).AreTexted("ash", "birch").AfterSeconds(60).AreTexted("cedar").Rings("ash", "birch").AfterSeconds(60);

        story.Enquiry.State.ShouldBe(EnquiryState.Unanswered);
        story.AllEffects.OfType<Effect.SendText>().Last(text => text.Adviser is null).Body.ShouldStartWith("4821: no expert could answer yet.");
        story.AfterMinutes(2);
        story.Rung.ShouldBe("cedar");
        story.Texted.ShouldBe("cedar");
        story.TextTo("cedar").ShouldContain("an officer waits for an answer by text");
    }

    [Fact]
    public void Adviser_WithoutTexts_IsCalledAtOnce()
    {
        var story = DeskStory.Text(new DeskBook { NoTexts = ["ash"] });

        story.Rung.ShouldBe("ash");
        story.TextPaged.ShouldBe("birch");
    }

    [Fact]
    public void Adviser_WhoAsks_IsNotPagedForIt() =>
        DeskStory.Text(new DeskBook(), from: DeskBook.Phone("ash")).TextPaged.ShouldBe("birch");

    [Fact]
    public void PageTextFailed_Adviser_IsCalledInstead()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");

        story.Happens(new EnquiryEvent.PageTextFailed(story.PageOf("ash").Id, "not delivered: 30003"));

        story.Rung.ShouldBe("ash");
        story.Records("page-failed", "ash").ShouldBeTrue();
        story.Enquiry.Attempts.ShouldBe(1);
    }

    [Fact]
    public void TakenByText_First_GetsTheWordsAndTheOthersAreTold()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").Writes(null, "SMmore");

        story.TakesByText("birch");

        story.Relayed.ShouldBe(["SMfirst birch", "SMmore birch"]);
        story.Effects.OfType<Effect.Relay>().ShouldAllBe(relay => relay.Before == "4821 officer: " && relay.To == DeskBook.Phone("birch") && relay.From == DeskBook.TextLine);
        story.TextTo("ash").ShouldBe("4821 was taken by Birch Example. Nothing for you to do.");
        story.TakesByText("ash").Effects.ShouldBeEmpty();
        story.Enquiry.AcceptedBy.ShouldBe("birch");
    }

    [Fact]
    public void RelayFailed_ToTheAdviser_IsCalledOnceToBeConnected()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").TakesByText("ash");

        story.Happens(new EnquiryEvent.RelayFailed("SMfirst", "ash", "not delivered: 30003"));

        story.Rung.ShouldBe("ash");
        story.Records("page-failed", "ash").ShouldBeTrue();
        story.Happens(new EnquiryEvent.RelayFailed("SMfirst", "ash", "not delivered: 30003")).Effects.ShouldBeEmpty("its second part did not arrive either");
    }

    [Fact]
    public void RelayFailed_ToTheOfficer_TheWriterIsTold()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").TakesByText("ash").Writes("ash", "SManswer");

        story.Happens(new EnquiryEvent.RelayFailed("SManswer", null, "Twilio refused: 21610"));

        story.TextTo("ash").ShouldBe("4821: your text did not reach the officer. Please reply CALL 4821, and we ring you both.");
        story.Rung.ShouldBe("");
    }

    [Theory]
    [InlineData("+447700900201")]
    [InlineData("+441632960001")]
    public void AdviserTexted_ByAMachineThatAnswersEachText_ComesToAnEnd(string officer)
    {
        var story = DeskStory.Text(new DeskBook(), from: PhoneNumber.Parse(officer)).AreTexted("ash").TakesByText("ash");
        story.AllEffects.Clear();

        for (var turn = 1; turn <= 100; turn++)
        {
            // The officer's number takes no text, and the adviser's phone answers whatever tells so.
            var told = story.AllEffects.Count;
            story.Writes("ash", $"SM{turn}");
            if (story.Relayed.Any())
            {
                story.Happens(new EnquiryEvent.RelayFailed($"SM{turn}", null, "the number was called or texted 20 times within an hour"));
            }

            if (!story.AllEffects.Skip(told).OfType<Effect.SendText>().Any())
            {
                break;
            }
        }

        story.AllEffects.OfType<Effect.SendText>().Count().ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void RelayFailed_AfterAHandOver_TheOneWhoHasItNowIsCalledWhenItFailsForThemToo()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").TakesByText("ash");
        story.Happens(new EnquiryEvent.RelayFailed("SMfirst", "ash", "not delivered: 30003")).Happens(new EnquiryEvent.PassedByText("ash", "SMpass"));

        story.TakesByText("birch").Happens(new EnquiryEvent.RelayFailed("SMfirst", "birch", "not delivered: 30003"));

        story.Records("page-failed", "birch").ShouldBeTrue();
    }

    [Fact]
    public void PageTaken_ByTheKey_CallsTheOfficer()
    {
        var story = Situations.All["taken after a text by the key"]();

        story.Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.TextingOfficer);
        story.Relayed.ShouldBe(["SMfirst ash"]);
    }

    [Fact]
    public void Taken_Words_GoBothWaysAndToNobodyElse()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").TakesByText("ash");

        story.Writes("ash", "SManswer").Relayed.ShouldBe(["SManswer officer"]);
        story.Effects.OfType<Effect.Relay>().Single().Before.ShouldBe("");
        story.Writes(null, "SMthanks").Relayed.ShouldBe(["SMthanks ash"]);
        story.Writes("birch", "SMbirch").Effects.ShouldBeEmpty();
        story.Writes("ash", "SManswer").Effects.ShouldBeEmpty("told twice");
        story.Timeline.Select(entry => entry.Event).TakeLast(2).ShouldBe(["message-out", "message-in"]);
    }

    [Fact]
    public void Relay_LongWords_GoInParts() =>
        DeskStory.Text(new DeskBook()).AreTexted("ash").TakesByText("ash").Writes(null, "SMlong", 1600)
            .Effects.OfType<Effect.Relay>().Select(relay => $"{relay.Part}/{relay.Parts}").ShouldBe(["1/2", "2/2"]);

    [Fact]
    public void PassedByText_Everybody_BringsTheNextStepAtOnce()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch").PassesByText("ash");

        story.PassesByText("birch").TextPaged.ShouldBe("cedar");
        story.Rung.ShouldBe("", "who passed is not called");
    }

    [Fact]
    public void PassedByText_ByWhoHasIt_HandsOverWithTheHistory()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash").TakesByText("ash").Writes("ash", "SManswer");

        story.PassesByText("ash", DeskBook.Records).TextPaged.ShouldBe("dogwood");
        story.Enquiry.AcceptedBy.ShouldBeNull();
        story.Records("passed", "ash").ShouldBeTrue();
        story.AreTexted("dogwood").TakesByText("dogwood");

        story.Relayed.ShouldBe(["SMfirst dogwood", "SManswer dogwood"]);
        story.Effects.OfType<Effect.Relay>().Last().Before.ShouldBe("4821 Ash Example: ");
    }

    [Fact]
    public void TakenByText_AbandonedCall_RingsTheAdviserThenTheOfficer()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash").OfficerHangsUp().TakesByText("birch");
        story.Rung.ShouldBe("birch");

        story.Rings("birch").PicksUp("birch").Effects.ShouldBeEmpty();
        story.Takes("birch").Effects.OfType<Effect.CallBack>().ShouldHaveSingleItem().To.ShouldBe(DeskBook.Officer);
        story.Happens(new EnquiryEvent.CallBackPlaced("CAback")).Happens(new EnquiryEvent.OfficerBack("CAback")).Happens(new EnquiryEvent.Bridged());

        story.Enquiry.Stage.ShouldBeOfType<Stage.Accepted>().Talk.ShouldBe(Talk.Talking);
        story.Records("bridged", "birch").ShouldBeTrue();
    }

    [Fact]
    public void CallWanted_AfterTheTalk_RingsOnceMore()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash").TakesByText("ash");

        story.Happens(new EnquiryEvent.CallWanted("ash", "SMcall")).Rung.ShouldBe("ash");
        story.Happens(new EnquiryEvent.CallWanted("ash", "SMcall2")).Effects.ShouldBeEmpty("it rings already");
        story.After(Duration.FromMinutes(1));
        story.Happens(new EnquiryEvent.CallWanted("ash", "SMcall3")).Rung.ShouldBe("", "the request still waits in the outbox");
        story.Rings("ash").After(Duration.FromMinutes(1));
        story.Happens(new EnquiryEvent.CallWanted("ash", "SMcall4")).Rung.ShouldBe("ash");
    }

    [Fact]
    public void OfficerCalledAgain_TextsWaiting_CallsTheSameStepAtOnce()
    {
        var story = DeskStory.Text(new DeskBook()).AreTexted("ash", "birch");
        Escalator.MayBeJoined(story.Enquiry, story.Roster, story.Now).ShouldBeTrue();

        story.CallsAgain().Rung.ShouldBe("ash birch");
    }
}
