namespace OnCall.Service.Access;

/// <summary>What an API key may be called: the name stands in the audit.</summary>
internal static class KeyName
{
    public const string Takes = "1 to 64 letters, digits, and . - _ @ ', with single blanks between words, for example Pat Lane or wallboard; admin-key is the one of the settings";

    public static bool IsOne(string? name) =>
        name is { Length: >= 1 and <= 64 } && name != AdminKeyUses.Name && name.IsNormalized() && name == string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        && name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@' or '\'' or ' ');
}
