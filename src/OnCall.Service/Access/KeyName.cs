namespace OnCall.Service.Access;

/// <summary>What an API key may be called: the name stands in the audit.</summary>
internal static class KeyName
{
    public const string Takes =
        "1 to 64 Latin letters, digits, and . - _ @ ', with single blanks between words, for example Pat Lane or wallboard; admin-key is the one of the settings, and \"adviser …\" is who texts";

    /// <summary>Up to it letters are Latin: those of other scripts may look like them.</summary>
    private const char LastLatin = '\u024F';

    public static bool IsOne(string? name) =>
        name is { Length: >= 1 and <= 64 } && name != AdminKeyUses.Name && !name.StartsWith("adviser ", StringComparison.OrdinalIgnoreCase) && name.IsNormalized() && name == string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        && name.All(letter => (char.IsLetterOrDigit(letter) && letter <= LastLatin) || letter is '.' or '-' or '_' or '@' or '\'' or ' ');
}
