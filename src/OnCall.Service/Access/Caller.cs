using System.Security.Claims;
using OnCall.Core;
using OnCall.Core.Schedule;

namespace OnCall.Service.Access;

/// <summary>What is known of a caller once the key or the token was found good: a name that stands in the audit, a role, the desks to which changes are limited.</summary>
internal static class Caller
{
    private const string Desks = "desks";
    private const string ShownName = "shown-name";

    /// <param name="name">Never another one for the same key or person.</param>
    /// <param name="role">One of <see cref="Roles.All"/>; null = none, and nothing may be asked.</param>
    /// <param name="desks">Null = all of them. Only a coordinator is limited.</param>
    /// <param name="shownName">What people call them; null = the same as the name.</param>
    public static ClaimsPrincipal Of(string scheme, string name, string? role, IEnumerable<string>? desks, string? shownName = null)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, name) };
        if (role is not null)
        {
            claims.Add(new Claim(ClaimTypes.Role, role));
        }

        if (desks is not null && role == Roles.Coordinator)
        {
            claims.Add(new Claim(Desks, string.Join(' ', desks)));
        }

        if (shownName is not null)
        {
            claims.Add(new Claim(ShownName, shownName));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>What people call a caller.</summary>
    public static string ShownNameOf(ClaimsPrincipal caller) => caller.FindFirst(ShownName)?.Value ?? caller.Identity?.Name ?? "unknown";

    /// <summary>What a caller's changes are limited to; null = they are not limited.</summary>
    public static Remit? RemitOf(ClaimsPrincipal caller) =>
        caller.FindFirst(Desks) is { Value: var desks } ? new Remit(desks.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToValueList()) : null;
}
