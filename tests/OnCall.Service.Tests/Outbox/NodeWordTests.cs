using OnCall.Service.Outbox;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class NodeWordTests
{
    [Theory]
    [InlineData("4821", null)]
    [InlineData("4821 rest-fails", true)]
    [InlineData("4821 rest-answers", false)]
    public void Read_WhatWasWritten_IsTheWord(string text, bool? restFails)
    {
        NodeWord.Read(text).ShouldBe(new NodeWord(4821, restFails));
        new NodeWord(4821, restFails).ToString().ShouldBe(text);
    }

    [Fact]
    public void Read_AWordOfALaterVersion_IsWork() => NodeWord.Read("4821 something-new").ShouldBe(new NodeWord(4821, null));

    [Theory]
    [InlineData("")]
    [InlineData("rest-fails")]
    public void Read_NoWordOfANode_IsNone(string text) => NodeWord.Read(text).ShouldBeNull();
}
