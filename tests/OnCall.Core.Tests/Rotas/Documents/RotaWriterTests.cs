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
        var content = JsonDraft.Content(EveryKey.Document);

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
}
