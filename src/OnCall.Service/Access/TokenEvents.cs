using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using OnCall.Service.Audit;

namespace OnCall.Service.Access;

/// <summary>What this service has to say while ASP.NET's own authentication looks at a token: whether now, who it is, and how the answer reads.</summary>
internal sealed class TokenEvents(IReadOnlyList<TokenIssuer> issuers, KnownIssuers known, WrongKeys wrong, TokenUses uses) : JwtBearerEvents
{
    public override Task MessageReceived(MessageReceivedContext context)
    {
        if (wrong.LockedFor(context.HttpContext.Connection.RemoteIpAddress) is { } wait)
        {
            context.Fail(NotNowException.TooManyWrong(wait));
        }
        else if (!known.Has(context.Scheme.Name))
        {
            context.Fail(new NotNowException(StatusCodes.Status503ServiceUnavailable, IssuerWatch.LookEvery, "The keys of the token's issuer could not be fetched yet."));
        }

        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        wrong.Count(context.HttpContext.Connection.RemoteIpAddress);
        return Task.CompletedTask;
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var issuer = issuers.First(one => one.Scheme == context.Scheme.Name);
        if (TokenCaller.Of(issuer, (JsonWebToken)context.SecurityToken) is not { } caller)
        {
            context.Fail($"The token has no {issuer.SubjectClaim}.");
            return;
        }

        await uses.NoteAsync(caller, Origin.AddressOf(context.HttpContext), context.HttpContext.RequestAborted);
        context.Principal = caller;
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is NotNowException later)
        {
            later.AnswerOn(context.Response);
            context.HandleResponse();
        }
        else if (context.ErrorDescription?.All(letter => letter is >= ' ' and <= '~' and not '"') != true)
        {
            // It may quote the token, in which anything stands; a header takes plain words only.
            context.ErrorDescription = null;
        }

        return Task.CompletedTask;
    }

    public override Task Forbidden(ForbiddenContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers.WWWAuthenticate = Roles.Of(context.HttpContext.User) is null
            ? $"{ApiKeyScheme.Challenge}, error=\"insufficient_scope\", error_description=\"None of the roles of the token is known here\""
            : $"{ApiKeyScheme.Challenge}, error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }
}
