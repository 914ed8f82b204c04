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

    public static TheoryData<string> TextsToAdvisers =>
    [
        Phrases.YouHaveIt(LongRef, LongDesk, LongNumber),
        Phrases.YouHaveIt(LongRef, LongDesk, null),
        Phrases.SomebodyElseHasIt(LongRef, LongName),
        Phrases.OfficerHungUp(LongRef, LongDesk, LongNumber),
        Phrases.OfficerHungUp(LongRef, LongDesk, null),
        Phrases.CallBackOwed(LongRef, LongDesk, Priority.Urgent),
        Phrases.CallBackOwed(LongRef, LongDesk, Priority.Routine),
        Phrases.PleaseClose(LongRef, []),
        Phrases.PleaseClose(LongRef, ["extradition", "interpol-notice", "records", "missing-person", "other"]),
        Phrases.PleaseClose(LongRef, Enumerable.Range(1, 30).Select(number => $"topic-number-{number}")),
        Phrases.PleaseClose(LongRef, [new string('t', 64), "other"]),
        Phrases.NobodyHasIt(LongRef, LongDesk, Duration.FromHours(47)),
        Phrases.NobodyHasIt(LongRef, LongDesk, Duration.FromDays(9999)),
        Phrases.NobodyIsOnDuty(LongRef, LongDesk + LongDesk),
        Phrases.YouTookIt(LongRef),
        Phrases.NothingToTake,
        Phrases.AdvisersTextWaits,
        Phrases.OfficersTextWaits(LongNumber),
        Phrases.HasIt(LongRef, LongName),
        Phrases.DoneKept(LongRef, new string('t', 64)),
        Phrases.DoneNotFound,
        Phrases.NotUnderstood,
        Phrases.CallBackOwed(LongRef, LongDesk, Priority.Routine, byText: true),
        Phrases.TextOffer(LongRef, Priority.Routine, LongName, LongDesk),
        Phrases.TextOffer(LongRef, Priority.Urgent, LongNumber.Value, LongDesk),
        Phrases.YouHaveText(LongRef, LongDesk, LongNumber),
        Phrases.CannotBeTexted(LongRef),
        Phrases.NotDelivered(LongRef),
        Phrases.Commands,
        Phrases.YouTookItAndAreRung(LongRef),
        Phrases.OfficerHolds(LongRef),
        Phrases.HandedOver(LongRef, LongDesk),
        Phrases.StillTalking(LongRef),
        Phrases.RingingYou(LongRef),
        Phrases.NoNumber(LongRef),
        Phrases.NothingOfYours,
        Phrases.NotYours(LongRef),
        Phrases.NotOnDuty,
        Phrases.YouAreSick("Wed 30 Nov 2026 09:00 GMT"),
        Phrases.YouAreBack,
        Phrases.YouStandIn(LongName, "Wed 30 Nov 2026 09:00 GMT"),
        Phrases.IsBack(LongName),
        Phrases.Receipt(LongRef),
        Phrases.WillBeCalled(LongRef),
        Phrases.NobodyYet(LongRef),
        Phrases.RefByText(LongRef),
        Phrases.NoPictures,
        Phrases.NoLinks,
        Phrases.OfficerHungUp(LongRef, WelshDesk, LongNumber),
        Phrases.CallBackOwed(LongRef, WelshDesk, Priority.Urgent, byText: true),
        Phrases.TextOffer(LongRef, Priority.Urgent, "Heddlu Gŵyr", WelshDesk),
        Phrases.TakesNoTexts(LongName, "a landline, or its network cannot be reached (30006)"),
        Phrases.CannotBeCalled(LongName, "the number cannot be reached (21214)"),
        Phrases.OnDuty(LongDesk, "Wed 30 Nov 09:00", [LongName, LongName, LongName]),
        Phrases.OnDuty("Ffôn y ŵyl", null, ["Siân"]),
        Phrases.OffDuty(LongDesk, [LongName, LongName, LongName]),
        Phrases.OffDuty(LongDesk, [LongName]),
        Phrases.OffDuty(LongDesk, []),
        Phrases.Gaps(14, [(LongDesk, "Wed 25 Nov 09:00-Wed 30 Nov 09:00")]),
        Phrases.Gaps(14, [.. Enumerable.Repeat((LongDesk + LongDesk, "Wed 25 Nov 09:00-Wed 30 Nov 09:00"), 300)]),
        Phrases.Gaps(14, [.. Enumerable.Repeat(("Records", "Wed 25 Nov 09:00-11:00"), 5)]),
    ];

    public static TheoryData<string> Whispers =>
    [
        Phrases.Offer(Priority.Routine, "number listed for Essex Police", "Extradition and arrest", 1, 35),
        Phrases.Offer(Priority.Urgent, "number listed for Metropolitan Police", "Interpol notices", 12, 840),
        Phrases.Offer(Priority.Routine, "number withheld", "Foreign criminal records", 3, 119),
        Phrases.Offer(Priority.Routine, "number not known", "Extradition and arrest", 2, 60),
        Phrases.OfferCallBack(Priority.Routine, "number listed for Essex Police", "Extradition and arrest"),
        Phrases.OfferCallBack(Priority.Urgent, "number listed for Metropolitan Police", "Interpol notices"),
    ];

    [Theory, MemberData(nameof(TextsToAdvisers))]
    public void TextToAnAdviser_LongNames_FitsOneSegment(string text)
    {
        text.Length.ShouldBeLessThanOrEqualTo(Segment, text);
        text.ShouldAllBe(letter => Alphabet.Contains(letter), text);
    }

    [Theory, MemberData(nameof(Whispers))]
    public void Whisper_UsualNames_IsSpokenInEightSecondsAndAsksForAKey(string whisper)
    {
        whisper.Length.ShouldBeLessThanOrEqualTo(EightSeconds, whisper);
        whisper.ShouldEndWith("Press 1 to take the call, 2 to pass.");
    }

    [Fact]
    public void Offer_Heard_SaysPriorityForceDeskAttemptAndWait() =>
        Phrases.Offer(Priority.Urgent, "number listed for Essex Police", "Extradition", 2, 185)
            .ShouldBe("Urgent. Number listed for Essex Police. Extradition. Attempt 2 after 3 minutes. Press 1 to take the call, 2 to pass.");

    [Fact]
    public void PleaseClose_FewTopics_NamesThemAll() =>
        Phrases.PleaseClose("4821", ["extradition", "other"])
            .ShouldBe("When done, reply DONE 4821 and a topic (extradition, other); no names, no case detail.");

    [Fact]
    public void PleaseClose_ManyTopics_NamesTheFirstAndSaysThatThereAreMore() =>
        Phrases.PleaseClose("4821", Enumerable.Range(1, 30).Select(number => $"topic-number-{number}")).ShouldContain("topic-number-1, topic-number-2,");

    [Fact]
    public void OnDuty_UsualNames_SaysUntilWhenAndAfterWhom() =>
        Phrases.OnDuty("Extradition desk", "Mon 30 Nov 09:00", ["Billie Birch"]).ShouldBe("You are on duty for Extradition desk until Mon 30 Nov 09:00, after Billie Birch.");

    [Fact]
    public void OffDuty_OneOtherNow_SaysWhoHasTakenOver() =>
        Phrases.OffDuty("Extradition desk", ["Chris Cedar"]).ShouldBe("Your duty for Extradition desk has ended; Chris Cedar has taken over.");

    [Fact]
    public void OffDuty_NobodyNow_SaysSo() => Phrases.OffDuty("Extradition desk", []).ShouldBe("Your duty for Extradition desk has ended; nobody is on duty now.");

    [Fact]
    public void Gaps_More_AreCounted() => Phrases.Gaps(14, [.. Enumerable.Repeat(("Records", "Sat 28 Nov 09:00-21:00"), 7)]).ShouldBe(
        "Not covered in the next 14 days: Records Sat 28 Nov 09:00-21:00; Records Sat 28 Nov 09:00-21:00; Records Sat 28 Nov 09:00-21:00; and 4 more; oncall gaps");

    [Theory]
    [InlineData("Siân Ŵyn O’Neill", "Sian Wyn O'Neill")]
    [InlineData("Zoë – [night]", "Zoe - (night)")]
    [InlineData("José 夜", "José ?")]
    public void Fold_OtherLetters_AreTheNearestOfTheAlphabet(string name, string folded) => Gsm7.Fold(name).ShouldBe(folded);

    [Fact]
    public void PleaseHold_Heard_SpellsTheRef() => Phrases.PleaseHold("4821").ShouldContain("4, 8, 2, 1");
}
