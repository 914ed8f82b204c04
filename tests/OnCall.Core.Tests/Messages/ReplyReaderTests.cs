using OnCall.Core.Messages;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Messages;

/// <summary>What people really type.</summary>
public sealed class ReplyReaderTests
{
    private static readonly ReplyReader Reader = new(
        [new Desk("extradition", "Extradition and arrest", "standard"), new Desk("records", "Foreign records", "standard")], ["extradition", "records", "other"]);

    public static TheoryData<string, Reply> Rows => new()
    {
        { "1", new Reply.Take() },
        { " 1. ", new Reply.Take() },
        { "\u201C1\u201D", new Reply.Take() },
        { "'1'", new Reply.Take() },
        { "Take", new Reply.Take() },
        { "TAKE IT", new Reply.Take() },
        { "Yes 1", new Reply.Take() },
        { "1 please", new Reply.Take() },
        { "1\nSent from my iPhone", new Reply.Take() },
        { "1 Sent from my phone", new Reply.Take() },
        { "1\n\n--\nAlex Ash\nEssex", new Reply.Take() },
        { "1\u00A0", new Reply.Take() },
        { "#4821 1", new Reply.Take("4821") },
        { "4821: take", new Reply.Take("4821") },
        { "1 4821", new Reply.Take("4821") },
        { "take #4821", new Reply.Take("4821") },
        { "ok 4821 1", new Reply.Take("4821") },
        { "2", new Reply.Pass() },
        { "pass", new Reply.Pass() },
        { "PASS 4821", new Reply.Pass("4821") },
        { "Pass Records", new Reply.Pass(null, "records") },
        { "pass to foreign records", new Reply.Pass(null, "records") },
        { "4821 pass records", new Reply.Pass("4821", "records") },
        { "pass 4821 records", new Reply.Pass("4821", "records") },
        { "PASS records 4821", new Reply.Pass("4821", "records") },
        { "pass to foreign records #4821", new Reply.Pass("4821", "records") },
        { "pass the form on page 4821", new Reply.Words(null, "pass the form on page 4821") },
        { "pass recrods", new Reply.Pass(null, "recrods") },
        { "pass him the form please sir", new Reply.Words(null, "pass him the form please sir") },
        { "call", new Reply.Call() },
        { "CALL ME", new Reply.Call() },
        { "4821 Call.", new Reply.Call("4821") },
        { "call the consulate first", new Reply.Words(null, "call the consulate first") },
        { "who", new Reply.Who() },
        { "Who?", new Reply.Who() },
        { "WHO records", new Reply.Who("records") },
        { "who is the custody sergeant", new Reply.Words(null, "who is the custody sergeant") },
        { "duty", new Reply.Duty() },
        { "sick", new Reply.Sick() },
        { "sick people need a doctor", new Reply.Words(null, "sick people need a doctor") },
        { "Back", new Reply.Back() },
        { "back in five minutes", new Reply.Words(null, "back in five minutes") },
        { "?", new Reply.Help() },
        { "NEW how do I trace a car", new Reply.Ask("how do I trace a car") },
        { "New: how", new Reply.Ask("how") },
        { "new form attached", new Reply.Words(null, "new form attached") },
        { "done 4821 Extradition form sent", new Reply.Done("4821", "Extradition form sent") },
        { "4821 DONE records", new Reply.Done("4821", "records") },
        { "\u201CDone #4821 other\u201D", new Reply.Done("4821", "other") },
        { "done", new Reply.Done(null, "") },
        { "Done records all well", new Reply.Done(null, "records all well") },
        { "done that already", new Reply.Words(null, "done that already") },
        { "4821 on my way", new Reply.Words("4821", "on my way") },
        { "#4821: on my way", new Reply.Words("4821", "on my way") },
        { "1 man was arrested", new Reply.Words(null, "1 man was arrested") },
        { "1234", new Reply.Words(null, "1234") },
        { "", new Reply.Words(null, "") },
        { "STOP", new Reply.Carriers() },
        { " start ", new Reply.Carriers() },
        { "Yes", new Reply.Words(null, "Yes") },
        { "yes.", new Reply.Words(null, "yes.") },
        { "HELP", new Reply.Carriers() },
        { "stop the lorry", new Reply.Words(null, "stop the lorry") },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Read_WhatPeopleType_IsUnderstood(string text, Reply reply) => Reader.Read(text).ShouldBe(reply);

    [Theory]
    [InlineData("CALL ME", true)]
    [InlineData("\u201CCall me back, please.\u201D\nSent from my iPhone", true)]
    [InlineData("#4821 call me now", true)]
    [InlineData("records call me", true)]
    [InlineData("2 ring me", true)]
    [InlineData("callme", true)]
    [InlineData("call me when the warrant is signed", false)]
    [InlineData("they call me names", false)]
    [InlineData("call", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void AsksForCall_WhatOfficersType_IsUnderstood(string? text, bool asks) => Reader.AsksForCall(text).ShouldBe(asks);
}
