using OnCall.Core.People;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.People;

public sealed class CallerIdTests
{
    [Fact]
    public void Read_ANumber_IsTheNumber() => CallerId.Read("+447700900201").ShouldBe(PhoneNumber.Parse("+447700900201"));

    /// <summary>The last five are words on the keypad: anonymous, restricted, unavailable, unknown, blocked.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anonymous")]
    [InlineData("Restricted")]
    [InlineData("+266696687")]
    [InlineData("+7378742833")]
    [InlineData("+86282452253")]
    [InlineData("+8656696")]
    [InlineData("+2562533")]
    public void Read_WithheldNumber_IsNull(string? shown) => CallerId.Read(shown).ShouldBeNull();
}
