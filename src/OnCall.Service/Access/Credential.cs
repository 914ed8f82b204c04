using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.Net.Http.Headers;

namespace OnCall.Service.Access;

/// <summary><c>Authorization: Bearer …</c> carries an API key, or the token of an OpenID provider; its form says which.</summary>
internal static class Credential
{
    /// <summary>The scheme that hands a request to that of its key or token.</summary>
    public const string Scheme = "Credential";

    private const string Prefix = "Bearer ";

    /// <summary>What stands behind <c>Bearer</c>; null = nothing of the kind was sent.</summary>
    public static string? In(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }

    /// <summary>The scheme of the issuer that a token claims to be from; a token of an unknown one is a wrong key like any other.</summary>
    public static string SchemeOf(HttpRequest request, IReadOnlyList<TokenIssuer> issuers) =>
        issuers.Count > 0 && In(request) is { } credential && IssuerOf(credential) is { } issuer
            ? issuers.FirstOrDefault(known => known.Issuer == issuer.TrimEnd('/'))?.Scheme ?? ApiKeyScheme.Name
            : ApiKeyScheme.Name;

    private static string? IssuerOf(string credential)
    {
        // Three parts: an API key has no dots, and an encrypted token has five.
        if (credential.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            return new JsonWebToken(credential).Issuer;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }
}
