using Shouldly;
using Xunit;

namespace OnCall.Core.Tests;

public sealed class SegmentsTests
{
    [Theory]
    [InlineData('a', 1, 1)]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('à', 160, 1)]
    [InlineData('ŵ', 70, 1)]
    [InlineData('â', 71, 2)]
    [InlineData('ô', 134, 2)]
    [InlineData('ŷ', 135, 3)]
    public void Of_SoManyOfALetter_IsWhatTwilioSends(char letter, int count, int segments) => Segments.Of(new string(letter, count)).ShouldBe(segments);

    [Fact]
    public void Of_Nothing_IsOne() => Segments.Of("").ShouldBe(1);

    [Fact]
    public void Of_OneCircumflex_MakesAllOfItUcs2() => Segments.Of(new string('a', 150) + "ŷ").ShouldBe(3);
}
