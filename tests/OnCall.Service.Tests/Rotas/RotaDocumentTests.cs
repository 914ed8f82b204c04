using System.Text;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>YAML and JSON as people, programs and enemies write it.</summary>
public sealed class RotaDocumentTests
{
    [Theory]
    [InlineData(false, """
        timeZone: Europe/London
        advisers:
          - id: a
            name: A
            phone: +447700900101
        rotas:
          - id: r
            layers:
              - name: x
                rotation: { start: 2026-01-05T09:00,
                  turn: P1X,
                  advisers: [a] }
        """)]
    [InlineData(true, """
        { "timeZone": "Europe/London",
          "advisers": [
            { "id": "a",
              "name": "A",
              "phone": "+447700900101" } ],
          "rotas": [
            { "id": "r",
              "layers": [
                { "name": "x", "rotation": { "start": "2026-01-05T09:00",
                  "advisers": ["a"],
                  "turn": "P1X" } } ] } ] }
        """)]
    public void Read_Error_HasItsLineAndPath(bool isJson, string text)
    {
        var problem = Check(text, FormOf(isJson)).Problems.ShouldHaveSingleItem();

        problem.Path.ShouldBe("rotas[0].layers[0].rotation.turn");
        problem.Line.ShouldBe(11);
        problem.Located.ShouldStartWith("line 11: turn is \"P1X\"; ");
    }

    [Fact]
    public void Read_ScalarsWhereTextIsExpected_NeedNoQuotes()
    {
        var content = Check("""
            timeZone: Europe/London
            advisers: [{ id: y, name: No, phone: +447700900101, email: a@example.org }]
            rotas:
              - id: 12.5
                name: 007
                layers:
                  - name: off
                    only: [{ days: [Mon], from: 18:00, to: 08:00 }]
                    pattern: { start: 2026-01-05, shifts: { N: 23:00-07:00 }, cycle: [N, off], teams: [{ advisers: [y], offset: -1 }] }
            """).Content;

        content.ShouldNotBeNull();
        content.Rotas[0].Id.ShouldBe("12.5");
        content.Rotas[0].Name.ShouldBe("007");
        ((ShiftPattern)content.Rotas[0].Layers[0].Duty).Cycle.ShouldBe(["N", null]);
    }

    [Fact]
    public void Read_SecondDocument_IsAnError() =>
        Check("topics: [a]\n---\ntopics: [b]\n").Problems.ShouldHaveSingleItem().Located.ShouldStartWith("line 2: a second document begins here");

    [Fact]
    public void Read_RepeatedKey_IsAnErrorOnItsSecondLine() =>
        Check("topics: [a]\ntopics: [b]\n").Problems.ShouldHaveSingleItem().Located.ShouldBe("line 2: topics stands here again, after line 1; keep one of the two.");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("advisers:\nrotas: ~\n")]
    [InlineData("{}")]
    public void Read_DocumentThatSaysNothing_IsAllowed(string text) => Check(text).Problems.ShouldBeEmpty();

    [Fact]
    public void Read_AnchorsAndAliases_StandForWhatTheyHold() =>
        Check("""
            timeZone: Europe/London
            advisers: [{ id: a, name: A, phone: "+447700900101" }]
            rotas:
              - { id: r, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: &all [a] } }] }
              - { id: s, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1D, advisers: *all } }] }
            """).Content!.Rotas.Count.ShouldBe(2);

    [Theory]
    [InlineData("advisers: [")]
    [InlineData("a: b: c")]
    [InlineData("topics: \"open")]
    [InlineData("topics: *nothing")]
    [InlineData("? [a]\n: b")]
    public void Read_NoYaml_IsUnreadable(string text) => ShouldBeUnreadable(Encoding.UTF8.GetBytes(text), DocumentForm.Yaml);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("topics: [a]")]
    [InlineData("\"\\ud800\"")]
    public void Read_NoJson_IsUnreadable(string text) => ShouldBeUnreadable(Encoding.UTF8.GetBytes(text), DocumentForm.Json);

    [Fact]
    public void Read_NoUtf8_IsUnreadableAtItsLine() =>
        ShouldBeUnreadable([.. "topics:\n- "u8, 0xE4, .. "\n"u8], DocumentForm.Yaml).ShouldStartWith("line 2: the document is not UTF-8");

    [Fact]
    public void ReadStored_BookThatGrewBeyondWhatOneDocumentMayHold_IsReadAllTheSame()
    {
        var stretch = string.Join(',', Enumerable.Repeat("""{ "start": "2026-12-25", "end": "2026-12-26", "adviser": "a" }""", 80_000));
        var json = $$"""{ "timeZone": "Europe/London", "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }], "rotas": [{ "id": "r", "layers": [{ "name": "x", "shifts": [{{stretch}}] }] }] }""";
        ShouldBeUnreadable(Encoding.UTF8.GetBytes(json), DocumentForm.Json);

        var content = RotaCheck.Check([RotaDocument.ReadStored(json)], BookContent.Empty, prune: true).Content;

        ((DatedShifts)content.ShouldNotBeNull().Rotas[0].Layers[0].Duty).Shifts.Count.ShouldBe(80_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_TheSample_ReadsBackAsTheSame(bool isJson)
    {
        var form = FormOf(isJson);
        var content = Sample.Content();

        Check(RotaDocument.Write(RotaWriter.Write(content), form), form).Content.ShouldBe(content);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("18:00")]
    [InlineData("a: b # c")]
    [InlineData("- x")]
    [InlineData("\"quoted\" \\ and 'so'")]
    [InlineData("Siân, yn y swyddfa\nheddiw")]
    [InlineData("=cmd()")]
    public void Write_TextThatLooksLikeSomethingElse_ReadsBackAsTheSame(string name)
    {
        var content = Check("advisers: [{ id: a, name: A, phone: \"+447700900101\" }]").Content!;
        var renamed = content with { Advisers = [content.Advisers[0] with { Name = name }] };

        Check(RotaDocument.Write(RotaWriter.Write(renamed), DocumentForm.Yaml)).Content.ShouldBe(renamed);
        Check(RotaDocument.Write(RotaWriter.Write(renamed), DocumentForm.Json), DocumentForm.Json).Content.ShouldBe(renamed);
    }

    private static RotaCheckResult Check(string text, DocumentForm form = DocumentForm.Yaml) =>
        RotaCheck.Check([RotaDocument.Read(Encoding.UTF8.GetBytes(text), form)], BookContent.Empty, prune: false);

    private static DocumentForm FormOf(bool isJson) => isJson ? DocumentForm.Json : DocumentForm.Yaml;

    private static string ShouldBeUnreadable(byte[] bytes, DocumentForm form) =>
        Should.Throw<UnreadableDocumentException>(() => RotaDocument.Read(bytes, form)).Message;
}
