using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using OnCall.Service.Access;

namespace OnCall.Service.Tests.Access;

/// <summary>Every route of the service, and who may ask it: a role, and with it those that hold it.</summary>
internal static partial class RouteTable
{
    /// <summary>In place of a role: no key and no token is shown.</summary>
    public const string NoKey = "no key";

    /// <summary>Nobody needs a key.</summary>
    public const string Anyone = "anyone";

    /// <summary>Only what Twilio has signed; no key helps.</summary>
    public const string Twilio = "twilio";

    public static IReadOnlyDictionary<string, string> Routes { get; } = new (string Who, string[] Routes)[]
    {
        (Anyone, ["* /health/live", "* /health/ready", "* /health/serving", "* /metrics", "GET /twilio/hold.wav", "GET /calendars/{secret}.ics", "HEAD /calendars/{secret}.ics", "GET /openapi/{documentName}.json",
            "GET /reference/{documentName?}", "GET /reference/scalar.js", "GET /reference/scalar.aspnetcore.js", "GET /reference/favicon.svg"]),
        (Roles.Reader,
        [
            "GET /api/v1/advisers", "GET /api/v1/advisers/{id}", "GET /api/v1/desks", "GET /api/v1/desks/{id}", "GET /api/v1/rotas", "GET /api/v1/rotas/{id}",
            "GET /api/v1/policies", "GET /api/v1/policies/{id}", "GET /api/v1/lines", "GET /api/v1/lines/{id}", "GET /api/v1/export",
            "GET /api/v1/revisions", "GET /api/v1/revisions/{revision:long}", "GET /api/v1/on-duty", "GET /api/v1/rotas/{id}/duty", "GET /api/v1/warnings",
            "POST /api/v1/rotas/{id}/preview", "GET /api/v1/lines/{number}/plan", "GET /api/v1/enquiries", "GET /api/v1/enquiries/{key}",
        ]),
        (Roles.Coordinator,
        [
            "PUT /api/v1/advisers/{id}", "PATCH /api/v1/advisers/{id}", "DELETE /api/v1/advisers/{id}", "PUT /api/v1/rotas/{id}", "PATCH /api/v1/rotas/{id}", "DELETE /api/v1/rotas/{id}", "POST /api/v1/import", "POST /api/v1/rotas/{id}/overrides", "DELETE /api/v1/rotas/{id}/overrides/{oid}",
            "POST /api/v1/absences", "DELETE /api/v1/absences/{aid}", "POST /api/v1/rotas/{id}/calendar", "DELETE /api/v1/rotas/{id}/calendar",
            "POST /api/v1/advisers/{id}/calendar", "DELETE /api/v1/advisers/{id}/calendar", "POST /api/v1/enquiries/{key}/close",
            "POST /api/v1/enquiries/{key}/pass", "POST /api/v1/enquiries/{key}/notes",
        ]),
        (Roles.Auditor, ["GET /api/v1/audit", "GET /api/v1/audit/head", "GET /api/v1/keys"]),
        (Roles.Administrator,
        [
            "PATCH /api/v1/desks/{id}", "PATCH /api/v1/policies/{id}", "PATCH /api/v1/lines/{id}",
            "PUT /api/v1/desks/{id}", "DELETE /api/v1/desks/{id}", "PUT /api/v1/policies/{id}", "DELETE /api/v1/policies/{id}", "PUT /api/v1/lines/{id}", "DELETE /api/v1/lines/{id}",
            "POST /api/v1/revisions/{revision:long}/restore", "POST /api/v1/keys", "POST /api/v1/keys/{id:guid}/renew", "DELETE /api/v1/keys/{id:guid}",
        ]),
    }.SelectMany(rule => rule.Routes.Select(route => (route, rule.Who))).ToDictionary(pair => pair.route, pair => pair.Who);

    /// <summary>Who may ask a route; null = the table does not have it.</summary>
    public static string? WhoMayAsk(string route) => Routes.GetValueOrDefault(route) ?? (IsWebhook(route) ? Twilio : null);

    /// <summary>A request of a route, with a key or a token.</summary>
    public static HttpRequestMessage Request(string route, string? key)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = Parameter().Replace(pattern, match => match.Value.Contains(":guid") ? Guid.Empty.ToString() : match.Value.Contains(":long") ? "1" : "nothing");
        var request = new HttpRequestMessage(method == "*" ? HttpMethod.Get : HttpMethod.Parse(method), path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = method is "POST" or "PUT" or "PATCH" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        return request;
    }

    /// <summary>Whether a role, by a key or by a token, is answered as the table says.</summary>
    public static bool IsRight(string route, string role, HttpStatusCode status) => WhoMayAsk(route)! switch
    {
        Anyone => status is HttpStatusCode.OK or HttpStatusCode.NotFound,
        Twilio => status == HttpStatusCode.Forbidden,
        _ when role == NoKey => status == HttpStatusCode.Unauthorized,
        var who when !Roles.ThatSatisfy[who].Contains(role) => status == HttpStatusCode.Forbidden,
        _ => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed) && (int)status < 500,
    };

    /// <summary>The webhooks are one row: their addresses are the service's own affair.</summary>
    private static bool IsWebhook(string route) => route.Split(' ')[1].StartsWith("/twilio/", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
