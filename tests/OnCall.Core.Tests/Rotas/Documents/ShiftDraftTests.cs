using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

/// <summary>A list of dated shifts that becomes a layer of a stored rota.</summary>
public sealed class ShiftDraftTests
{
    private static readonly BookContent Stored = JsonDraft.Content("""
        {
          "timeZone": "Europe/London",
          "advisers": [
            { "id": "a", "name": "Ash Alder", "phone": "+447700900101", "email": "ash@example.org" },
            { "id": "b", "name": "Bryony Birch", "phone": "+447700900102", "email": "team@example.org" },
            { "id": "c", "name": "Corin Cedar", "phone": "+447700900103", "email": "team@example.org" },
            { "id": "d", "name": "Corin Cedar", "phone": "+447700900104" }
          ],
          "rotas": [{
            "id": "r", "timeZone": "America/New_York",
            "layers": [
              { "name": "weeks", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a", "b"] } },
              { "name": "list", "until": "2028-01-01", "shifts": [{ "start": "2026-12-25", "end": "2026-12-26", "adviser": "a" }] },
              { "name": "teams", "pattern": { "start": "2026-01-05", "shifts": { "D": "09:00-17:00" }, "cycle": ["D"], "teams": [{ "advisers": ["c"] }] } }
            ],
            "overrides": [{ "id": "7", "start": "2026-12-24", "end": "2026-12-25", "adviser": "b" }]
          }]
        }
        """);

    [Fact]
    public void Of_LayerThatIsThere_TakesThePlaceOfItsShiftsAndOfNothingElse()
    {
        var rota = Published(Shift("2027-01-01T09:00", "2027-01-02T09:00", "b"));

        rota.Layers.Select(layer => layer.Name).ShouldBe(["weeks", "list", "teams"]);
        Shifts(rota, "list").ShouldBe(["2027-01-01T14:00:00Z 2027-01-02T14:00:00Z b"]);
        rota.Layers[1].Until.ShouldNotBeNull();
        rota.Overrides.ShouldHaveSingleItem().Id.ShouldBe("7");
    }

    [Fact]
    public void Of_LayerThatIsNotThere_BecomesTheLast() =>
        Published([Shift("2027-01-01", "2027-01-02", "b")], "christmas").Layers.Select(layer => layer.Name).ShouldBe(["weeks", "list", "teams", "christmas"]);

    [Fact]
    public void Of_TheSameListInAnotherOrder_ChangesNothing()
    {
        var (one, other) = (Shift("2027-01-01", "2027-01-02", "b"), Shift("2027-01-03", "2027-01-04", "a"));
        var content = RotaCheck.Check([Draft([one, other])], Stored, prune: false).Content!;

        var again = RotaCheck.Check([ShiftDraft.Of(List([other, one]), "r", "list", content)], content, prune: false).Content!;

        BookChanges.Between(content, again).ShouldBeEmpty();
    }

