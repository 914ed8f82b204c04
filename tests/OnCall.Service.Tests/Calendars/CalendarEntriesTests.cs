using System.Text;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Calendars;
using OnCall.Service.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calendars;

public sealed class CalendarEntriesTests
{
    private const string Override = "{ start: 2026-12-23T09:00, end: 2026-12-24T09:00, adviser: b, replaces: a, reason: hospital }";
    private static readonly CalendarWindow Window = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 12, 7, 12, 0), Instant.FromUtc(2027, 1, 1, 0, 0));

    [Fact]
    public void Of_Rota_IsEachPeriodWithItsNames() => Shown(new CalendarSubject.OfRota("r"), Book()).ShouldBe(
    [
        "2026-12-07T09:00:00Z 2026-12-14T09:00:00Z Ash Alder, Corin Cedar",
        "2026-12-14T09:00:00Z 2026-12-21T09:00:00Z Bryony Birch, Corin Cedar",
        "2026-12-21T09:00:00Z 2026-12-28T09:00:00Z Ash Alder, Corin Cedar",
        "2026-12-28T09:00:00Z 2027-01-01T00:00:00Z Bryony Birch, Corin Cedar",
    ]);

    [Fact]
    public void Of_Adviser_IsUnbrokenDutyInEachRota() => Shown(new CalendarSubject.OfAdviser("c"), Book()).ShouldBe(
        ["2026-01-05T09:00:00Z 2027-01-01T00:00:00Z Desk, first on call", "2026-12-25T09:00:00Z 2026-12-26T09:00:00Z Desk, second on call"]);

    [Fact]
    public void Of_Rota_ShowsWhereSomebodyIsMissing() => Shown(new CalendarSubject.OfRota("s"), Book()).ShouldBe(
    [
        "2026-01-01T00:00:00Z 2026-12-25T09:00:00Z Nobody on duty",
        "2026-12-25T09:00:00Z 2026-12-26T09:00:00Z Corin Cedar",
        "2026-12-25T09:00:00Z 2026-12-26T09:00:00Z Missing: 1 of 2",
        "2026-12-26T09:00:00Z 2027-01-01T00:00:00Z Nobody on duty",
    ], ignoreOrder: true);

    [Fact]
    public void Of_Override_LeavesEveryOtherEntryTheSameEvent()
    {
        var subject = new CalendarSubject.OfRota("r");
        var before = Entries(Book()).Of(subject, Window.From).ToList();

        var after = Entries(Book(Override)).Of(subject, Window.From).ToList();

        after.Select(entry => entry.Uid).ShouldBeUnique();
        before.Select(entry => entry.Uid).Except(after.Select(entry => entry.Uid)).ShouldBeEmpty();
        before.Except(after).ShouldHaveSingleItem().Start.ShouldBe(Instant.FromUtc(2026, 12, 21, 9, 0), "the one that the override cuts short");
        after.ShouldAllBe(entry => !entry.Title.Contains("hospital"));
    }

    [Fact]
    public void Of_SubjectThatIsGone_IsNothing()
    {
        var entries = Entries(Book());

        entries.Of(new CalendarSubject.OfRota("gone"), Window.From).ShouldBeEmpty();
        entries.Of(new CalendarSubject.OfAdviser("gone"), Window.From).ShouldBeEmpty();
        entries.NameOf(new CalendarSubject.OfAdviser("gone")).ShouldBe("On call: gone");
        entries.NameOf(new CalendarSubject.OfAdviser("a")).ShouldBe("On call: Ash Alder");
        entries.NameOf(new CalendarSubject.OfRota("r")).ShouldBe("Desk, first on call");
    }

    [Fact]
    public void Of_SeveralBooks_EachDecidedWhileItWasInForce()
    {
        var change = Instant.FromUtc(2026, 12, 16, 12, 0);
        var entries = new CalendarEntries([DutyPiece.Of(Book(), Window.LooksFrom, change), DutyPiece.Of(Book(turns: "b, a"), change, Window.To)]);

        Shown(entries, new CalendarSubject.OfRota("r")).ShouldBe(
        [
            "2026-12-07T09:00:00Z 2026-12-14T09:00:00Z Ash Alder, Corin Cedar",
            "2026-12-14T09:00:00Z 2026-12-16T12:00:00Z Bryony Birch, Corin Cedar",
            "2026-12-16T12:00:00Z 2026-12-21T09:00:00Z Ash Alder, Corin Cedar",
            "2026-12-21T09:00:00Z 2026-12-28T09:00:00Z Bryony Birch, Corin Cedar",
            "2026-12-28T09:00:00Z 2027-01-01T00:00:00Z Ash Alder, Corin Cedar",
        ]);
    }

    [Fact]
    public void Of_BooksThatSayTheSame_AreAsOne()
    {
        var change = Instant.FromUtc(2026, 12, 16, 12, 0);
        var entries = new CalendarEntries([DutyPiece.Of(Book(), Window.LooksFrom, change), DutyPiece.Of(Book(), change, Window.To)]);

        foreach (CalendarSubject subject in new CalendarSubject[] { new CalendarSubject.OfRota("r"), new CalendarSubject.OfRota("s"), new CalendarSubject.OfAdviser("c") })
        {
            entries.Of(subject, Window.From).ShouldBe(Entries(Book()).Of(subject, Window.From));
        }
    }

    [Theory]
    [InlineData("2026-11-25T09:00:00Z", "2026-10-01", "2028-01-01")]
    [InlineData("2026-11-30T23:59:59Z", "2026-10-01", "2028-02-01")]
    [InlineData("2026-01-01T00:00:00Z", "2025-12-01", "2027-03-01")]
    public void At_AnyTime_Covers31DaysBackAnd400AheadAndMovesByTheMonth(string now, string from, string to)
    {
        var window = CalendarWindow.At(NodaTime.Text.InstantPattern.ExtendedIso.Parse(now).Value);

        window.From.ToString("uuuu-MM-dd", null).ShouldBe(from);
        window.To.ToString("uuuu-MM-dd", null).ShouldBe(to);
        (window.From - window.LooksFrom).ShouldBeGreaterThanOrEqualTo(Duration.FromDays(365));
    }

    private static CalendarEntries Entries(RotaBook book) => new([DutyPiece.Of(book, Window.LooksFrom, Window.To)]);

    private static IEnumerable<string> Shown(CalendarSubject subject, RotaBook book) => Shown(Entries(book), subject);

    private static IEnumerable<string> Shown(CalendarEntries entries, CalendarSubject subject) =>
        entries.Of(subject, Window.From).Select(entry => $"{entry.Start} {entry.End} {entry.Title}");

    private static RotaBook Book(string overrides = "", string turns = "a, b")
    {
        var draft = RotaDocument.Read(Encoding.UTF8.GetBytes($$"""
            timeZone: Europe/London
            advisers:
              - { id: a, name: Ash Alder, phone: "+447700900101" }
              - { id: b, name: Bryony Birch, phone: "+447700900102" }
              - { id: c, name: Corin Cedar, phone: "+447700900103" }
            rotas:
              - id: r
                name: Desk, first on call
                layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [{{turns}}] } }]
                overrides:
                  - { start: 2026-01-05T09:00, end: 2028-01-05T09:00, adviser: c, adds: true }
                  - {{(overrides.Length > 0 ? overrides : "{ start: 2020-01-01, end: 2020-01-02, adviser: c }")}}
              - id: s
                name: Desk, second on call
                cover: 2
                layers: [{ name: x, shifts: [{ start: 2026-12-25T09:00, end: 2026-12-26T09:00, adviser: c }] }]
            """), DocumentForm.Yaml);
        return new RotaBook(1, RotaCheck.Check([draft], BookContent.Empty, prune: true).Content.ShouldNotBeNull());
    }
}
