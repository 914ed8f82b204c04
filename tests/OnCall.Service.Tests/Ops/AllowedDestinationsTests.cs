using OnCall.Service.Ops;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

public sealed class AllowedDestinationsTests
{
    [Theory]
    [InlineData("+441632960001", true)]
    [InlineData("+442079460001", true)]
    [InlineData("+443069990001", true)]
    [InlineData("+447700900001", true)]
    [InlineData("+447012", false)]
    [InlineData("+4476", false)]
    [InlineData("+448081570001", false)]
    [InlineData("+449098790001", false)]
    [InlineData("+12025550100", false)]
    [InlineData("999", false)]
    public void Allows_TheDefault_IsTheUkWithoutPersonalNumbersAndPagers(string number, bool allowed) =>
        AllowedDestinations.Uk.Allows(number).ShouldBe(allowed);

    [Fact]
    public void Allows_OfTwoPrefixesThatFit_TheLongerDecides()
    {
        var destinations = AllowedDestinations.Parse(["!+4477009001", "+44770090015", "+447"])!;

        destinations.Allows("+447700900001").ShouldBeTrue();
        destinations.Allows("+447700900101").ShouldBeFalse();
        destinations.Allows("+447700900150").ShouldBeTrue();
    }

    [Theory]
    [InlineData("447")]
    [InlineData("+44 7")]
    [InlineData("!")]
    [InlineData("+")]
    public void Parse_WhatIsNoPrefix_IsNull(string text) => AllowedDestinations.Parse(["+441", text]).ShouldBeNull();
}
