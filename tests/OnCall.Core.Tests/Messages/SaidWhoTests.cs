using OnCall.Core.Messages;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Messages;

public sealed class SaidWhoTests
{
    private static readonly Force[] Forces = [Force("essex", "Essex Police"), Force("yorks", "Yorkshire Police"), Force("n-yorks", "North Yorkshire Police"), Force("gwent", "Heddlu Gwent")];

    [Theory]
    [InlineData("1 Essex Police", "1", "essex")]
    [InlineData("essex 1", "1", "essex")]
    [InlineData("Key 2, North Yorkshire.", "2", "n-yorks")]
    [InlineData("9\nYORKSHIRE", "9", "yorks")]
    [InlineData("(1) heddlu gwent", "1", "gwent")]
    [InlineData("n-yorks", null, "n-yorks")]
    [InlineData("2", "2", null)]
    [InlineData("12 Essexshire", null, null)]
    [InlineData("who is this?", null, null)]
    [InlineData("", null, null)]
    public void Read_WhatPeopleType_FindsKeyAndForce(string words, string? key, string? force)
    {
        var said = SaidWho.Read(words, DeskBook.TwoDesks, Forces);

        (said.Entry?.Key, said.Force?.Id).ShouldBe((key, force));
    }

    private static Force Force(string id, string name) => new(id, name, null, null, [], null, [], null);
}
