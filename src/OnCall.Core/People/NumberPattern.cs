using System.Diagnostics.CodeAnalysis;

namespace OnCall.Core.People;

/// <summary>One number in E.164 form, or all numbers that begin alike: <c>+441632960*</c>.</summary>
public sealed record NumberPattern
{
    private NumberPattern(string digits, bool isPrefix) => (Digits, IsPrefix) = (digits, isPrefix);

    /// <summary>The number, or its beginning, with the <c>+</c> and without the <c>*</c>.</summary>
    public string Digits { get; }

    /// <summary>Whether every number that begins with <see cref="Digits"/> is meant.</summary>
    public bool IsPrefix { get; }

    /// <summary>Reads a number in E.164 form, or <c>+</c>, 1 to 14 digits and <c>*</c>.</summary>
    /// <param name="problem">Why not, as the end of a sentence that begins with the field's name.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NumberPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (text is not ['+', .. var digits, '*'])
        {
            if (PhoneNumber.TryParse(text, out var number, out problem))
            {
                pattern = new NumberPattern(number.Value, isPrefix: false);
            }
        }
        else if (digits.Length is 0 or > 14 || digits[0] == '0' || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            problem = "must be a number, or the beginning of one and a *, for example +441632960*";
        }
        else
        {
            problem = null;
            pattern = new NumberPattern(text[..^1], isPrefix: true);
        }

        return pattern is not null;
    }

    public override string ToString() => IsPrefix ? Digits + "*" : Digits;
}
