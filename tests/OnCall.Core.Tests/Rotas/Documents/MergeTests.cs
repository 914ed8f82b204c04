using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

/// <summary>What becomes of what is stored when a document comes.</summary>
public sealed class MergeTests
{
    private static readonly BookContent Stored = JsonDraft.Content("""
        {
          "timeZone": "Europe/London",
          "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }, { "id": "b", "name": "B", "phone": "+447700900102" }],
          "rotas": [{ "id": "r", "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a"] } }],
            "overrides": [{ "id": "17", "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b" }] }],
          "absences": [{ "id": "x", "adviser": "b", "start": "2026-08-01" }, { "adviser": "a", "start": "2026-08-01", "through": "2026-08-02" }],
          "topics": ["extradition"]
        }
        """);

    private const string RotaAlone = """
        { "rotas": [{ "id": "r", "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a", "b"] } }]{0} }] }
        """;

    [Fact]
    public void Check_RotaWithoutTheKeyOverrides_ReplacesTheStoredOneAndKeepsItsOverrides()
    {
        var content = JsonDraft.Content(RotaAlone.Replace("{0}", "", StringComparison.Ordinal), Stored);

        content.Rotas[0].Layers[0].Duty.ShouldBeOfType<Rotation>().Turn.ShouldBe(new Turn.Days(1));
        content.Rotas[0].Overrides.ShouldBe(Stored.Rotas[0].Overrides);
    }

    [Fact]
    public void Check_RotaWithTheKeyOverrides_ReplacesThemToo() =>
        JsonDraft.Content(RotaAlone.Replace("{0}", ", \"overrides\": []", StringComparison.Ordinal), Stored).Rotas[0].Overrides.ShouldBeEmpty();

    [Fact]
    public void Check_OverridesWithoutAValue_IsAnErrorRatherThanTheirEnd() =>
        JsonDraft.Problems(RotaAlone.Replace("{0}", ", \"overrides\": null", StringComparison.Ordinal), Stored).ShouldHaveSingleItem().ShouldStartWith("rotas[0].overrides: overrides has no value");

    [Fact]
    public void Check_WithoutPrune_NothingIsRemovedAndReferencesResolveAgainstWhatIsStored()
    {
        var content = JsonDraft.Content("""{ "topics": ["other"], "coordinators": [], "absences": [{ "id": "x", "adviser": "a", "start": "2026-09-01" }] }""", Stored);

        content.Advisers.ShouldBe(Stored.Advisers);
        content.Rotas.ShouldBe(Stored.Rotas);
        content.Topics.ShouldBe(["extradition", "other"]);
        content.Absences.Select(absence => absence.Adviser).ShouldBe(["a", "a"]);
    }

    [Fact]
    public void Check_SameAbsenceAgain_StaysOne() =>
        JsonDraft.Content("""{ "absences": [{ "adviser": "a", "start": "2026-08-01", "end": "2026-08-03" }] }""", Stored).ShouldBe(Stored);

    [Fact]
    public void Check_SameAbsenceWithoutItsId_StaysOneAndKeepsTheId() =>
        JsonDraft.Content("""{ "absences": [{ "adviser": "b", "start": "2026-08-01" }] }""", Stored).ShouldBe(Stored);

    [Fact]
    public void Check_SameAbsenceWithAnId_GetsTheId() =>
        JsonDraft.Content("""{ "absences": [{ "id": "y", "adviser": "a", "start": "2026-08-01", "through": "2026-08-02" }] }""", Stored)
            .Absences.Select(absence => absence.Id).ShouldBe(["x", "y"]);

    [Fact]
    public void Check_WithPrune_WhatTheDocumentLacksIsRemoved()
    {
        var content = JsonDraft.Content("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }] }""", Stored, prune: true);

        content.Advisers.Select(adviser => adviser.Id).ShouldBe(["a"]);
        content.Rotas.ShouldBeEmpty();
        content.Zone.ShouldBeNull();
    }

