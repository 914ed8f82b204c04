using System.Text.RegularExpressions;

namespace OnCall.Core.Messages;

/// <summary>Links in texts: nobody can see where they lead, and a picture may lie behind them. They are left out, and the words go on.</summary>
public static partial class Links
{
    /// <summary>A text without its links.</summary>
    /// <param name="leftOut">What stands in the place of each.</param>
    /// <returns>The words, empty where nothing but links was written; and whether there were any.</returns>
    public static (string Words, bool Had) Without(string text, string leftOut)
    {
        var had = Link().IsMatch(text);
        return !had ? (text, false) : string.IsNullOrWhiteSpace(Link().Replace(text, "")) ? ("", true) : (Link().Replace(text, leftOut), true);
    }

    [GeneratedRegex(@"(?<![\w@.])(?:https?://|www\.)[^\s""<>]*[^\s""<>.,;:!?)]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
