using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;
using OnCall.Service.Rotas.Shifts;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>The small rotas of <c>rota-samples/</c>, each of one pattern that people work.</summary>
public sealed class SmallSampleTests
{
    public static TheoryData<string> Names => ["weekly", "day-and-night", "weeknights-and-weekends", "five-teams", "duty-manager", "christmas"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_Sample_HasNeitherErrorsNorWarnings(string name)
    {
        var check = RotaCheck.Check([Draft(name)], BookContent.Empty, prune: true);

        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldBeEmpty();
        DutyWarnings.Of(Book(name), Instant.FromUtc(2026, 1, 5, 0, 0)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_SampleAtAnyTime_HasNothingThatIsProbablyNotMeant(string name)
    {
        var book = Book(name);

        foreach (var now in new[] { Instant.FromUtc(2026, 3, 2, 0, 0), Instant.FromUtc(2026, 11, 26, 0, 0), Instant.FromUtc(2027, 8, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0) })
        {
            DutyCheck.Of(book, now).Select(finding => finding.Sentence).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Between_FiveYears_NoSampleHasAGap(string name)
    {
        var book = Book(name);
        var (from, to) = (Instant.FromUtc(2026, 1, 6, 0, 0), Instant.FromUtc(2031, 1, 6, 0, 0));

        book.Content.Rotas.Where(rota => DutyTimeline.Between(book, rota, from, to).Gaps.Count > 0).Select(rota => rota.Id).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Between_March2027_IsTheMonthThatWasCheckedIn(string name) => Month.Of(Book(name), 2027, 3).ShouldBe(Month.CheckedIn(name, 2027, 3));

    [Fact]
    public void Between_December2026_IsTheChristmasThatWasCheckedIn()
    {
        var weeks = Book("christmas").Content;
        var list = ShiftFile.Read(File.ReadAllBytes(PathOf("christmas.csv")), ShiftForm.Csv, "christmas.csv", Instant.FromUtc(2026, 11, 25, 9, 0));

        var check = RotaCheck.Check([ShiftDraft.Of(list, "christmas", "christmas", weeks)], weeks, prune: false);

        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldBeEmpty();
        DutyCheck.Of(new RotaBook(2, check.Content!), Instant.FromUtc(2026, 12, 1, 0, 0)).Select(finding => finding.Sentence).ShouldBeEmpty();
        Month.Of(new RotaBook(2, check.Content!), 2026, 12).ShouldBe(Month.CheckedIn("christmas", 2026, 12));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_BeginWithWhatTheyShow(string name)
    {
        var lines = File.ReadAllLines(PathOf($"{name}.yaml"));

        lines.TakeWhile(line => line.StartsWith('#')).Count().ShouldBeGreaterThan(5);
        lines.ShouldContain(line => line.Contains($"oncall check rota-samples/{name}.yaml"));
    }

    [Fact]
    public void Samples_OfTheFolder_AreAllTested() =>
        Directory.GetFiles(PathOf(""), "*.yaml").Select(Path.GetFileNameWithoutExtension).ShouldBe([.. Names.Select(row => row.Data), "iccc"], ignoreOrder: true);

    private static RotaBook Book(string name) => new(1, RotaCheck.Check([Draft(name)], BookContent.Empty, prune: true).Content.ShouldNotBeNull());

    private static Draft Draft(string name) => RotaDocument.Read(File.ReadAllBytes(PathOf($"{name}.yaml")), DocumentForm.Yaml);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "rota-samples", file);
}
