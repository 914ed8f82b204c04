using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class TwilioFormTests
{
    [Fact]
    public void Parse_NamesThatDifferInCase_StayApart()
    {
        var form = TwilioForm.Parse("CallSid=one&callsid=two")!;

        form["CallSid"].ShouldBe("one");
        form["callsid"].ShouldBe("two");
        form["CALLSID"].ShouldBeNull();
    }

    [Fact]
    public void Parse_ARepeatedName_KeepsEveryValueInOrder()
    {
        var form = TwilioForm.Parse("a=2&a=1&a=2")!;

        form["a"].ShouldBe("2");
        form.Fields.Select(field => field.Value).ShouldBe(["2", "1", "2"]);
    }

    [Fact]
    public void Parse_EncodedText_IsDecodedAndNotTrimmed() =>
        TwilioForm.Parse("Body=+caf%C3%A9+%26+more+&Digits=")!.Fields.ShouldBe([new("Body", " café & more "), new("Digits", "")]);

    [Fact]
    public void Parse_ANameLongerThanAnyFields_IsNull() => TwilioForm.Parse(new string('a', 5000)).ShouldBeNull();
}