    [Fact]
    public void Of_TimeWithoutZone_IsTheRotasZone() =>
        Shifts(Published(Shift("2027-07-01T09:00", "2027-07-01T18:00Z", "b")), "list").ShouldBe(["2027-07-01T13:00:00Z 2027-07-01T18:00:00Z b"]);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("Ash Alder", "a")]
    public void Of_Adviser_IsAnIdOrAnExactName(string written, string id) =>
        Shifts(Published(Shift("2027-01-01T09:00Z", "2027-01-02T09:00Z", written)), "list").ShouldBe([$"2027-01-01T09:00:00Z 2027-01-02T09:00:00Z {id}"]);

    [Theory]
    [InlineData("ash alder", "line 7: adviser is \"ash alder\", which is neither the id nor the exact name of an adviser; did you mean \"Ash Alder\"?")]
    [InlineData("Corin Cedar", "line 7: adviser is \"Corin Cedar\", which is the name of c and d; write the id.")]
    [InlineData("", "line 7: adviser is missing; write the id, or the exact name.")]
    public void Of_AdviserWhoIsNotKnown_IsAnErrorWithItsRemedy(string written, string sentence) =>
        Problems(Shift("2027-01-01", "2027-01-02", written)).ShouldBe([sentence]);

    [Theory]
    [InlineData("ASH@example.org", "a")]
    [InlineData("ash@example.org nobody@example.org", "a")]
    public void Of_MailAddresses_WinOverTheTitle(string mails, string id) =>
        Shifts(Published(Shift("2027-01-01T09:00Z", "2027-01-02T09:00Z", "Duty of the week", mails.Split(' '))), "list").ShouldBe([$"2027-01-01T09:00:00Z 2027-01-02T09:00:00Z {id}"]);

    [Fact]
    public void Of_MailAddressThatIsNobodys_IsAWarning() =>
        Draft([Shift("2027-01-01", "2027-01-02", "b", "nobody@example.org")]).Warnings.ShouldHaveSingleItem().Located
            .ShouldBe("line 7: nobody@example.org is no adviser's address; whoever it is is not put on duty.");

    [Fact]
    public void Of_MailAddressOfTwo_IsAnError() =>
        Problems(Shift("2027-01-01", "2027-01-02", "", "team@example.org")).ShouldBe(["line 7: team@example.org is the address of b and c; give each adviser an address of their own."]);

    [Fact]
    public void Of_NobodyWhoIsKnownInvited_IsAnError() =>
        Problems(Shift("2027-01-01", "2027-01-02", "", "nobody@example.org")).ShouldHaveSingleItem().ShouldStartWith("line 7: none of those invited is an adviser; ");

    [Fact]
    public void Of_SeveralErrors_AreAllNamedOnce() =>
        Problems(
            Shift("tomorrow", "2027-01-02", "x"),
            Shift("", "2027-01-02", "a"),
            Shift("2027-01-02", "2027-01-02", "a"),
            Shift("2027-01-02", "2027-01-02", "a"),
            Shift("1989-01-02", "2027-01-02", "a")).ShouldBe(
            [
                "line 7: start is \"tomorrow\"; write a date and time like 2026-01-05T09:00, or a date like 2026-01-05.",
                "line 7: adviser is \"x\", which is neither the id nor the exact name of an adviser; did you mean \"a\"?",
                "line 7: start is missing; write a date and time like 2026-11-03T18:00.",
                "line 7: end must be after start.",
                "line 7: start must be in the years 1990 to 2200.",
            ]);

    [Fact]
    public void Of_ShiftThatTheClocksSkip_IsAWarning() =>
        Draft([Shift("2027-03-14T02:10", "2027-03-14T02:50", "a")]).Warnings.ShouldHaveSingleItem().Located.ShouldContain("the clocks skip the whole stretch");

    [Fact]
    public void Of_EmptyList_IsAnError() => Problems().ShouldHaveSingleItem().ShouldStartWith("line 1: there is no shift in it; ");

    [Fact]
    public void Of_RotaThatIsNotThere_IsAnError() =>
        ShiftDraft.Of(List([Shift("2027-01-01", "2027-01-02", "a")]), "s", "list", Stored).Problems.ShouldHaveSingleItem().Located
            .ShouldBe("line 1: there is no rota \"s\"; did you mean \"r\"?");

    [Theory]
    [InlineData("weeks", "rotation")]
    [InlineData("teams", "pattern")]
    public void Of_LayerOfAnotherKind_IsAnError(string layer, string kind) =>
        ShiftDraft.Of(List([Shift("2027-01-01", "2027-01-02", "a")]), "r", layer, Stored).Problems.ShouldHaveSingleItem().Located
            .ShouldBe($"line 1: the layer \"{layer}\" of r is a {kind}, not a list of dated shifts; name another layer.");

    private static WrittenShift Shift(string start, string end, string adviser, params string[] mails) => new(7, start, end, adviser, [.. mails]);

    private static ShiftList List(WrittenShift[] shifts) => new(null, [.. shifts], [], []);

    private static Draft Draft(WrittenShift[] shifts, string layer = "list") => ShiftDraft.Of(List(shifts), "r", layer, Stored);

    private static IEnumerable<string> Problems(params WrittenShift[] shifts) => Draft(shifts).Problems.Select(problem => problem.Located);

    private static Rota Published(params WrittenShift[] shifts) => Published(shifts, "list");

    private static Rota Published(WrittenShift[] shifts, string layer)
    {
        var check = RotaCheck.Check([Draft(shifts, layer)], Stored, prune: false);
        check.Problems.ShouldBeEmpty();
        return check.Content!.Rotas[0];
    }

    private static IEnumerable<string> Shifts(Rota rota, string layer) =>
        ((DatedShifts)rota.Layers.First(other => other.Name == layer).Duty).Shifts.Select(shift => $"{shift.Start} {shift.End} {shift.Adviser}");
}