    [Fact]
    public void Check_WithPrune_ReferencesResolveAgainstTheDocumentAlone() =>
        JsonDraft.Problems("""{ "absences": [{ "adviser": "a", "start": "2026-08-01T00:00Z" }] }""", Stored, prune: true)
            .ShouldHaveSingleItem().ShouldStartWith("absences[0].adviser: adviser names the adviser \"a\"");

    [Fact]
    public void Check_WithoutPrune_SaysWhatIsKeptAlthoughTheDocumentDoesNotHaveIt() =>
        RotaCheck.Check([JsonDraft.Read("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }] }""")], Stored, prune: false)
            .Kept.ShouldContain(new BookItem("adviser", "b"));

    [Fact]
    public void Check_DocumentsZoneChangesLater_TheZoneIsFixedOnTheRotaAtImport()
    {
        var content = JsonDraft.Content("""{ "timeZone": "America/New_York" }""", Stored);

        content.Zone!.Id.ShouldBe("America/New_York");
        content.Rotas[0].Zone.Id.ShouldBe("Europe/London");
    }

    [Fact]
    public void Check_NoZoneInTheDocument_TheStoredOneCounts() =>
        JsonDraft.Content("""{ "absences": [{ "adviser": "a", "start": "2026-06-10" }] }""", Stored).Absences[^1].Start
            .ShouldBe(Instant.FromUtc(2026, 6, 9, 23, 0));

    /// <summary>On the other clock it cannot be written: it would be none, or one of months.</summary>
    [Fact]
    public void Check_ZoneChanges_WhatTheOldClockSkippedIsNotKept()
    {
        var stored = JsonDraft.Content("""
            {
              "timeZone": "Europe/London",
              "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }],
              "rotas": [{ "id": "r", "cover": 0, "layers": [], "overrides": [{ "start": "2027-03-28T01:15", "end": "2027-03-28T01:45", "adviser": "a" }] }],
              "absences": [{ "adviser": "a", "start": "2027-03-28T01:15", "end": "2027-03-28T01:45" }, { "adviser": "a", "start": "2027-03-29", "end": "2027-03-30" }]
            }
            """);

        var content = JsonDraft.Content("""{ "timeZone": "UTC", "rotas": [{ "id": "r", "cover": 0, "layers": [] }] }""", stored);

        content.Absences.ShouldHaveSingleItem().Start.ShouldBe(Instant.FromUtc(2027, 3, 28, 23, 0));
        content.Rotas[0].Overrides.ShouldBeEmpty();
        BookChanges.Between(stored, content).ShouldNotBeEmpty();
        JsonDraft.Content("""{ "topics": ["x"] }""", stored).Absences.Count.ShouldBe(2);
    }

