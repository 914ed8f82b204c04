using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using NodaTime.Extensions;
using OnCall.Service.Ops;

namespace OnCall.Service.Access;

/// <summary>Knows a caller of the API by <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OnCallSettings settings,
    KnownKeys known,
    WrongKeys wrong,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    /// <summary>What to send (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
    public const string Challenge = "Bearer realm=\"OnCall\"";

    private NotNowException? _later;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Credential.In(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        // Nobody guesses one of these; and whoever shares an address with a program that goes on with a key of yesterday must not be shut out by it.
        if (known.Use(secret, time.GetCurrentInstant()) is { } key)
        {
            return Known(key.Name, key.Role, key.Desks);
        }

        if (wrong.LockedFor(Context.Connection.RemoteIpAddress) is { } wait)
        {
            _later = NotNowException.TooManyWrong(wait);
            return AuthenticateResult.Fail(_later);
        }

        if (settings.AdminKey is { } admin && AreEqual(secret, admin))
        {
            return Known(AdminKeyUses.Name, Roles.Administrator, desks: null);
        }

        wrong.Count(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail("The key is not known.");
    }

    /// <summary>401 with what to send; 429 with how long to wait, while neither the key of the settings nor a token of the address is looked at.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_later is not null)
        {
            _later.AnswerOn(Response);
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? Challenge : $"{Challenge}, error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = $"{Challenge}, error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }

    private static AuthenticateResult Known(string key, string role, IReadOnlyList<string>? desks) =>
        AuthenticateResult.Success(new AuthenticationTicket(Caller.Of(Name, key, role, desks), Name));

    /// <summary>Digests are compared, so that neither the time nor the length tells anything of the key.</summary>
    private static bool AreEqual(string given, string known) => CryptographicOperations.FixedTimeEquals(KeySecret.Digest(given), KeySecret.Digest(known));
}
