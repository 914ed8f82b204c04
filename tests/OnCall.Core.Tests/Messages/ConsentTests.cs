using OnCall.Core.Messages;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Messages;

public sealed class ConsentTests
{
    [Theory]
    [InlineData(" stop ", false)]
    [InlineData("CANCEL", false)]
    [InlineData("Start", true)]
    [InlineData("yes", true)]
    [InlineData("help", null)]
    [InlineData("stop it", null)]
    [InlineData("yes 1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Read_AWholeText_SaysWhetherThePhoneTakesTexts(string? text, bool? wants) => Consent.Read(text).ShouldBe(wants);
}
