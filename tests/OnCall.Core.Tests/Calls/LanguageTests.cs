using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Calls;

/// <summary>In which language each is spoken and written to: an adviser in what comes first in the adviser's languages, an officer in the force's, else the line's.</summary>
public sealed class LanguageTests
{
    private static readonly DeskBook WelshLine = new() { LineLanguage = Language.Welsh };

    [Theory]
    [InlineData(Language.English, null, true, Language.English)]
    [InlineData(Language.Welsh, null, true, Language.Welsh)]
    [InlineData(Language.English, Language.Welsh, true, Language.Welsh)]
    [InlineData(Language.Welsh, Language.English, true, Language.English)]
    [InlineData(Language.English, Language.Welsh, false, Language.English)]
    [InlineData(Language.Welsh, Language.English, false, Language.Welsh)]
    public void LanguageOf_Officer_IsTheForcesElseTheLines(Language line, Language? force, bool isListed, Language expected)
    {
        var book = new DeskBook { LineLanguage = line, ForceLanguage = force }.Build();

        book.LanguageOf(DeskBook.Line, isListed ? DeskBook.Officer : DeskBook.UnknownOfficer).ShouldBe(expected);
        book.LanguageOf(DeskBook.TextLine, isListed ? DeskBook.Officer : DeskBook.UnknownOfficer).ShouldBe(expected, "the line by its number for texts");
        book.LanguageOf(DeskBook.Line, null).ShouldBe(line, "a withheld number is no force's");
    }

    [Fact]
    public void LanguageOf_Adviser_IsTheFirstOfTheAdvisersOwn()
    {
        var book = (WelshLine with { Welsh = ["birch"] }).Build();

        book.LanguageOf(DeskBook.Line, DeskBook.Phone("ash")).ShouldBe(Language.English, "Welsh comes second");
        book.LanguageOf(DeskBook.Line, DeskBook.Phone("birch")).ShouldBe(Language.Welsh);
        DeskBook.Adviser("ash").Language.ShouldBe(Language.English);
        (DeskBook.Adviser("ash") with { Languages = [] }).Language.ShouldBe(Language.English);
    }

    [Fact]
    public void Arrival_EnglishForceOnAWelshLine_GreetsInTheLinesLanguageAndGoesOnInTheForces()
    {
        var story = DeskStory.Call(WelshLine with { ForceLanguage = Language.English });

        Said(OfficerFlow.Arrival(story.Enquiry, story.Roster)).Select(words => words.Language).ShouldBe([Language.Welsh, Language.English]);
    }

    [Fact]
    public void Arrival_WelshForceOnAnEnglishLineWithAMenu_HearsTheCoordinatorsWordsInEnglish()
    {
        var story = DeskStory.Call(new DeskBook { Menu = DeskBook.TwoDesks, ForceLanguage = Language.Welsh });

        Said(OfficerFlow.Arrival(story.Enquiry, story.Roster)).Select(words => words.Language).ShouldBe([Language.English, Language.English]);
        Said(OfficerFlow.Now(story.OfficerPresses("7").Enquiry, story.Roster)).Select(words => words.Language).ShouldBe([Language.Welsh, Language.English], "the wrong key, and the menu");
        Said(OfficerFlow.Now(story.OfficerPresses("1").Enquiry, story.Roster)).ShouldBe([Phrases.PleaseHold(Language.Welsh, "4821")]);
    }

    [Fact]
    public void EveryDocument_OfAWelshLine_IsWelshToItsOfficer()
    {
        var roster = new Roster(WelshLine.Build());
        foreach (var (name, situation) in Situations.All)
        {
            // The situations' own lines are in the same book but for the language.
            var enquiry = situation().Enquiry;
            Said(
            [
                .. OfficerFlow.Now(enquiry, roster), .. OfficerFlow.Held(enquiry, Duration.Zero, roster), .. OfficerFlow.Held(enquiry, Duration.FromMinutes(20), roster),
                .. OfficerFlow.AfterHoldKey(enquiry, "*", roster), .. OfficerFlow.AfterHoldKey(enquiry, "5", roster), .. OfficerFlow.AfterCallBackKey(enquiry, 1, "1", roster),
                .. OfficerFlow.AfterCallBackKey(enquiry, 1, "2", roster), .. OfficerFlow.AfterNumber(enquiry, 1, null, roster), .. OfficerFlow.AfterNumber(enquiry, 3, null, roster),
                .. OfficerFlow.AfterCallBackKey(enquiry, 1, "7", roster), .. OfficerFlow.NotBack(enquiry, "CAback", 1, "2", roster), .. OfficerFlow.AskWhetherAgain(enquiry, roster), .. OfficerFlow.CalledBack(enquiry, "CAback", roster), .. OfficerFlow.NotBack(enquiry, "CAback", 1, null, roster), .. OfficerFlow.NothingRecorded(enquiry, roster),
            ]).ShouldAllBe(words => words.Language == Language.Welsh, name);
        }
    }

