using OnCall.Core.Schedule;
using OnCall.Service.Access;

namespace OnCall.Service.Audit;

/// <summary>Who asks for a change, and from where.</summary>
/// <param name="Actor">The name of an API key, the issuer and the subject of a token, or the user of the command line.</param>
/// <param name="Source">A network address, or <c>command line</c>.</param>
internal sealed record Origin(string Actor, string Source)
{
    /// <summary>The desks to which changes are limited; null = to none.</summary>
    public Remit? Remit { get; init; }

    public static Origin CommandLine => new(Environment.UserName, "command line");

    public static Origin Of(HttpContext http) => new(http.User.Identity?.Name ?? "unknown", AddressOf(http)) { Remit = Caller.RemitOf(http.User) };

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
