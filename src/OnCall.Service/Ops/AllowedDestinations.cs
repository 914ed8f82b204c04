namespace OnCall.Service.Ops;

/// <summary>
/// The prefixes that may be called or texted, by anybody, for anything. The longest prefix that fits a number decides:
/// with <c>+447, !+4470</c> a mobile may be called and a personal number (070) may not. What no prefix fits may not.
/// </summary>
internal sealed class AllowedDestinations
{
    private readonly List<(string Prefix, bool Allowed)> _longestFirst;

    private AllowedDestinations(IEnumerable<(string Prefix, bool Allowed)> rules) =>
        _longestFirst = [.. rules.OrderByDescending(rule => rule.Prefix.Length)];

    /// <summary>The United Kingdom's 01, 02, 03 and 07, but neither 070 (personal numbers) nor 076 (pagers): those cost what their owner asks.</summary>
    public static AllowedDestinations Uk { get; } = Parse(["+441", "+442", "+443", "+447", "!+4470", "!+4476"])!;

    /// <summary>Reads <c>OnCall:AllowedDestinations</c>.</summary>
    public static AllowedDestinations Read(SettingsReader settings) => settings.List(
        "OnCall:AllowedDestinations",
        "prefixes of numbers, each + and digits, with ! before one that is left out, for example +441, +447, !+4470",
        Parse,
        Uk);

    /// <summary>Reads prefixes, each <c>+</c> and digits, with <c>!</c> before one that is left out; null if one of them is something else.</summary>
    public static AllowedDestinations? Parse(IReadOnlyList<string> prefixes)
    {
        var rules = prefixes.Select(text => text.StartsWith('!') ? (Prefix: text[1..], Allowed: false) : (Prefix: text, Allowed: true)).ToList();
        return rules.TrueForAll(rule => IsPrefix(rule.Prefix)) ? new AllowedDestinations(rules) : null;
    }

    /// <param name="number">In E.164 form.</param>
    public bool Allows(string number) =>
        _longestFirst.Find(rule => number.StartsWith(rule.Prefix, StringComparison.Ordinal)).Allowed;

    private static bool IsPrefix(string text) =>
        text.Length is >= 2 and <= 16 && text[0] == '+' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
