using System.Collections.Immutable;
using System.Globalization;

namespace OnCall.Simulator.Webhooks;

/// <summary>
/// The connection overrides in an address's fragment: <c>#rc=2&amp;rp=ct,rt,5xx&amp;ct=1500&amp;rt=4000</c>.
/// Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
/// </summary>
/// <param name="Retries">Tries after the first, 0 to 5.</param>
/// <param name="On">The failures that are tried again: <c>4xx</c>, <c>5xx</c>, <c>ct</c> (not connected), <c>rt</c> (too slow).</param>
internal sealed record RetryRules(int Retries, ImmutableHashSet<string> On, TimeSpan Connect, TimeSpan Read, TimeSpan Total)
{
    public static RetryRules Default { get; } = new(1, ["ct"], TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));

    /// <summary>Reads the fragment of an address; what is not understood is told and ignored (11240 to 11243).</summary>
    public static RetryRules Of(string url, Action<int, string> warn)
    {
        var rules = Default;
        var fragment = url.Split('#', 2) is [_, var text] ? text : "";
        foreach (var pair in fragment.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, v) : (pair, "");
            rules = key switch
            {
                "rc" when Number(value, 0, 5) is { } n => rules with { Retries = n },
                "rp" when Policy(value) is { } on => rules with { On = on },
                "ct" when Number(value, 100, 10_000) is { } n => rules with { Connect = TimeSpan.FromMilliseconds(n) },
                "rt" when Number(value, 100, 15_000) is { } n => rules with { Read = TimeSpan.FromMilliseconds(n) },
                "tt" when Number(value, 100, 15_000) is { } n => rules with { Total = TimeSpan.FromMilliseconds(n) },
                "e" or "sni" => rules,
                _ => Odd(rules, pair, warn),
            };
        }

        return rules;
    }

    private static RetryRules Odd(RetryRules rules, string pair, Action<int, string> warn)
    {
        warn(11240, $"connection override not understood: {pair}");
        return rules;
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private static ImmutableHashSet<string>? Policy(string text)
    {
        ImmutableHashSet<string> all = ["4xx", "5xx", "ct", "rt"];
        var named = text.Split(',').ToImmutableHashSet();
        return named.SetEquals(["all"]) ? all : named.IsSubsetOf(all) ? named : null;
    }
}
