namespace OnCall.Service.Access;

/// <summary>What an API key may be called: the name stands in the audit.</summary>
internal static class KeyName
{
    public const string Takes = "1 to 64 letters, digits, and . - _ @, for example p.lane or wallboard; admin-key is the one of the settings";

    public static bool IsOne(string? name) =>
        name is { Length: >= 1 and <= 64 } && name != AdminKeyUses.Name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@');
}
