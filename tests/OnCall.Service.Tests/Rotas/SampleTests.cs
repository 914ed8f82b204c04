using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

public sealed class SampleTests
{
    private static readonly RotaBook Book = new(1, Sample.Content());

    [Fact]
    public void Check_TheSample_HasNeitherErrorsNorWarnings()
    {
        var check = Sample.Check();

        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldBeEmpty();
        DutyWarnings.Of(Book, Instant.FromUtc(2026, 1, 1, 0, 0)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2026, 1, 20)]
    [InlineData(2026, 8, 1)]
    [InlineData(2027, 2, 1)]
    [InlineData(2031, 9, 1)]
    public void Check_TheSampleAtAnyTime_HasNothingThatIsProbablyNotMeant(int year, int month, int day) =>
        DutyCheck.Of(Book, Instant.FromUtc(year, month, day, 0, 0)).Select(finding => finding.Sentence).ShouldBeEmpty();

    [Theory]
    [InlineData(2026)]
    [InlineData(2027)]
    [InlineData(2031)]
    public void Between_AnyYear_NoRotaOfTheSampleHasAGap(int year)
    {
        var (from, to) = (Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0));

        Book.Content.Rotas.Where(rota => DutyTimeline.Between(Book, rota, from, to).Gaps.Count > 0).Select(rota => rota.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Between_March2027_IsTheMonthThatWasCheckedIn() => Month.Of(Book, 2027, 3).ShouldBe(Month.CheckedIn("iccc", 2027, 3));
}
