using System.Globalization;
using System.Text;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;
using OnCall.Service.Rotas.Shifts;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>Documents that are meant to exhaust whoever reads them: each ends in a clear error, and what that takes is measured in memory, which no busy machine changes.</summary>
public sealed class HostileDocumentTests
{
    /// <summary>What any of them may allocate in all, in bytes, most of it short-lived: 32 times the longest document.</summary>
    private const long Most = 128L * 1024 * 1024;

    private const int Longest = Utf8Text.LongestBytes;
    private const string TooBig = "bigger than any rota document";
    private const string TooDeep = "nested deeper than any rota document";

    /// <summary>By name, since texts of this size are made only when it is their turn.</summary>
    private static readonly Dictionary<string, (Func<string> Text, string Error)> Yaml = new()
    {
        ["anchors that explode"] = (Laughs, TooBig),
        ["an anchor in itself"] = (() => "x: &x [*x]", "the alias *x stands for nothing"),
        ["aliases of long text"] = (AliasesOfLongText, TooBig),
        ["aliases of many shifts"] = (AliasesOfManyShifts, TooBig),
        ["deep blocks"] = (DeepBlocks, TooDeep),
        ["deep dashes"] = (() => Many("- "), TooDeep),
        ["deep brackets"] = (() => Many("["), TooDeep),
        ["deep braces"] = (() => Many("{a: "), TooDeep),
        ["many items"] = (() => Many("-\n"), TooBig),
        ["many keys"] = (() => Many("a: 1\n"), TooBig),
        ["many explicit keys"] = (() => Many("? a\n"), TooBig),
        ["many anchors"] = (() => Many("- &a x\n"), TooBig),
        ["a long list"] = (() => $"a: [{Many("x,")}]", TooBig),
        ["a long map"] = (() => $"{{{Many("x,")}}}", TooBig),
        ["a long id"] = (() => $"advisers: [{{ id: {Many("x")} }}]", "ids are 1 to 64 of the characters"),
        ["many documents"] = (() => Many("---\n"), "a second document begins here"),
        ["another version"] = (() => "%YAML 9.9\n---\na: 1\n", "this is not YAML"),
        ["a null character"] = (() => "topics: [\"a\\0b\"]", "holds a control character"),
    };

