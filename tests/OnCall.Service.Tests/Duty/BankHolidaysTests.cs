using NodaTime;
using OnCall.Service.Duty;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Duty;

public sealed class BankHolidaysTests
{
    private static readonly BankHolidays Days = BankHolidays.Load();

    [Theory]
    [InlineData(2026, 6, 15, "World Cup bank holiday (Scotland)")]
    [InlineData(2026, 11, 30, "St Andrew’s Day (Scotland)")]
    [InlineData(2026, 12, 25, "Christmas Day")]
    [InlineData(2026, 12, 26, "Boxing Day, no bank holiday")]
    [InlineData(2026, 12, 28, "Boxing Day, substitute day")]
    [InlineData(2027, 3, 29, "Easter Monday (England and Wales, Northern Ireland)")]
    public void Of_AYear_NamesTheDayAndWhereItIsOne(int year, int month, int day, string name) =>
        Days.Of(year).Where(holiday => holiday.Day == new LocalDate(year, month, day)).Select(holiday => holiday.Name).ShouldBe([name]);

    [Fact]
    public void Of_AYearThatIsNotKnown_IsEmpty() => Days.Of(2031).ShouldBeEmpty();

    [Fact]
    public void Years_OfTheData_AreFiveYears() => Days.Years.ShouldBe((2024, 2028));
}
