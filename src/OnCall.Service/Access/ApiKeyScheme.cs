using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OnCall.Service.Ops;

namespace OnCall.Service.Access;

/// <summary>Knows a caller of the API by <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, OnCallSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <summary>401 with what to send (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? "Bearer realm=\"OnCall\""
            : "Bearer realm=\"OnCall\", error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"OnCall\", error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return settings.AdminKey is { } admin && AreEqual(header[Prefix.Length..].Trim(), admin)
            ? Known("admin-key", Roles.Administrator)
            : AuthenticateResult.Fail("The key is not known.");
    }

    private static AuthenticateResult Known(string key, string role)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, key), new(ClaimTypes.Role, role)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <summary>Digests are compared, so that neither the time nor the length tells anything of the key.</summary>
    private static bool AreEqual(string given, string known) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(known)));
}
