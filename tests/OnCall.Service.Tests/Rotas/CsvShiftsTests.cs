using System.Text;
using OnCall.Service.Rotas;
using OnCall.Service.Rotas.Shifts;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>Tables of shifts as people and spreadsheets write them.</summary>
public sealed class CsvShiftsTests
{
    [Theory]
    [InlineData("start,end,adviser\n2026-12-25T09:00,2026-12-26T09:00,a\n")]
    [InlineData("\uFEFFstart;end;adviser\r\n2026-12-25 09:00;2026-12-26 09:00;a\r\n")]
    [InlineData("sep=;\r\nAdviser;Start;END\r\na;2026-12-25T09:00;2026-12-26T09:00\r\n;;\r\n\r\n")]
    [InlineData("start, end, adviser\n\"2026-12-25T09:00\" , \" 2026-12-26T09:00 \",a")]
    public void Read_TheSameShift_InEveryCommonForm(string text)
    {
        var list = Given.Csv(text);

        list.Problems.ShouldBeEmpty();
        list.Warnings.ShouldBeEmpty();
        Given.Written(list).ShouldBe(["2026-12-25T09:00 2026-12-26T09:00 a"]);
    }

    [Fact]
    public void Read_EveryRow_KeepsItsLine() =>
        Given.Csv("start,end,adviser\n1,2,a\n\n3,4,\"Alder, Ash\"\n").Shifts.Select(shift => (shift.Line, shift.Adviser)).ShouldBe([(2, "a"), (4, "Alder, Ash")]);

    [Fact]
    public void Read_RowsAtFault_AreAllNamedAndTheOthersRead()
    {
        var list = Given.Csv("start,end,adviser\n1,2\n3,4,a\n5,6,a,b\n\"7,8,a\n9,\"10\"x,a\n11,12,a,\n");

        list.Problems.Select(problem => problem.Located).ShouldBe(
        [
            "line 2: this line has 2 values where the header has 3; a value that holds the separator goes between quotes.",
            "line 4: this line has 4 values where the header has 3; a value that holds the separator goes between quotes.",
            "line 5: the quotes in this line do not match; put a quoted value between two of them, and nothing beside it.",
            "line 6: the quotes in this line do not match; put a quoted value between two of them, and nothing beside it.",
        ]);
        list.Shifts.Select(shift => shift.Line).ShouldBe([3, 7]);
    }

    [Theory]
    [InlineData("", "line 1: the column start and the column end and the column adviser is missing; begin with a line like start,end,adviser.")]
    [InlineData("start;from;adviser\n1;2;a\n", "line 1: the column end is missing; begin with a line like start;end;adviser.")]
    [InlineData("start,end,adviser,Start\n1,2,a,3\n", "line 1: two columns are called start; keep one of the two.")]
    [InlineData("2026-12-25,2026-12-26,a\n", "line 1: the column start and the column end and the column adviser is missing; begin with a line like start,end,adviser.")]
    public void Read_HeaderAtFault_IsTheOnlyError(string text, string sentence) =>
        Given.Csv(text).Problems.ShouldHaveSingleItem().Located.ShouldBe(sentence);

    [Fact]
    public void Read_ColumnThatIsNotKnown_IsAWarning()
    {
        var list = Given.Csv("start,end,adviser,note\n1,2,a,x\n");

        list.Problems.ShouldBeEmpty();
        list.Warnings.ShouldHaveSingleItem().Located.ShouldBe("line 1: the column \"note\" is not taken; the columns are start, end, adviser.");
    }

    [Fact]
    public void Read_MoreShiftsThanAnyRota_EndsInAClearError() =>
        Given.Csv("start,end,adviser\n" + string.Concat(Enumerable.Repeat("1,2,a\n", 20_001))).Problems.ShouldHaveSingleItem().Located
            .ShouldBe("line 20002: there are more than 20000 shifts; split the file.");

    [Theory]
    [InlineData("Windows-1252", "line 2: the document is not UTF-8; save it in that encoding.")]
    [InlineData("UTF-16", "line 1: the document is not UTF-8; save it in that encoding.")]
    public void Read_AnotherEncoding_IsUnreadableAtItsLine(string encoding, string sentence)
    {
        byte[] bytes = encoding == "UTF-16"
            ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("start,end,adviser\n")]
            : [.. "start,end,adviser\n2026-12-25,2026-12-26,Si"u8, 0xE2, .. "n\n"u8];

        Should.Throw<UnreadableDocumentException>(() => ShiftFile.Read(bytes, ShiftForm.Csv, null, Given.Now)).Message.ShouldBe(sentence);
    }
}
