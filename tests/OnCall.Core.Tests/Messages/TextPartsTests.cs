using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Messages;

public sealed class TextPartsTests
{
    private const string Before = "48213 officer: ";

    [Fact]
    public void Of_ShortWords_GoWhole() => Parts(new string('w', Word.PartLength)).ShouldHaveSingleItem().ShouldBe(Before + new string('w', Word.PartLength));

    [Theory]
    [InlineData(1600, 2)]
    [InlineData(3100, 3)]
    public void Of_LongWords_AreCutBetweenWordsAndNothingIsLost(int length, int parts)
    {
        var words = string.Join(' ', Enumerable.Range(1000, length)).Remove(length - 1) + "x";

        var texts = Parts(words);

        texts.Count.ShouldBe(parts);
        texts.ShouldAllBe(text => text.Length <= 1600);
        texts[0].ShouldStartWith($"{Before}(1/{parts}) 1000 1001 ");
        string.Join(' ', texts.Select((text, place) => text[$"{Before}({place + 1}/{parts}) ".Length..])).ShouldBe(words);
    }

    [Fact]
    public void Of_OneLongWordOfPairs_IsCutBetweenThem()
    {
        var words = string.Concat(Enumerable.Repeat("\U0001F600", 800));

        string.Concat(Parts(words).Select(text => text[text.IndexOf(") ", StringComparison.Ordinal)..][2..])).ShouldBe(words);
    }

    private static List<string> Parts(string words)
    {
        var parts = new Word("SM1", null, words.Length).Parts;
        return [.. Enumerable.Range(1, parts).Select(part => TextParts.Of(words, part, parts, Before))];
    }
}
