using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>
/// Knows Twilio by its signature. A group of webhooks asks for it by <c>RequireAuthorization(TwilioSignatureScheme.Policy)</c>; a request that lacks
/// it gets 403 and leaves no trace but a log line and a counter. What a signed request says is then there as a <see cref="TwilioForm"/>.
/// </summary>
internal sealed class TwilioSignatureScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OnCallSettings onCall,
    TwilioSettings twilio,
    RefusedWebhooks refused,
    TwilioLink link)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "TwilioSignature";

    public const string Policy = "twilio";

    /// <summary>In bytes. A text of 1600 characters, each percent-encoded in four bytes, stays below a third of it.</summary>
    private const int MostBody = 64 * 1024;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var signature = Request.Headers["X-Twilio-Signature"].ToString();
        if (signature.Length == 0)
        {
            return AuthenticateResult.Fail("no signature");
        }

        var body = await ReadBodyAsync();
        if (body is null || ReadForm(body) is not { } form)
        {
            return AuthenticateResult.Fail("the body is too large");
        }

        if (!IsSigned(form, body, signature))
        {
            return AuthenticateResult.Fail("the signature does not fit");
        }

        link.CountWebhook();
        Context.Features.Set(form);
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "twilio")], Name));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
    }

    /// <summary>The base class has logged why.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        refused.Count();
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool HasOtherBody => !HttpMethods.IsGet(Request.Method) && Request.ContentLength is not 0 && !Request.HasFormContentType;

    /// <summary>The address is the configured one and the target as it came: what a proxy makes of host and scheme is not Twilio's word.</summary>
    private bool IsSigned(TwilioForm form, byte[] body, string signature)
    {
        var url = onCall.PublicUrl + Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return HasOtherBody
            ? TwilioSignature.IsValid(url, body, signature, twilio.AuthTokens)
            : TwilioSignature.IsValid(url, HttpMethods.IsGet(Request.Method) ? TwilioForm.Empty : form, signature, twilio.AuthTokens);
    }

    /// <summary>A GET carries the fields in its query string, where the address's signature covers them.</summary>
    private TwilioForm? ReadForm(byte[] body) =>
        HttpMethods.IsGet(Request.Method) ? TwilioForm.Parse(Request.QueryString.Value?.TrimStart('?') ?? "")
        : HasOtherBody ? TwilioForm.Empty
        : TwilioForm.Parse(Encoding.UTF8.GetString(body));

    /// <summary>Null if it is too large.</summary>
    private async Task<byte[]?> ReadBodyAsync()
    {
        var body = Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(Context.RequestAborted);
            if (read.Buffer.Length > MostBody)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                // What is read but not given back would make the server drop the connection, although the caller was told that it stays.
                var whole = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return whole;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