    private static readonly Dictionary<string, (Func<string> Text, string Error)> Json = new()
    {
        ["deep lists"] = (() => Many("["), "this is not JSON"),
        ["deep maps"] = (() => Many("{\"a\":"), "this is not JSON"),
        ["many keys"] = (() => $"{{{Many("\"a\":1,")}\"a\":1}}", TooBig),
        ["many items"] = (() => $"{{\"rotas\":[{Many("1,")}1]}}", TooBig),
        ["a long number"] = (() => $"{{\"rotas\":[{{\"id\":\"r\",\"cover\":{Many("9")}}}]}}", "cover must be a whole number"),
        ["a long key"] = (() => $"{{\"{Many("k")}\":1}}", "is no key that is known here"),
    };

    private static readonly Dictionary<string, (Func<string> Text, string Error)> Tables = new()
    {
        ["many shifts"] = (() => "start,end,adviser\n" + Many("1,2,a\n"), "more than 20000 shifts"),
        ["many short rows"] = (() => "start,end,adviser\n" + Many("1\n"), "there is more of this after these 10000"),
        ["many quotes"] = (() => "start,end,adviser\n" + Many("\"x\n"), "there is more of this after these 10000"),
        ["a quote without end"] = (() => "start,end,adviser\n\"" + Many("x,"), "the quotes in this line do not match"),
        ["many columns"] = (() => Many("x,"), "more than 200 columns"),
    };

    private static readonly Dictionary<string, (Func<string> Text, string Error)> Calendars = new()
    {
        ["many events"] = (() => Many("BEGIN:VEVENT\n"), "more than 2000 events"),
        ["many invited"] = (() => Events(1, Many("ATTENDEE:mailto:x\n")), "longer than any real one"),
        ["many exceptions"] = (() => Events(1, $"DTSTART:20261225T090000Z\nDTEND:20261226T090000Z\nEXDATE:{Many("20261225T090000Z,")}"), "longer than any real one"),
        ["rules that never come"] = (() => Events(200, Rule("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")), "repeats on days that never come"),
        ["rules that hardly come"] = (() => Events(200, Rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=21990101T000000Z")), "go over several hundred years in all"),
        ["rules that take long"] = (() => Events(200, Rule("FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;UNTIL=21990101T000000Z")), "go over several hundred years in all"),
        ["rules by the second"] = (() => Events(200, Rule("FREQ=SECONDLY")), "it repeats by hours or less"),
        ["many rules"] = (() => Events(2000, Rule("FREQ=DAILY;COUNT=1")), "more than 200 events repeat"),
    };

    public static TheoryData<string> NamesOfYaml => [.. Yaml.Keys];

    public static TheoryData<string> NamesOfJson => [.. Json.Keys];

    public static TheoryData<string> NamesOfTables => [.. Tables.Keys];

    public static TheoryData<string> NamesOfCalendars => [.. Calendars.Keys];

    [Theory]
    [MemberData(nameof(NamesOfYaml))]
    public void Check_HostileYaml_EndsInAClearErrorWithLittleMemory(string name) => ShouldEndAsItShould(Yaml[name], text => Located(Check(text, DocumentForm.Yaml).Problems));

    [Theory]
    [MemberData(nameof(NamesOfJson))]
    public void Check_HostileJson_EndsInAClearErrorWithLittleMemory(string name) => ShouldEndAsItShould(Json[name], text => Located(Check(text, DocumentForm.Json).Problems));

    [Theory]
    [MemberData(nameof(NamesOfTables))]
    public void Read_HostileTable_EndsInAClearErrorWithLittleMemory(string name) => ShouldEndAsItShould(Tables[name], text => Located(Shifts(text, ShiftForm.Csv).Problems));

    [Theory]
    [MemberData(nameof(NamesOfCalendars))]
    public void Read_HostileCalendar_EndsInAClearErrorWithLittleMemory(string name) =>
        ShouldEndAsItShould(Calendars[name], text => Located(Shifts($"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n", ShiftForm.Calendar).Problems));

    [Fact]
    public void Read_TenMegabytes_EndInAClearErrorBeforeAnythingIsRead()
    {
        var bytes = new byte[10 * 1024 * 1024];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<UnreadableDocumentException>(() => RotaDocument.Read(bytes, DocumentForm.Yaml)).Message.ShouldBe("line 1: the document is longer than 4 MiB; split it.");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024 * 1024);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 })]
    [InlineData(new byte[] { 0xE4 })]
    public void Read_InvalidUtf8_EndsInAClearErrorWithItsLine(byte[] bytes)
    {
        foreach (var form in Enum.GetValues<DocumentForm>())
        {
            Should.Throw<UnreadableDocumentException>(() => RotaDocument.Read((byte[])[.. "{\n"u8, .. bytes], form)).Message
                .ShouldBe("line 2: the document is not UTF-8; save it in that encoding.");
        }
    }

    [Theory]
    [InlineData("rotas: [{ id: r, cover: 99999999999999999999 }]", "rotas[0].cover")]
    [InlineData("rotas: [{ id: r, cover: -1 }]", "rotas[0].cover")]
    [InlineData("rotas: [{ id: r, cover: 1e3 }]", "rotas[0].cover")]
    [InlineData("rotas: [{ id: r, cover: .inf }]", "rotas[0].cover")]
    [InlineData("policies: [{ id: p, rounds: 2147483648, steps: [{ notify: [force-contact] }] }]", "policies[0].rounds")]
    [InlineData("policies: [{ id: p, steps: [{ notify: [force-contact], ring: PT999999H }] }]", "policies[0].steps[0].ring")]
    [InlineData("policies: [{ id: p, steps: [{ notify: [force-contact] }], chase: [PT99999999999S] }]", "policies[0].chase[0]")]
    [InlineData("absences: [{ adviser: a, start: 9999-12-31 }]", "absences[0].start")]
    [InlineData("absences: [{ adviser: a, start: 20266-01-01 }]", "absences[0].start")]
    [InlineData("absences: [{ adviser: a, start: 2026-02-30 }]", "absences[0].start")]
    [InlineData("absences: [{ adviser: a, start: 2026-01-01T25:00 }]", "absences[0].start")]
    [InlineData("absences: [{ adviser: a, start: 2026-01-01T09:00+99:00 }]", "absences[0].start")]
    [InlineData("rotas: [{ id: r, layers: [{ name: x, rotation: { start: 2026-01-05, turn: P999999W, advisers: [a] } }] }]", "rotas[0].layers[0].rotation.turn")]
    [InlineData("rotas: [{ id: r, layers: [{ name: x, pattern: { start: 2026-01-05, shifts: { D: 07:00-19:00 }, cycle: [D], teams: [{ advisers: [a], offset: 99999999999 }] } }] }]", "rotas[0].layers[0].pattern.teams[0].offset")]
    public void Check_NumberOutOfRange_IsAnErrorOfItsPlace(string text, string path) =>
        Check($"timeZone: Europe/London\nadvisers: [{{ id: a, name: A, phone: +447700900101 }}]\n{text}", DocumentForm.Yaml).Problems.ShouldHaveSingleItem().Path.ShouldBe(path);

    private static void ShouldEndAsItShould((Func<string> Text, string Error) document, Func<string, IReadOnlyList<string>> read)
    {
        var text = document.Text();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sentences = Sentences(() => read(text));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Most);
        sentences.ShouldContain(sentence => sentence.Contains(document.Error));
        sentences.ShouldAllBe(sentence => sentence.StartsWith("line ") && sentence.Length < 700);
    }

    private static IReadOnlyList<string> Sentences(Func<IReadOnlyList<string>> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableDocumentException e)
        {
            return [e.Message];
        }
    }

    private static List<string> Located(IEnumerable<DraftProblem> problems) => [.. problems.Select(problem => problem.Located)];

    private static Draft Shifts(string text, ShiftForm form) =>
        ShiftDraft.Of(ShiftFile.Read(Encoding.UTF8.GetBytes(text), form, source: null, Given.Now), "r", "x", BookContent.Empty);

    private static RotaCheckResult Check(string text, DocumentForm form) => RotaCheck.Check([RotaDocument.Read(Encoding.UTF8.GetBytes(text), form)], BookContent.Empty, prune: true);

    /// <summary>As often as a document has room for it.</summary>
    private static string Many(string part) => new StringBuilder().Insert(0, part, (Longest - 1000) / part.Length).ToString();

    private static string Rule(string rule) => $"DTSTART:20261225T090000Z\nDTEND:20261226T090000Z\nSUMMARY:a\nRRULE:{rule}";

    private static string Events(int count, string lines) =>
        string.Concat(Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"BEGIN:VEVENT\nUID:{number}\n{lines}\nEND:VEVENT\n")));

    /// <summary>Ten to the power of thirty.</summary>
    private static string Laughs()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var level = 1; level < 30; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        return text.ToString();
    }

    /// <summary>A megabyte, a thousand times.</summary>
    private static string AliasesOfLongText() =>
        $"topics: [&x \"{new string('y', 1024 * 1024)}\"]\nrotas:\n{string.Concat(Enumerable.Repeat("- { id: *x, name: *x }\n", 1000))}";

    private static string AliasesOfManyShifts() =>
        $"x: &x [{string.Join(',', Enumerable.Repeat("{ start: 2026-01-01, end: 2026-01-02, adviser: a }", 1000))}]\nrotas:\n{string.Concat(Enumerable.Repeat("- { id: r, layers: [{ shifts: *x }] }\n", 1000))}";

    private static string DeepBlocks() => string.Concat(Enumerable.Range(0, 1000).Select(depth => $"{new string(' ', depth)}a:\n"));
}
