using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OnCall.Simulator.Webhooks;

/// <summary>X-Twilio-Signature. Source: https://www.twilio.com/docs/usage/security#validating-requests.</summary>
internal static class Signature
{
    /// <summary>Base64 of HMAC-SHA1 over the address (without fragment), then each parameter's name and distinct values, names and values in ordinal order.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The algorithm is Twilio's.")]
    public static string Of(string token, string url, Parameters? form = null)
    {
        var signed = new StringBuilder(url.Split('#')[0]);
        var names = (form ?? []).Select(p => p.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            foreach (var value in form!.All(name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                signed.Append(name).Append(value);
            }
        }

        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed.ToString())));
    }
}
