using System.Security.Claims;
using System.Text.Json;
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

    /// <summary>Null = the token says nothing of desks. One that has the claim, and nothing in it, is limited to nothing; so is one that has no room for it, and says where it is to be asked for.</summary>
    private static List<string>? DesksIn(JsonWebToken token, string? claim) => claim is null || !(token.TryGetPayloadValue<object>(claim, out _) || IsElsewhere(token, claim))
        ? null
        : [.. Values(token, claim).SelectMany(value => value.Split(Between, StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>As Entra ID does where somebody is in more than 200 groups (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim; OpenID Connect Core 1.0, 5.6.2).</summary>
    private static bool IsElsewhere(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<JsonElement>("_claim_names", out var names) && names.ValueKind == JsonValueKind.Object && names.TryGetProperty(claim, out _);

    /// <summary>A list is one claim for each of its items.</summary>
    private static IEnumerable<string> Values(JsonWebToken token, string claim) => token.Claims.Where(one => one.Type == claim).Select(one => one.Value);

    private static string? Text(JsonWebToken token, string claim) =>
        Values(token, claim).FirstOrDefault() is { Length: > 0 and <= Longest } text && !text.Any(char.IsControl) ? text : null;
}
