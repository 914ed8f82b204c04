using System.Diagnostics.CodeAnalysis;

namespace OnCall.Core.People;

/// <summary>A telephone number in E.164 form: <c>+</c>, then 7 to 15 digits, the first of them not 0 (ITU-T E.164, 2010, §6).</summary>
/// <remarks>
/// Only the form is judged here. Whether the number may be called at all is the gate's business, and what kind it is
/// (<see cref="IsUkMobile"/>) follows from its prefix: libraries that judge validity refuse the ranges set aside for tests.
/// </remarks>
public sealed record PhoneNumber
{
    private PhoneNumber(string value) => Value = value;

    /// <summary>The E.164 form, for example <c>+447700900101</c>.</summary>
    public string Value { get; }

    /// <summary>A UK mobile: it starts with +447, but not with 070 (personal numbers) or 076 (pagers, but for 07624, the Isle of Man's mobiles).</summary>
    public bool IsUkMobile =>
        Value.StartsWith("+447", StringComparison.Ordinal)
        && !Value.StartsWith("+4470", StringComparison.Ordinal)
        && (!Value.StartsWith("+4476", StringComparison.Ordinal) || Value.StartsWith("+447624", StringComparison.Ordinal));

    /// <summary>Whether texts can reach it. UK carriers read a text to a landline out as a call, so only mobiles, and numbers abroad, count.</summary>
    public bool CanBeTexted => !Value.StartsWith("+44", StringComparison.Ordinal) || IsUkMobile;

    /// <summary>Reads the E.164 form exactly: no spaces, no brackets.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="number">The number, where the answer is true.</param>
    /// <param name="problem">Why not, as the end of a sentence that begins with the field's name, where the answer is false.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number, [NotNullWhen(false)] out string? problem)
    {
        number = null;
        problem = null;
        if (string.IsNullOrEmpty(text))
        {
            problem = "is empty; write the number with + and the country code, for example +447700900101";
        }
        else if (text[0] != '+')
        {
            problem = "must begin with + and the country code, for example +447700900101";
        }
        else if (text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            problem = "must hold nothing but digits after the +, for example +447700900101";
        }
        else if (text.Length is < 8 or > 16 || text[1] == '0')
        {
            problem = "must have 7 to 15 digits after the +, the first of them not 0, for example +447700900101";
        }
        else
        {
            number = new PhoneNumber(text);
        }

        return number is not null;
    }

    /// <summary>Reads the E.164 form.</summary>
    /// <exception cref="FormatException">The text is not in that form.</exception>
    public static PhoneNumber Parse(string text) =>
        TryParse(text, out var number, out var problem) ? number : throw new FormatException($"The telephone number {problem}.");

    public override string ToString() => Value;
}
