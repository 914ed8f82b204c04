using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

public sealed class ChainSealTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));

    private static readonly ChainState State = new()
    {
        Enquiry = Guid.Parse("3f2b8c1d-0000-4000-8000-000000004821"),
        Line = PhoneNumber.Parse("+442079460101"),
        From = PhoneNumber.Parse("+447700900201"),
        OfficerCall = "CA00000000000000000000000000000001",
        Because = ChainBecause.DatabaseAway,
        OpenedAt = Instant.FromUtc(2026, 11, 26, 9, 0),
        Began = Instant.FromUtc(2026, 11, 26, 9, 0),
        HeldUntil = Instant.FromUtc(2026, 11, 26, 9, 15),
        Rung = ["ash"],
        Dials = 1,
        Dial = new ChainDial(1, "ash", "named in the policy", 1, 0, Duration.FromSeconds(20), Instant.FromUtc(2026, 11, 26, 9, 0)),
    };

    [Fact]
    public void Open_WhatWasSealed_IsTheState()
    {
        var text = With("token").Seal(State);

        With("token").Open(text).ShouldBe(State);
        With("token").Seal(State).ShouldBe(text, "the same state gives the same address");
        text.Length.ShouldBeLessThan(1500);
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').ShouldBeTrue();
    }

    [Fact]
    public void Open_WhileTokensAreChanged_TakesBoth() => With("new", "token").Open(With("token").Seal(State)).ShouldBe(State);

    [Fact]
    public void Open_AnyOtherText_IsRefused()
    {
        var text = With("token").Seal(State);
        for (var place = 0; place < text.Length - 1; place += 7)
        {
            var forged = text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..];
            With("token").Open(forged).ShouldBeNull($"changed at {place}");
        }

        With("other").Open(text).ShouldBeNull();
        With("token").Open(text[..40]).ShouldBeNull();
        With("token").Open("").ShouldBeNull();
        With("token").Open("no base64!").ShouldBeNull();
    }

    [Fact]
    public void Open_TooLate_IsRefused()
    {
        var time = new FakeTimeProvider(Time.GetUtcNow());
        var text = new ChainSeal(Settings("token", null), time).Seal(State);
        time.Advance(TimeSpan.FromHours(4.9));
        new ChainSeal(Settings("token", null), time).Open(text).ShouldBe(State);
        time.Advance(TimeSpan.FromHours(0.2));
        new ChainSeal(Settings("token", null), time).Open(text).ShouldBeNull();
    }

    [Fact]
    public void Read_ALineOfTheJournal_IsTheEntryUnlessItWasCutOff()
    {
        var cipher = new JournalCipher(Settings("token", null));
        var entry = new JournalEntry(State.Began, State, [new ChainFact.Dialled(), new ChainFact.Missed("CA2", "no-answer")]);
        var line = cipher.Write(entry);

        cipher.Read(line).ShouldBe(entry);
        line.ShouldNotContain("447700");
        cipher.Read(line[..(line.Length / 2)]).ShouldBeNull();
        cipher.Read("").ShouldBeNull();
    }

    private static ChainSeal With(string token, string? second = null) => new(Settings(token, second), Time);

    private static TwilioSettings Settings(string token, string? second) => new() { AccountSid = "AC00000000000000000000000000000001", AuthToken = token, SecondaryAuthToken = second };
}
