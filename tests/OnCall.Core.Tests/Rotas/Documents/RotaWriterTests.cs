using CsCheck;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Core.Tests.Duty;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

public sealed class RotaWriterTests
{
    [Theory]
    [InlineData("Europe/London", "2027-10-31T01:00Z")]
    [InlineData("Europe/London", "2027-03-28T01:00Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-03T15:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00Z")]
    [InlineData("Asia/Kathmandu", "2027-03-28T01:00Z")]
    public void Write_RandomBook_ReadsBackAsTheSame(string zone, string change) =>
        new RandomBooks(zone, GivenRota.Time(change)).Book.Sample(book => ReadBack(book.Content).ShouldBe(book.Content), iter: 100);

    [Fact]
    public void Write_EverySection_ReadsBackAsTheSame()
    {
        var content = JsonDraft.Content(Everything);

        ReadBack(content).ShouldBe(content);
        BookChanges.Between(content, ReadBack(content)).ShouldBeEmpty();
    }

    [Fact]
    public void Write_StretchThatTheClocksSkip_ReadsBackAsTheSame()
    {
        var content = GivenRota.In("Europe/London", """
            { "name": "list", "shifts": [{ "start": "2027-03-28T01:15", "end": "2027-03-28T01:45", "adviser": "b" }] }
            """).Book.Content;

        ReadBack(content).ShouldBe(content);
    }

    [Theory]
    [InlineData("2027-10-31T01:30+01:00", "2027-10-31T01:30")]
    [InlineData("2027-10-31T01:30+00:00", "2027-10-31T01:30Z")]
    [InlineData("2027-06-01T12:00Z", "2027-06-01T13:00")]
    [InlineData("2027-05-31T23:00Z", "2027-06-01")]
    public void Write_Instant_AnOffsetOnlyWhereTheLocalFormWouldMeanAnotherInstant(string instant, string written) =>
        WrittenTimeOf(GivenRota.Time(instant)).ShouldBe(written);

    [Theory]
    [InlineData("""{ "adviser": "a", "start": "2200-12-30", "through": "2200-12-31" }""")]
    [InlineData("""{ "adviser": "a", "start": "2200-12-30", "end": "2200-12-31T23:30-05:00" }""")]
    [InlineData("""{ "adviser": "a", "start": "1990-01-01T00:30+05:00" }""")]
    public void Write_TimesThatLieBeyondTheYearsInTheZone_ReadsBackAsTheSame(string absence)
    {
        var content = JsonDraft.Content($$"""{ "timeZone": "Europe/London", "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }], "absences": [{{absence}}] }""");

        ReadBack(content).ShouldBe(content);
    }

    [Fact]
    public void Write_RotationFromTheSecondOfTwo_KeepsItsOffset()
    {
        var content = GivenRota.In("Europe/London", GivenRota.Rotation("2027-10-31T01:30+00:00", "P1D", "a")).Book.Content;

        ((Rotation)content.Rotas[0].Layers[0].Duty).StartOffset.ShouldBe(Offset.Zero);
        ReadBack(content).ShouldBe(content);
    }

    private static string WrittenTimeOf(Instant instant)
    {
        var written = RotaWriter.Write(new Absence(null, "a", instant, null, null), DateTimeZoneProviders.Tzdb["Europe/London"]);
        return ((DraftNode.Scalar)written.Entries.Single(entry => entry.Key == "start").Value).Text;
    }

    private static BookContent ReadBack(BookContent content)
    {
        var check = RotaCheck.Check([new Draft(null, RotaWriter.Write(content))], BookContent.Empty, prune: true);
        check.Problems.ShouldBeEmpty();
        return check.Content!;
    }

    private const string Everything = """
        {
          "timeZone": "Europe/London",
          "advisers": [
            { "id": "a.khan", "name": "Ash", "phone": "+447700900101", "sms": null, "email": "a@example.org", "languages": ["en", "cy"], "from": "2026-01-01", "until": "2027-03-31" },
            { "id": "b", "name": "B", "phone": "+442079460102", "sms": "+447700900102" }
          ],
          "coordinators": [{ "id": "p", "name": "P", "phone": "+447700900150", "desks": ["d"] }],
          "desks": [{ "id": "d", "name": "Desk", "policy": "p" }],
          "rotas": [{ "id": "r", "name": "R", "timeZone": "Europe/Dublin", "cover": 2,
            "layers": [
              { "name": "turns", "from": "2026-02-01", "until": "2026-09-01T12:30", "only": [{ "days": ["Sun", "Mon"], "from": "18:00", "to": "08:00" }],
                "rotation": { "start": "2026-01-05T09:00", "turn": "PT12H30M", "advisers": ["a.khan", "b"] } },
              { "name": "pattern", "pattern": { "start": "2026-01-05", "shifts": { "N": "19:00-07:00", "D": "07:00-19:00" }, "cycle": ["D", "N", "off"],
                "teams": [{ "advisers": ["b"], "offset": -4 }] } },
              { "name": "list", "shifts": [{ "start": "2026-12-25T09:00", "end": "2026-12-26", "adviser": "b" }] }
            ],
            "overrides": [
              { "id": "17", "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b", "replaces": "a.khan", "reason": "court" },
              { "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b", "adds": true },
              { "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b" }
            ] }],
          "absences": [{ "id": "x", "adviser": "b", "start": "2026-08-01", "through": "2026-08-14", "reason": "leave" }, { "adviser": "b", "start": "2026-10-25T01:30Z" }],
          "policies": [{ "id": "p", "steps": [{ "notify": ["rota:r", "adviser:b", "force-contact"], "ring": "PT20S", "wait": "PT1H1M1S" }], "rounds": 3, "then": "voicemail", "chase": ["PT1M"] }],
          "lines": [{ "number": "+442079460101", "sms": "+447700900300", "name": "L", "greeting": "Hello.", "language": "cy", "default": "d",
            "menu": [{ "key": "1", "desk": "d", "say": "one", "priority": "urgent", "policy": "p" }, { "key": "2", "desk": "d", "say": "two" }] }],
          "forces": [{ "id": "essex", "name": "Essex Police", "nation": "england", "region": "eastern", "numbers": ["+441632960*", "+441134960000"], "contact": "rota:r", "shared": ["+441632960000"], "language": "cy" },
            { "id": "kent", "language": "en" }, { "id": "surrey" }],
          "topics": ["extradition", "other"],
          "blocked": [{ "number": "+447700900666", "until": "2027-01-01T00:00", "reason": "calls" }]
        }
        """;
}