    /// <summary>A version that did not ask published it: whoever is sick must come off duty all the same.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Check_WhatWasPublishedBefore_StandsInTheWayOfNoOtherChange(bool prune)
    {
        var stored = JsonDraft.Content("""
            {
              "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }], "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }], "desks": [{ "id": "d", "policy": "p" }],
              "lines": [{ "number": "+442079460101", "sms": "+447700900300", "name": "L", "greeting": "G", "default": "d" }, { "number": "+447700900302", "sms": "+447700900301", "name": "M", "greeting": "G", "default": "d" }]
            }
            """);
        stored = stored with { Lines = [stored.Lines[0], stored.Lines[1] with { Number = stored.Lines[0].TextNumber }] };
        var more = prune ? new Draft(null, RotaWriter.Write(stored with { Topics = ["x"] })) : JsonDraft.Read("""{ "topics": ["x"] }""");

        RotaCheck.Check([more], stored, prune).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Check_SeveralDocuments_TheZoneOfOneCountsInTheOthers()
    {
        const string Away = """{ "absences": [{ "adviser": "a", "start": "2026-08-01" }] }""";
        const string People = """{ "timeZone": "Asia/Tokyo", "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }] }""";

        var content = RotaCheck.Check([JsonDraft.Read(Away), JsonDraft.Read(People)], Stored, prune: false).Content!;

        content.Absences.ShouldContain(absence => absence.Start == Instant.FromUtc(2026, 7, 31, 15, 0));
    }

    [Fact]
    public void Check_TwoDocuments_TheyReferToEachOther()
    {
        Draft[] drafts =
        [
            JsonDraft.Read("""{ "desks": [{ "id": "d", "policy": "p" }] }""") with { Source = "one" },
            JsonDraft.Read("""{ "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }] }""") with { Source = "two" },
        ];

        RotaCheck.Check(drafts, Stored, prune: false).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Between_ChangedRota_SaysWhatInTheWordsOfTheDocument()
    {
        var after = JsonDraft.Content(RotaAlone.Replace("{0}", ", \"overrides\": []", StringComparison.Ordinal), Stored);

        var change = BookChanges.Between(Stored, after).ShouldHaveSingleItem();

        change.Item.ShouldBe(new BookItem("rota", "r"));
        change.Action.ShouldBe(ChangeAction.Changed);
        change.Diff.ShouldBe(
        [
            "layers[x].rotation.turn: P1W → P1D",
            "layers[x].rotation.advisers: [a] → [a, b]",
            "- overrides: [{id: 17, start: 2026-11-03T18:00, end: 2026-11-04T09:00, adviser: b, replaces: everyone}]",
        ]);
    }

    [Fact]
    public void Between_ShiftsThatBeginTogether_AreToldOneByOne()
    {
        var changes = BookChanges.Between(WithList(Shift(25, 26, "a"), Shift(25, 26, "b")), WithList(Shift(25, 26, "a"), Shift(25, 27, "b")));

        changes.ShouldHaveSingleItem().Diff.ShouldBe(
        [
            "- layers[list].shifts: {start: 2026-12-25, end: 2026-12-26, adviser: b}",
            "+ layers[list].shifts: {start: 2026-12-25, end: 2026-12-27, adviser: b}",
        ]);
    }

    [Fact]
    public void Between_LongLayerThatIsNew_IsToldPartByPart()
    {
        var diff = BookChanges.Between(Stored, WithList([.. Enumerable.Range(10, 20).Select(day => Shift(day, day + 1, "a"))])).ShouldHaveSingleItem().Diff;

        diff.ShouldContain("+ layers[list].shifts[2026-12-10]: {start: 2026-12-10, end: 2026-12-11, adviser: a}");
        diff.ShouldAllBe(line => line.Length < 200);
    }

    [Fact]
    public void Between_RemovedAndAdded_SaysSo()
    {
        var changes = BookChanges.Between(Stored, JsonDraft.Content("""{ "advisers": [{ "id": "c", "name": "C", "phone": "+447700900103" }], "topics": ["extradition"] }""", Stored, prune: true));

        changes.Select(change => $"{change.Action} {change.Item.Kind} {change.Item.Id}").ShouldBe(
        [
            "Added adviser c", "Removed timeZone timeZone", "Removed adviser a", "Removed adviser b", "Removed rota r", "Removed absence x",
            "Removed absence a from 2026-08-01 to 2026-08-03",
        ]);
    }

    [Fact]
    public void Between_OrderOfLayersChanged_SaysSo()
    {
        static BookContent Ordered(string one, string two) => JsonDraft.Content($$"""
            { "rotas": [{ "id": "r", "layers": [
              { "name": "{{one}}", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a"] } },
              { "name": "{{two}}", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a"] } }] }] }
            """, Stored);

        BookChanges.Between(Ordered("x", "y"), Ordered("y", "x")).ShouldHaveSingleItem().Diff.ShouldBe(["layers, the order: x, y → y, x"]);
    }

    private static BookContent WithList(params string[] shifts) => JsonDraft.Content(
        RotaAlone.Replace("]{0}", $$""", { "name": "list", "shifts": [{{string.Join(",", shifts)}}] }]""", StringComparison.Ordinal), Stored);

    private static string Shift(int from, int to, string adviser) => $$"""{ "start": "2026-12-{{from}}", "end": "2026-12-{{to}}", "adviser": "{{adviser}}" }""";
}
