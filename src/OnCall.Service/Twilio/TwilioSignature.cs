using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OnCall.Service.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c> (twilio.com/docs/usage/security): the Base64 of HMAC-SHA1, keyed with the auth token, over the address as configured
/// and every form field, names in ordinal order, each name followed by its value.
/// </summary>
internal static partial class TwilioSignature
{
    /// <param name="url">As Twilio was told it, query string as sent, without the fragment.</param>
    /// <param name="tokens">Any of them may have signed.</param>
    public static bool IsValid(string url, TwilioForm form, string signature, IEnumerable<string> tokens) =>
        Decoded(signature) is { } given && Matches(url, Sorted(form), given, tokens);

    /// <summary>A body that is no form is not signed itself: its SHA-256 stands in the address, which is.</summary>
    public static bool IsValid(string url, ReadOnlySpan<byte> body, string signature, IEnumerable<string> tokens) =>
        Decoded(signature) is { } given
        && BodyHash().Match(url) is { Success: true } hash
        && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash.ValueSpan), SHA256.HashData(body))
        && Matches(url, "", given, tokens);

    /// <summary>A repeated name counts once for each different value, the values in ordinal order.</summary>
    private static string Sorted(TwilioForm form) => string.Concat(
        form.Fields.Select(field => (field.Key, field.Value)).Distinct()
            .OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal)
            .Select(field => field.Key + field.Value));

    /// <summary>Null = it is no signature, whatever it would be of.</summary>
    private static byte[]? Decoded(string signature)
    {
        var bytes = new byte[HMACSHA1.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length ? bytes : null;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio signs with HMAC-SHA1; it is not ours to choose.")]
    private static bool Matches(string url, string fields, ReadOnlySpan<byte> given, IEnumerable<string> tokens)
    {
        // Every combination is tried, whichever fits, so that the time tells nothing.
        var valid = false;
        foreach (var token in tokens)
        {
            foreach (var form in Forms(url))
            {
                var expected = HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(form + fields));
                valid |= CryptographicOperations.FixedTimeEquals(given, expected);
            }
        }

        return valid;
    }

    /// <summary>
    /// The forms in which Twilio's back ends sign one address: as given, without the port, with the scheme's own port; and each of them with an
    /// apostrophe percent-encoded. Nothing else is normalised: case, user name, double slashes stay.
    /// </summary>
    private static IEnumerable<string> Forms(string url)
    {
        var parts = Address().Match(url);
        var (before, after) = (parts.Groups["before"].Value, parts.Groups["after"].Value);
        var port = before.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        string[] forms = parts.Success ? [url, before + after, before + port + after] : [url];
        return forms.Concat(forms.Select(form => form.Replace("'", "%27", StringComparison.Ordinal))).Distinct();
    }

    [GeneratedRegex(@"^(?<before>https?://([^/?@]*@)?(\[[^\]]*\]|[^/?:]*))(:\d+)?(?<after>[/?].*)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("(?<=[?&]bodySHA256=)[0-9a-f]{64}(?=&|$)")]
    private static partial Regex BodyHash();
}
