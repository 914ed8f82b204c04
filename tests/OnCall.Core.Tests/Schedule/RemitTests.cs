using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Schedule;

/// <summary>Two desks, each with a rota; both escalate to the manager's; a rota that nobody names; a force with a rota for its contact.</summary>
public sealed class RemitTests
{
    private static readonly BookContent Book = JsonDraft.Content("""
        {
          "timeZone": "Europe/London",
          "advisers": [
            { "id": "a", "name": "Alex Ash", "phone": "+447700900101" }, { "id": "b", "name": "Billie Birch", "phone": "+447700900102" },
            { "id": "c", "name": "Chris Cedar", "phone": "+447700900103" }, { "id": "d", "name": "Dana Dogwood", "phone": "+447700900104" },
            { "id": "e", "name": "Eli Elm", "phone": "+447700900105" }, { "id": "f", "name": "Finn Fir", "phone": "+447700900106" }
          ],
          "coordinators": [{ "id": "p", "name": "Pat Pine", "phone": "+447700900150", "desks": ["extradition"] }],
          "rotas": [
            { "id": "extradition", "layers": [{ "name": "l", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a", "b"] } }] },
            { "id": "records", "layers": [{ "name": "l", "pattern": { "start": "2026-01-05", "shifts": { "D": "09:00-17:00" }, "cycle": ["D"], "teams": [{ "advisers": ["b", "c"] }] } }],
              "overrides": [{ "start": "2026-10-01T09:00", "end": "2026-10-02T09:00", "adviser": "a" }] },
            { "id": "manager", "layers": [{ "name": "l", "shifts": [{ "start": "2026-12-25T09:00", "end": "2026-12-26T09:00", "adviser": "d" }] }] },
            { "id": "spare", "layers": [{ "name": "l", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["e"] } }] },
            { "id": "spoc", "layers": [{ "name": "l", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["f"] } }] }
          ],
          "policies": [
            { "id": "extradition", "steps": [{ "notify": ["rota:extradition"] }, { "notify": ["rota:manager"] }] },
            { "id": "records", "steps": [{ "notify": ["rota:records", "adviser:c"] }, { "notify": ["rota:manager"] }] }
          ],
          "desks": [{ "id": "extradition", "name": "Extradition", "policy": "extradition" }, { "id": "records", "name": "Records", "policy": "records" }],
          "lines": [{ "number": "+442079460101", "name": "One", "greeting": "Hello.", "default": "records" }],
          "forces": [{ "id": "essex", "name": "Essex Police", "numbers": ["+441632960*"], "contact": "rota:spoc" }]
        }
        """);

    [Theory]
    [InlineData("extradition", "")]
    [InlineData("manager", "")]
    [InlineData("spare", "")]
    [InlineData("records", "rota records: it belongs to desk records")]
    [InlineData("spoc", "rota spoc: it belongs to force essex")]
    public void Outside_ARota_IsOneThatServesOtherDesksAlone(string rota, string outside) =>
        Outside(Changed(rotas: Book.Rotas.Select(one => one.Id == rota ? one with { Name = "Another" } : one).ToValueList())).ShouldBe(outside);

    [Theory]
    [InlineData("a", "")]
    [InlineData("d", "")]
    [InlineData("e", "")]
    [InlineData("b", "adviser b: the rota records names them, and belongs to desk records")]
    [InlineData("c", "adviser c: the rota records names them, and belongs to desk records")]
    [InlineData("f", "adviser f: the rota spoc names them, and belongs to force essex")]
    public void Outside_AnAdviser_IsOneWhomAnythingElsewhereNames(string adviser, string outside) =>
        Outside(Changed(advisers: Book.Advisers.Select(one => one.Id == adviser ? one with { Name = "Another" } : one).ToValueList())).ShouldBe(outside);

    [Theory]
    [InlineData("a", "")]
    [InlineData("b", "")]
    [InlineData("e", "")]
    [InlineData("c", "absence 1: the adviser belongs to desk records")]
    public void Outside_AnAbsence_IsThatOfAnAdviserWhomNothingWithinNames(string adviser, string outside)
    {
        var away = Book with { Absences = [new Absence("1", adviser, GivenRota.Time("2026-12-01T09:00Z"), null, null)] };

        Outside(away).ShouldBe(outside);
        Outside(Book, before: away).ShouldBe(outside);
    }

    [Fact]
    public void Outside_AnAbsenceThatBecomesAnothers_IsJudgedByBoth() => Outside(
        Book with { Absences = [new Absence("1", "a", GivenRota.Time("2026-12-01T09:00Z"), null, null)] },
        before: Book with { Absences = [new Absence("1", "c", GivenRota.Time("2026-12-01T09:00Z"), null, null)] }).ShouldBe("absence 1: the adviser belongs to desk records");

    [Fact]
    public void Outside_WhatIsNewAndServesNobody_IsNone() => Outside(Changed(
        advisers: Book.Advisers.Add(Book.Advisers[0] with { Id = "g" }),
        rotas: Book.Rotas.Add(Book.Rotas[0] with { Id = "new" }))).ShouldBe("");

    [Fact]
    public void Outside_Desks_AreOthersAndTheirOwnPolicies()
    {
        Outside(Book with { Desks = [Book.Desks[0] with { Name = "Arrests" }, Book.Desks[1]] }).ShouldBe("");
        Outside(Book with { Desks = [Book.Desks[0] with { Policy = "records" }, Book.Desks[1]] }).ShouldBe("desk extradition: its policy belongs to no desk");
        Outside(Book with { Desks = [Book.Desks[0], Book.Desks[1] with { Name = "Arrests" }] }).ShouldBe("desk records: it belongs to desk records");
    }

    [Fact]
    public void Outside_WhatIsOfAllDesks_IsNamedEach() => Outside(Book with { Topics = ["other"], Coordinators = [], Rotas = Book.Rotas.Where(rota => rota.Id != "spare").ToValueList() })
        .ShouldBe("topics: it belongs to no desk; coordinator p: it belongs to no desk");

    [Fact]
    public void Outside_WithoutAnyDeskThatIsThere_IsAllThatServesSomebody() =>
        new Remit([]).WhyNot(new RotaBook(1, Book), new BookItem("rota", "extradition"), Now).ShouldBe("rota extradition: it belongs to desk extradition");

    private static NodaTime.Instant Now => GivenRota.Time("2026-11-25T09:00Z");

    private static BookContent Changed(ValueList<Rota>? rotas = null, ValueList<OnCall.Core.People.Adviser>? advisers = null) =>
        Book with { Rotas = rotas ?? Book.Rotas, Advisers = advisers ?? Book.Advisers };

    private static string Outside(BookContent after, BookContent? before = null) => string.Join(
        "; ",
        new Remit(["extradition"]).Outside(new RotaBook(1, before ?? Book), new RotaBook(2, after), BookChanges.Between(before ?? Book, after), Now));
}