    [Fact]
    public void Offer_WelshAdviserAndOneWhoPutsEnglishFirst_HearEachTheirs()
    {
        var story = DeskStory.Call(WelshLine with { Welsh = ["birch"] }).Rings("ash", "birch").PicksUp("ash", "birch");

        Said(Offer("ash"))[0].Text.ShouldStartWith("Routine. Number listed for Essex Police. ");
        Said(Offer("birch"))[0].Text.ShouldStartWith("Arferol. Rhif dan enw Essex Police. ");
        Said(Offer("birch")).ShouldAllBe(words => words.Language == Language.Welsh);
        Said(AdviserFlow.AfterKey(story.Enquiry, story.PageOf("birch").Id, story.CallOf("birch"), 1, "2", story.Roster)).ShouldBe([Phrases.PassedOn(Language.Welsh)]);

        IReadOnlyList<CallStep> Offer(string adviser) => AdviserFlow.Offer(story.Enquiry, story.PageOf(adviser).Id, story.CallOf(adviser), story.Roster, story.Now);
    }

    [Fact]
    public void Record_OfAWelshLine_IsEnglish()
    {
        var story = DeskStory.Call(WelshLine with { ForceLanguage = Language.Welsh, Welsh = ["ash"] }).Rings("ash").OfficerHangsUp();

        story.Timeline.Select(line => line.Detail).ShouldContain("number listed for Essex Police");
    }

    [Fact]
    public void Texts_OfAWelshLineWithOneWelshAdviser_AreToEachInTheirs()
    {
        var story = DeskStory.Text(WelshLine with { Welsh = ["birch"] });

        story.Effects.OfType<Effect.PageByText>().Select(page => page.Body).ShouldBe(
        [
            Phrases.TextOffer(Language.English, "4821", Priority.Routine, "+447700900201", "Extradition and arrest"),
            Phrases.TextOffer(Language.Welsh, "4821", Priority.Routine, "+447700900201", "Extradition and arrest"),
        ]);
        story.Effects.OfType<Effect.SendText>().ShouldHaveSingleItem().Body.ShouldBe(Phrases.Receipt(Language.Welsh, "4821"));

        story.AreTexted("ash", "birch").TakesByText("birch");

        story.TextTo("birch").ShouldStartWith("Chi piau 4821 ");
        story.TextTo("ash").ShouldBe("4821 was taken by Birch Example. Nothing for you to do.");
        story.Effects.OfType<Effect.Relay>().ShouldHaveSingleItem().Before.ShouldBe("4821 swyddog: ");
    }

    /// <summary>Nothing of the language is stored: it follows the book, and whatever the book no longer has is English.</summary>
    [Fact]
    public void EnquiryUnderWay_ForceLineAndAdvisersAreTakenOutOfTheBook_GoesOnInEnglish()
    {
        var story = DeskStory.Call(WelshLine with { ForceLanguage = Language.Welsh, Welsh = ["ash"] }).Rings("ash").PicksUp("ash");
        Said(OfficerFlow.Now(story.Enquiry, story.Roster)).ShouldBe([Phrases.PleaseHold(Language.Welsh, "4821")]);
        var emptied = new Roster(new RotaBook(2, BookContent.Empty));

        Said(OfficerFlow.Now(story.Enquiry, emptied)).ShouldBe([Phrases.PleaseHold(Language.English, "4821")]);
        Said(AdviserFlow.Offer(story.Enquiry, story.PageOf("ash").Id, story.CallOf("ash"), emptied, story.Now)).ShouldAllBe(words => words.Language == Language.English);
    }

    [Fact]
    public void Chain_OfAWelshLine_SpeaksWelshToTheOfficerAndItsOwnToEachAdviser()
    {
        var book = (WelshLine with { Welsh = ["birch"], ForceLanguage = Language.Welsh }).Build();
        var roster = new Roster(book);
        var flow = new ChainFlow(roster, state => $"{state.Name}-{state.Dials}", _ => true, DeskBook.Noon);

        var first = flow.Arrive(Guid.NewGuid(), DeskBook.Line, DeskBook.Officer, "CAofficer", ChainBecause.DatabaseAway);
        var second = flow.GoOn(Asks(Door.ChainNext, first.State));

        Said(first.Steps).ShouldAllBe(words => words.Language == Language.Welsh);
        Said(second.Steps).ShouldBe([Phrases.ChainStillHolding(Language.Welsh)]);
        var offer = new ChainOffer(roster, state => state.Name, DeskBook.Noon);
        Said(offer.PickedUp(first.State, "CAash").Steps).ShouldAllBe(words => words.Language == Language.English);
        Said(offer.PickedUp(second.State, "CAbirch").Steps).ShouldAllBe(words => words.Language == Language.Welsh);
        Said(flow.Told(Asks(Door.ChainMessage, second.State), passed: false).Steps).ShouldBe([Phrases.ChainNoMessage(Language.Welsh, "Bydd yr arbenigwr yn rhoi eich cyfeirnod i chi.")]);
    }

    private static ChainRequest Asks(Door door, ChainState state) => new(door, state, new DialEnd("no-answer", null, Bridged: false, OfficerGone: false), null, null, Duration.Zero);

    private static List<Spoken> Said(IReadOnlyList<CallStep> steps) => [.. steps.SelectMany(step => step switch
    {
        CallStep.Say say => [say.Words],
        CallStep.Ask ask => Said([.. ask.Prompt]),
        CallStep.AskNumber ask => Said([.. ask.Prompt]),
        CallStep.WithKeys keys => Said([.. keys.Prompt]),
        _ => new List<Spoken>(),
    })];
}
