using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace OnCall.Service.Access;

/// <summary>Whom a token that was found good speaks of.</summary>
internal static class TokenCaller
{
    private const int Longest = 200;

    private static readonly char[] Between = [' ', ','];

    /// <summary>The caller; null = the token names nobody.</summary>
    public static ClaimsPrincipal? Of(TokenIssuer issuer, JsonWebToken token)
    {
        if (Text(token, issuer.SubjectClaim) is not { } subject)
        {
            return null;
        }

        var role = Roles.Highest(Values(token, issuer.RolesClaim).Select(value => issuer.RoleOf.GetValueOrDefault(value)));
        return Caller.Of(issuer.Scheme, $"{issuer.Issuer} {subject}", role, DesksIn(token, issuer.DesksClaim), Text(token, issuer.NameClaim));
    }

    /// <summary>Null = the token says nothing of desks. One that has the claim, and nothing in it, is limited to nothing.</summary>
    private static List<string>? DesksIn(JsonWebToken token, string? claim) => claim is null || !token.TryGetPayloadValue<object>(claim, out _)
        ? null
        : [.. Values(token, claim).SelectMany(value => value.Split(Between, StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A list is one claim for each of its items.</summary>
    private static IEnumerable<string> Values(JsonWebToken token, string claim) => token.Claims.Where(one => one.Type == claim).Select(one => one.Value);

    private static string? Text(JsonWebToken token, string claim) =>
        Values(token, claim).FirstOrDefault() is { Length: > 0 and <= Longest } text && !text.Any(char.IsControl) ? text : null;
}
