using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas;

public sealed class RotaBookTests
{
    private static readonly RotaBook Book = new(1, JsonDraft.Content("""
        {
          "advisers": [{ "id": "a", "name": "A", "phone": "+442079460110", "sms": "+447700900101" }],
          "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }],
          "desks": [{ "id": "d", "policy": "p" }],
          "lines": [{ "number": "+442079460101", "sms": "+447700900300", "name": "L", "greeting": "G", "default": "d" }],
          "forces": [
            { "id": "wide", "numbers": ["+44163296*"] }, { "id": "narrow", "numbers": ["+441632960*"] }, { "id": "one", "numbers": ["+441632960001"] }
          ]
        }
        """));

    [Theory]
    [InlineData("+441632961000", "wide")]
    [InlineData("+441632960000", "narrow")]
    [InlineData("+441632960001", "one")]
    [InlineData("+442079460000", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Force_Number_TheLongestPatternWins(string? number, string? force) => (Book.Force(number)?.Id).ShouldBe(force);

    [Theory]
    [InlineData("+442079460101", true)]
    [InlineData("+447700900300", true)]
    [InlineData("+447700900301", false)]
    public void LineOf_Number_IsFoundByEitherOfItsNumbers(string number, bool found) => (Book.LineOf(number) is not null).ShouldBe(found);

    [Theory]
    [InlineData("+442079460110", true)]
    [InlineData("+447700900101", true)]
    [InlineData("+447700900102", false)]
    public void IsOurs_Number_KnowsAdvisersForCallsAndForTexts(string number, bool ours) => Book.IsOurs(PhoneNumber.Parse(number)).ShouldBe(ours);
}
