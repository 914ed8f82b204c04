using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests;

public sealed class PhrasesTests
{
    /// <summary>One segment of a text in GSM-7 (3GPP TS 23.038).</summary>
    private const int Segment = 160;

    /// <summary>What is spoken in some 8 s, at 15 characters a second.</summary>
    private const int EightSeconds = 130;

    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string LongRef = "48213";
    private static readonly string LongDesk = new('d', 40);
    private static readonly string WelshDesk = $"Estradodi ac arestio, Gŵyr a’r cyffiniau {new string('d', 40)}";
    private static readonly string LongName = new('n', 30);
    private static readonly PhoneNumber LongNumber = PhoneNumber.Parse("+4477009001010000"[..16]);

    private static IReadOnlyList<Func<Language, string>> Texts { get; } =
    [
        to => Phrases.YouHaveIt(to, LongRef, LongDesk, LongNumber),
        to => Phrases.YouHaveIt(to, LongRef, LongDesk, null),
        to => Phrases.YouHaveToPhone(to, LongRef, LongDesk, LongNumber),
        to => Phrases.SomebodyElseHasIt(to, LongRef, LongName),
        to => Phrases.OfficerHungUp(to, LongRef, LongDesk, LongNumber),
        to => Phrases.OfficerHungUp(to, LongRef, LongDesk, null),
        to => Phrases.OfficerCalledInVain(to, LongRef, LongDesk, LongNumber),
        to => Phrases.OfficerLeftMessage(to, LongRef, LongDesk),
        to => Phrases.CallBackOwed(to, LongRef, LongDesk, Priority.Urgent),
        to => Phrases.CallBackOwed(to, LongRef, LongDesk, Priority.Routine),
        to => Phrases.PleaseClose(to, LongRef, []),
        to => Phrases.PleaseClose(to, LongRef, ["extradition", "interpol-notice", "records", "missing-person", "other"]),
        to => Phrases.PleaseClose(to, LongRef, Enumerable.Range(1, 30).Select(number => $"topic-number-{number}")),
        to => Phrases.PleaseClose(to, LongRef, [new string('t', 64), "other"]),
        to => Phrases.NotSpokenYet(to, LongRef),
        to => Phrases.NobodyHasIt(to, LongRef, LongDesk, Duration.FromHours(47)),
        to => Phrases.NobodyHasIt(to, LongRef, LongDesk, Duration.FromDays(9999)),
        to => Phrases.NobodyIsOnDuty(to, LongRef, LongDesk + LongDesk),
        to => Phrases.YouTookIt(to, LongRef),
        to => Phrases.NothingToTake(to),
        to => Phrases.AdvisersTextWaits(to),
        to => Phrases.OfficersTextWaits(to, LongNumber),
        to => Phrases.HasIt(to, LongRef, LongName),
        to => Phrases.DoneKept(to, LongRef, new string('t', 64)),
        to => Phrases.DoneNotFound(to),
        to => Phrases.NotUnderstood(to),
        to => Phrases.CallBackOwed(to, LongRef, LongDesk, Priority.Routine, byText: true),
        to => Phrases.TextOffer(to, LongRef, Priority.Routine, LongName, LongDesk),
        to => Phrases.TextOffer(to, LongRef, Priority.Urgent, LongNumber.Value, LongDesk),
        to => Phrases.YouHaveText(to, LongRef, LongDesk, LongNumber),
        to => Phrases.YouHaveToRing(to, LongRef, LongDesk, LongNumber),
        to => Phrases.CannotBeTexted(to, LongRef),
        to => Phrases.NotDelivered(to, LongRef),
        to => Phrases.Commands(to),
        to => Phrases.YouTookItAndAreRung(to, LongRef),
        to => Phrases.OfficerHolds(to, LongRef),
        to => Phrases.HandedOver(to, LongRef, LongDesk),
        to => Phrases.StillTalking(to, LongRef),
        to => Phrases.RingingYou(to, LongRef, toHear: false),
        to => Phrases.RingingYou(to, LongRef, toHear: true),
        to => Phrases.NoNumber(to, LongRef, null),
        to => Phrases.NoNumber(to, LongRef, LongNumber),
        to => Phrases.NothingOfYours(to),
        to => Phrases.NotYours(to, LongRef),
        to => Phrases.NotOnDuty(to),
        to => Phrases.YouAreSick(to, "Wed 30 Nov 2026 09:00 GMT"),
        to => Phrases.YouAreBack(to),
        to => Phrases.IsBack(to, LongName),
        to => Phrases.Receipt(to, LongRef),
        to => Phrases.WillBeCalled(to, LongRef, LongNumber),
        to => Phrases.NobodyYet(to, LongRef),
        to => Phrases.RefByText(to, LongRef),
        to => Phrases.NoPictures(to),
        to => Phrases.NoLinks(to),
        to => Phrases.OfficerHungUp(to, LongRef, WelshDesk, LongNumber),
        to => Phrases.OfficerCalledInVain(to, LongRef, WelshDesk, LongNumber),
        to => Phrases.OfficerLeftMessage(to, LongRef, WelshDesk),
        to => Phrases.CallBackOwed(to, LongRef, WelshDesk, Priority.Urgent, byText: true),
        to => Phrases.TextOffer(to, LongRef, Priority.Urgent, "Heddlu Gŵyr", WelshDesk),
        to => Phrases.TakesNoTexts(to, LongName, "a landline, or its network cannot be reached (30006)"),
        to => Phrases.CannotBeCalled(to, LongName, "the number cannot be reached (21214)"),
        to => Phrases.OnDuty(to, LongDesk, "Wed 30 Nov 09:00", [LongName, LongName, LongName]),
        to => Phrases.OnDuty(to, "Ffôn y ŵyl", null, ["Siân"]),
        to => Phrases.OffDuty(to, LongDesk, [LongName, LongName, LongName]),
        to => Phrases.OffDuty(to, LongDesk, [LongName]),
        to => Phrases.OffDuty(to, LongDesk, []),
        to => Phrases.Gaps(to, 14, [(LongDesk, "Wed 25 Nov 09:00-Wed 30 Nov 09:00")]),
        to => Phrases.Gaps(to, 14, [.. Enumerable.Repeat((LongDesk + LongDesk, "Wed 25 Nov 09:00-Wed 30 Nov 09:00"), 300)]),
        to => Phrases.Gaps(to, 14, [.. Enumerable.Repeat(("Records", "Wed 25 Nov 09:00-11:00"), 5)]),
    ];

