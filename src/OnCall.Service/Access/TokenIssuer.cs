using OnCall.Service.Ops;

namespace OnCall.Service.Access;

/// <summary>An OpenID provider whose bearer tokens are taken: one entry of the section <c>OnCall:Oidc</c>.</summary>
/// <param name="Scheme">The name of its authentication scheme, and of its section.</param>
/// <param name="Authority"><c>:Authority</c>: the address below which <c>/.well-known/openid-configuration</c> lies; https, but for a loopback host. Required.</param>
/// <param name="Issuer"><c>:Issuer</c>: what tokens have as <c>iss</c>, a slash at its end aside. Default: the authority.</param>
/// <param name="Audiences"><c>:Audience</c>: one or several, with commas; a token must be for one of them. Required.</param>
/// <param name="RoleOf"><c>:Roles:ROLE</c>: which values of the roles' claim stand for which role; here by value. At least one.</param>
internal sealed record TokenIssuer(string Scheme, string Authority, string Issuer, IReadOnlyList<string> Audiences, IReadOnlyDictionary<string, string> RoleOf)
{
    private const string Section = "OnCall:Oidc";

    private static readonly string[] Names = ["Authority", "Issuer", "Audience", "Roles", "RolesClaim", "DesksClaim", "NameClaim", "SubjectClaim"];

    /// <summary>At these addresses of Entra ID tokens of every organization of the world are signed.</summary>
    private static readonly string[] AnybodysTenants = ["common", "organizations", "consumers"];

    /// <summary><c>:RolesClaim</c>. Default: <c>roles</c>.</summary>
    public required string RolesClaim { get; init; }

    /// <summary><c>:DesksClaim</c>: names the desks to which a coordinator is limited; a token without the claim is not limited. Default: none, and nobody is limited.</summary>
    public string? DesksClaim { get; init; }

    /// <summary><c>:NameClaim</c>: what people are called. Default: <c>name</c>.</summary>
    public required string NameClaim { get; init; }

    /// <summary><c>:SubjectClaim</c>: what stands for somebody as long as they are there. Default: <c>sub</c>.</summary>
    public required string SubjectClaim { get; init; }

    /// <summary>Every entry of the section.</summary>
    public static IReadOnlyList<TokenIssuer> ReadAll(SettingsReader settings)
    {
        var issuers = settings.Below(Section).Select(name => Read(settings, $"{Section}:{name}")).ToList();
        foreach (var again in issuers.Where((issuer, place) => issuer.Issuer is not null && issuers.FindIndex(other => other.Issuer == issuer.Issuer) < place))
        {
            settings.Wrong($"{again.Scheme}:Authority", "another issuer than the entries before it");
        }

        return issuers;
    }

    private static TokenIssuer Read(SettingsReader settings, string section)
    {
        foreach (var unknown in settings.Below(section).Where(name => !Names.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            settings.Wrong($"{section}:{unknown}", $"one of these names in its place: {string.Join(", ", Names)}");
        }

        var authority = settings.Required(
            $"{section}:Authority",
            "the https address of the OpenID provider (http for a loopback host only), with the tenant, for example https://login.microsoftonline.com/TENANT-ID/v2.0",
            OneTenant);
        return new TokenIssuer(
            section,
            authority,
            settings.Optional($"{section}:Issuer", "what the provider's tokens have as iss, an address", WebAddress.Parse, authority)!,
            settings.Required($"{section}:Audience", "what tokens for this service have as aud, several with commas between them, for example the application's client id", Items),
            Roles(settings, $"{section}:Roles"))
        {
            RolesClaim = Claim(settings, $"{section}:RolesClaim", "roles")!,
            DesksClaim = Claim(settings, $"{section}:DesksClaim", otherwise: null),
            NameClaim = Claim(settings, $"{section}:NameClaim", "name")!,
            SubjectClaim = Claim(settings, $"{section}:SubjectClaim", "sub")!,
        };
    }

    private static Dictionary<string, string> Roles(SettingsReader settings, string section)
    {
        var roleOf = new Dictionary<string, string>();
        foreach (var name in settings.Below(section))
        {
            if (Access.Roles.All.FirstOrDefault(role => role.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } role)
            {
                settings.Wrong($"{section}:{name}", $"the name of a role in its place: {string.Join(", ", Access.Roles.All)}");
                continue;
            }

            foreach (var value in settings.List($"{section}:{name}", "values of the roles' claim, with commas between them", values => values, []))
            {
                roleOf[value] = Access.Roles.Highest([role, .. roleOf.TryGetValue(value, out var other) ? [other] : Array.Empty<string>()])!;
            }
        }

        if (roleOf.Count == 0)
        {
            settings.Missing(section, $"for a role the values of the tokens' claim that stand for it, for example {section}:coordinator=OnCall.Coordinator");
        }

        return roleOf;
    }

    private static string? Claim(SettingsReader settings, string key, string? otherwise) =>
        settings.Optional(key, "the name of a claim, without blanks", text => text.Any(char.IsWhiteSpace) ? null : text, otherwise);

    private static string[]? Items(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } items ? items : null;

    private static string? OneTenant(string text) => WebAddress.Parse(text) is { } address
        && !new Uri(address).Segments.Any(segment => AnybodysTenants.Contains(segment.Trim('/'), StringComparer.OrdinalIgnoreCase)) ? address : null;
}
