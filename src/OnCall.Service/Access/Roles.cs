using System.Security.Claims;

namespace OnCall.Service.Access;

/// <summary>
/// The roles of API keys and tokens, each also the name of the policy that asks for it or for a role that holds it:
/// <c>endpoint.RequireAuthorization(Roles.Reader)</c>.
/// </summary>
internal static class Roles
{
    /// <summary>Duty, rotas, and the list of enquiries without numbers and words.</summary>
    public const string Reader = "reader";

    /// <summary>Also advisers, rotas, overrides, absences, swaps, and enquiries' states.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Reads everything, the audit too; changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Everything: lines, policies, blocked numbers, keys.</summary>
    public const string Administrator = "administrator";

    /// <summary>From the least to the most.</summary>
    public static readonly IReadOnlyList<string> All = [Reader, Coordinator, Auditor, Administrator];

    /// <summary>For each policy the roles that satisfy it.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> ThatSatisfy = new Dictionary<string, string[]>
    {
        [Reader] = [Reader, Coordinator, Auditor, Administrator],
        [Coordinator] = [Coordinator, Administrator],
        [Auditor] = [Auditor, Administrator],
        [Administrator] = [Administrator],
    };

    /// <summary>The one that stands last in <see cref="All"/>; null = none of them is a role.</summary>
    public static string? Highest(IEnumerable<string?> roles) => All.LastOrDefault(role => roles.Contains(role));

    /// <summary>The role of a caller; null = none.</summary>
    public static string? Of(ClaimsPrincipal user) => user.FindFirst(ClaimTypes.Role)?.Value;

    /// <summary>Whether somebody may see officers' numbers and what people wrote.</summary>
    public static bool SeesAll(ClaimsPrincipal user) => user.IsInRole(Auditor) || user.IsInRole(Administrator);
}