    private static IReadOnlyList<Func<Language, Spoken>> Whispers { get; } =
    [
        to => Phrases.Offer(to, Priority.Routine, Phrases.CallersNumber(to, isWithheld: false, "Essex Police"), "Extradition and arrest", 1, 35),
        to => Phrases.Offer(to, Priority.Urgent, Phrases.CallersNumber(to, isWithheld: false, "Metropolitan Police"), "Interpol notices", 12, 840),
        to => Phrases.Offer(to, Priority.Routine, Phrases.CallersNumber(to, isWithheld: true, null), "Foreign criminal records", 3, 119),
        to => Phrases.Offer(to, Priority.Routine, Phrases.CallersNumber(to, isWithheld: false, null), "Extradition and arrest", 2, 60),
        to => Phrases.OfferCallBack(to, Priority.Routine, Phrases.CallersNumber(to, isWithheld: false, "Essex Police"), "Extradition and arrest"),
        to => Phrases.OfferCallBack(to, Priority.Urgent, Phrases.CallersNumber(to, isWithheld: false, "Metropolitan Police"), "Interpol notices"),
    ];

    public static TheoryData<string> TextsInBoth => [.. Enum.GetValues<Language>().SelectMany(to => Texts.Select(write => write(to)))];

    public static TheoryData<Language, string> WhispersInBoth
    {
        get
        {
            var data = new TheoryData<Language, string>();
            foreach (var whisper in Enum.GetValues<Language>().SelectMany(to => Whispers.Select(say => say(to))))
            {
                data.Add(whisper.Language, whisper.Text);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(Language.English, "and 60 more")]
    [InlineData(Language.Welsh, "a 60 arall")]
    public void Lists_LongerThanOneText_SayHowManyAreLeftOut(Language to, string left)
    {
        var desks = Enumerable.Range(100, 90).Select(number => $"desk-{number}-{new string('d', 39)}").ToList();

        var (unknown, who) = (Phrases.NoSuchDesk(to, desks), Phrases.WhoIsOnDuty(to, desks.Select(desk => (desk[9..], (IReadOnlyList<string>)["Al Ash"]))));

        unknown.ShouldEndWith($"{desks[29]}, {left}.");
        who.Split('\n').ShouldBe([.. Enumerable.Repeat($"{new string('d', 39)}: Al Ash", 31), left.Replace("60", "59", StringComparison.Ordinal)]);
        Math.Max(unknown.Length, who.Length).ShouldBeLessThanOrEqualTo(1600);
    }

    [Theory, MemberData(nameof(TextsInBoth))]
    public void Text_LongNames_FitsOneSegment(string text)
    {
        text.Length.ShouldBeLessThanOrEqualTo(Segment, text);
        text.ShouldAllBe(letter => Alphabet.Contains(letter), text);
        Segments.Of(text).ShouldBe(1);
    }

    [Theory, MemberData(nameof(WhispersInBoth))]
    public void Whisper_UsualNames_IsSpokenInEightSecondsAndAsksForAKey(Language language, string whisper)
    {
        whisper.Length.ShouldBeLessThanOrEqualTo(EightSeconds, whisper);
        whisper.ShouldEndWith(language == Language.Welsh ? "Pwyswch 1 i gymryd yr alwad, 2 i basio." : "Press 1 to take the call, 2 to pass.");
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Welsh)]
    public void SomebodyAnswers_Heard_TakesASecond(Language to) => Phrases.SomebodyAnswers(to).Text.Length.ShouldBe(15);

    [Fact]
    public void Offer_Heard_SaysPriorityForceDeskAttemptAndWait() =>
        Phrases.Offer(Language.English, Priority.Urgent, "number listed for Essex Police", "Extradition", 2, 185)
            .Text.ShouldBe("Urgent. Number listed for Essex Police. Extradition. Attempt 2 after 3 minutes. Press 1 to take the call, 2 to pass.");

    [Fact]
    public void PleaseClose_FewTopics_NamesThemAll() =>
        Phrases.PleaseClose(Language.English, "4821", ["extradition", "other"])
            .ShouldBe("When done, reply DONE 4821 and a topic (extradition, other); no names, no case detail.");

    [Fact]
    public void PleaseClose_ManyTopics_NamesTheFirstAndSaysThatThereAreMore() =>
        Phrases.PleaseClose(Language.English, "4821", Enumerable.Range(1, 30).Select(number => $"topic-number-{number}")).ShouldContain("topic-number-1, topic-number-2,");

    [Fact]
    public void OnDuty_UsualNames_SaysUntilWhenAndAfterWhom() =>
        Phrases.OnDuty(Language.English, "Extradition desk", "Mon 30 Nov 09:00", ["Billie Birch"]).ShouldBe("You are on duty for Extradition desk until Mon 30 Nov 09:00, after Billie Birch.");

    [Fact]
    public void OffDuty_OneOtherNow_SaysWhoHasTakenOver() =>
        Phrases.OffDuty(Language.English, "Extradition desk", ["Chris Cedar"]).ShouldBe("Your duty for Extradition desk has ended; Chris Cedar has taken over.");

    [Fact]
    public void OffDuty_NobodyNow_SaysSo() => Phrases.OffDuty(Language.English, "Extradition desk", []).ShouldBe("Your duty for Extradition desk has ended; nobody is on duty now.");

    [Fact]
    public void Gaps_More_AreCounted() => Phrases.Gaps(Language.English, 14, [.. Enumerable.Repeat(("Records", "Sat 28 Nov 09:00-21:00"), 7)]).ShouldBe(
        "Not covered in the next 14 days: Records Sat 28 Nov 09:00-21:00; Records Sat 28 Nov 09:00-21:00; Records Sat 28 Nov 09:00-21:00; and 4 more; oncall gaps");

    [Theory]
    [InlineData("Siân Ŵyn O’Neill", "Sian Wyn O'Neill")]
    [InlineData("Zoë – [night]", "Zoe - (night)")]
    [InlineData("José 夜", "José ?")]
    public void Fold_OtherLetters_AreTheNearestOfTheAlphabet(string name, string folded) => Gsm7.Fold(name).ShouldBe(folded);

    [Fact]
    public void PleaseHold_Heard_SpellsTheRef() => Phrases.PleaseHold(Language.English, "4821").Text.ShouldContain("4, 8, 2, 1");
}
